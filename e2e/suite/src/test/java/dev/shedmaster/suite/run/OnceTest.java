package dev.shedmaster.suite.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnceTest {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    @TempDir
    private Path folder;

    @Test
    void aNightRunsToItsEndAndNothingIsLeft() throws Exception {
        try (RunProcess run = RunProcess.start(folder, "--once", "--speed=1500", "--builds=2")) {
            assertThat(run.endsWithin(LIMIT))
                    .as("it ends by itself; so far: %s", run.output())
                    .isTrue();

            String output = run.output();
            assertThat(run.exitStatus()).as(output).isZero();
            assertThat(output)
                    .contains("kubectl apply --namespace ci --filename ")
                    .contains(
                            "workerpool.shedmaster.dev/builder created", "baremetalhost.shedmaster.dev/rx220-1 created")
                    .containsPattern("rx220-1 +Provisioning: ")
                    .containsPattern("hosts +3 ready; [1-9][0-9]* jobs ran on them")
                    .contains("It ends with the night, and with Ctrl-C at once.")
                    .contains("on purpose: ")
                    .contains("amd64&&hsm")
                    .containsPattern("jobs +62 of 62 succeeded")
                    .containsPattern("left over +nothing")
                    .contains("All is well");
            assertThat(run.children())
                    .as("etcd, the API server, its controllers, the operator")
                    .hasSizeGreaterThan(3);
            assertThat(run.survivors()).isEmpty();
            assertThat(run.remains()).isEmpty();
        }
    }

    @Test
    void anInterruptEndsEverythingInOrder() throws Exception {
        try (RunProcess run = RunProcess.start(folder, "--speed=60")) {
            await().atMost(LIMIT).until(() -> run.hasSaid("LOOK AT"));
            run.interrupt();
            assertThat(run.endsWithin(LIMIT))
                    .as("it ends; so far: %s", run.output())
                    .isTrue();

            assertThat(run.exitStatus()).as(run.output()).isZero();
            assertThat(run.output())
                    .contains("Ending the operator, the lab and the control plane")
                    .doesNotContain("did not end well");
            assertThat(run.survivors()).isEmpty();
            assertThat(run.remains()).isEmpty();
        }
    }

    @Test
    void anOptionThatCannotBeObeyedIsOneLine() throws Exception {
        try (RunProcess run = RunProcess.start(folder, "--speed=fast")) {
            assertThat(run.endsWithin(LIMIT)).isTrue();

            assertThat(run.exitStatus()).isEqualTo(2);
            assertThat(run.output()).isEqualTo("shedmaster: --speed takes a number from 1 to 3600, not 'fast'\n");
        }
    }
}
