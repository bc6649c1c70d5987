package io.exitpool.bench.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildIT {
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir Path directory;

    @Test
    void shouldHearWhatTheChildSays() {
        try (Child child = start()) {
            assertThat(child.await("ready", LONG)).isEqualTo("and waiting");

            child.tell("hello");

            assertThat(child.await("heard ", LONG)).isEqualTo("hello");
            assertThat(ProcessHandle.of(child.pid())).isPresent();
        }
    }

    @Test
    void shouldHearNothingWhilePaused() {
        try (Child child = start()) {
            child.await("ready", LONG);

            child.pause();
            child.tell("hello");

            assertThatThrownBy(() -> child.await("heard", Duration.ofMillis(200)))
                    .hasMessageContaining("did not say");
            child.resume();
            assertThat(child.await("heard ", LONG)).isEqualTo("hello");
        }
    }

    @Test
    void shouldStopWhenPaused() {
        Child child = start();
        child.await("ready", LONG);
        child.pause();

        child.stop();

        assertThat(child.isAlive()).isFalse();
    }

    @Test
    void shouldBeGoneWhenKilled() {
        Child child = start();
        child.await("ready", LONG);

        child.kill();

        assertThat(child.isAlive()).isFalse();
        assertThatThrownBy(() -> child.await("ready", LONG))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the talker ended")
                .hasMessageContaining("a line of its log");
    }

    @Test
    void shouldEndWithItsParent() throws InterruptedException {
        // given a child that would wait for ever
        Child child = start();
        child.await("ready", LONG);
        Optional<ProcessHandle> process = ProcessHandle.of(child.pid());
        child.pause();

        // when its input ends, as when the parent is gone
        child.hangUp();

        // then
        CountDownLatch gone = new CountDownLatch(1);
        process.orElseThrow().onExit().thenRun(gone::countDown);
        assertThat(gone.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    private Child start() {
        return Child.start(
                "the talker",
                Talker.class,
                List.of("-Xmx32m"),
                List.of("and waiting"),
                directory.resolve("talker.log"));
    }

    /** A child that repeats what it hears. */
    static final class Talker {

        private Talker() {}

        public static void main(String[] args) throws InterruptedException {
            System.err.println("a line of its log");
            Child.endWithParent(order -> Child.say("heard " + order));
            Child.say("ready " + args[0]);
            new CountDownLatch(1).await();
        }
    }
}
