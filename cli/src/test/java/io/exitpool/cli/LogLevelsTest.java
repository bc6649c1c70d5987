package io.exitpool.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LogLevelsTest {

    @Test
    void shouldTellTheLifeOfCommandsThatStay() {
        assertThat(LogLevels.of(new String[] {"run"}))
                .isEqualTo(new LogLevels("INFO", "WARN", "WARN"));
        assertThat(LogLevels.of(new String[] {"agent", "--server", "run"}).own()).isEqualTo("INFO");
    }

    @Test
    void shouldKeepTheOthersQuiet() {
        assertThat(LogLevels.of(new String[] {"pools", "list"}))
                .isEqualTo(new LogLevels("WARN", "WARN", "WARN"));
        assertThat(LogLevels.of(new String[] {"demo", "--json"}))
                .isEqualTo(new LogLevels("WARN", "WARN", "ERROR"));
        assertThat(LogLevels.of(new String[] {})).isEqualTo(new LogLevels("WARN", "WARN", "WARN"));
    }

    @Test
    void shouldTellMoreWhenAsked() {
        assertThat(LogLevels.of(new String[] {"demo", "--debug"}))
                .isEqualTo(new LogLevels("DEBUG", "INFO", "INFO"));
    }
}
