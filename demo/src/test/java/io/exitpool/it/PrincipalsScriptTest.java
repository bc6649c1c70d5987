package io.exitpool.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What deploy/security/principals.sh says without a broker; BrokerSecurityIT has one. */
class PrincipalsScriptTest {
    private static final String SCRIPT = SecuredBroker.SECURITY.resolve("principals.sh").toString();

    @TempDir private Path directory;

    @Test
    void shouldPassShellcheck() throws Exception {
        Program.Result result = Program.required("shellcheck", "shellcheck").with(SCRIPT).run();

        assertThat(result.exitCode()).as(result.output()).isZero();
    }

    @Test
    void shouldSayWhatItWouldDoAndDoNothing() throws Exception {
        // given
        Path secrets = directory.resolve("secrets");

        // when
        Program.Result result = script("--secrets", secrets.toString(), "--dry-run", "apply");

        // then: one call a row of a role, and one a principal
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.output().lines())
                .anyMatch(
                        call ->
                                call.contains("User:se-sto-wg-208")
                                        && call.contains("User:de-fra-wg-103")
                                        && call.endsWith(
                                                "--topic exit-session-events --operation Write"))
                .anyMatch(call -> call.contains("--entity-name se-sto-wg-208"));
        assertThat(secrets).doesNotExist();
    }

    @Test
    void shouldExplainItself() throws Exception {
        Program.Result help = script("--help");

        assertThat(help.exitCode()).isZero();
        assertThat(help.output()).contains("--inventory", "--secrets", "--dry-run", "remove");
    }

    @Test
    void shouldRefuseWhatItCannotUnderstand() throws Exception {
        assertThat(refused("agent two names")).contains("not ROLE NAME");
        assertThat(refused("agent name;rm")).contains("other characters");
        assertThat(refused("auditor name")).contains("no role auditor");
        assertThat(script("grant").output()).contains("unknown command grant");
        assertThat(script("--dry-run", "remove", "agent", "se-sto-wg-208").output())
                .contains("take it out first");
    }

    private String refused(String line) throws Exception {
        Path inventory = Files.write(directory.resolve("inventory"), List.of(line));
        Program.Result result = script("--inventory", inventory.toString(), "--dry-run", "apply");
        assertThat(result.exitCode()).as(result.output()).isEqualTo(2);
        return result.output();
    }

    private static Program.Result script(String... arguments) throws Exception {
        return Program.of(SCRIPT).with(arguments).run();
    }
}
