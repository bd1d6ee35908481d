package dev.shedmaster.suite.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.suite.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("make run hands its variables on, and sees to what an emulated server takes")
class RunTargetTest {
    private static final Path REPOSITORY = Path.of("..", "..").toAbsolutePath().normalize();
    private static final String PROGRAM = "exec scripts/run-main.sh e2e/suite dev.shedmaster.suite.run.RunMain";

    private static String wouldRun(Map<String, String> environment, String... variables) {
        return new Program(
                        Path.of("make"),
                        List.of("--no-print-directory", "-C", REPOSITORY.toString(), "-n", "run"),
                        environment)
                .run(variables)
                .mustSucceed()
                .strip();
    }

    @Test
    void variablesBecomeOptions() {
        assertThat(wouldRun(Map.of(), "ONCE=1", "SPEED=600", "ARGS=--builds=2 --seed=3"))
                .isEqualTo(PROGRAM + " --once --speed=600 --builds=2 --seed=3");
    }

    @Test
    void aRealHostIsSeenToFirst() {
        assertThat(wouldRun(Map.of(), "HOST=real"))
                .isEqualTo("scripts/need-emulated-host.sh && " + PROGRAM + " --host=real");
    }

    @Test
    void anotherHostIsTheProgramsToRefuse() {
        assertThat(wouldRun(Map.of(), "HOST=fast")).isEqualTo(PROGRAM + " --host=fast");
    }

    /** Some shells call the machine so. */
    @Test
    void aHostOfTheEnvironmentIsNotMeant() {
        assertThat(wouldRun(Map.of("HOST", "real"))).isEqualTo(PROGRAM);
    }

    @Test
    void whoIsNotRootIsToldWhatItTakes(@TempDir Path bin) throws Exception {
        Path id = Files.writeString(bin.resolve("id"), "#!/bin/sh\necho 1000\n");
        Files.setPosixFilePermissions(id, PosixFilePermissions.fromString("rwxr-xr-x"));

        String said = new Program(
                        REPOSITORY.resolve("scripts/need-emulated-host.sh"),
                        List.of(),
                        Map.of("PATH", bin + ":" + System.getenv("PATH")))
                .run()
                .mustFail();

        assertThat(said.lines()).singleElement().asString().contains("HOST=real takes root");
    }
}
