package dev.shedmaster.core.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.shedmaster.core.story.GoldenLives;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The lives in {@code src/test/resources/worker}, told by the rule: see {@link GoldenLives}. */
class WorkerScenariosTest {
    private static final GoldenLives LIVES = new GoldenLives(Path.of("src/test/resources/worker"));

    static List<Path> scenarios() throws IOException {
        return LIVES.all();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void tellsTheLifeAsWritten(Path scenario) throws IOException {
        GoldenLives.compare(scenario, WorkerStory::told);
    }

    @Test
    void coversEveryStateEffectAndCause() throws IOException {
        String all = LIVES.text();
        assertThat(scenarios()).hasSizeGreaterThanOrEqualTo(35);
        for (Class<?> state : WorkerState.class.getPermittedSubclasses()) {
            if (state != WorkerState.Requested.class) {
                assertThat(all).contains("→ " + state.getSimpleName() + ": ");
            }
        }
        for (FailureKind kind : FailureKind.values()) {
            assertThat(all).contains("→ Failed: " + kind.describe());
        }
        assertThat(all)
                .contains("do ask for ")
                .contains("do look at the machine")
                .contains("do look at the agent")
                .contains("do stop accepting")
                .contains("do retire")
                .contains("do delete the machine")
                .contains("do remove the agent")
                .contains("do forget")
                .contains("store, then")
                .contains("overdue");
    }

    @Test
    void namesTheLineThatItCannotRead() {
        assertThat(catchThrowable(() -> WorkerStory.told(List.of("offers D8 Spot", "14:00:00 given Sleeping"))))
                .hasMessageContaining("14:00:00 given Sleeping");
    }
}
