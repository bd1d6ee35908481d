package dev.shedmaster.core.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.shedmaster.core.story.GoldenLives;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The lives in {@code src/test/resources/host}, told by the rule: see {@link GoldenLives}. */
class HostScenariosTest {
    private static final GoldenLives LIVES = new GoldenLives(Path.of("src/test/resources/host"));

    static List<Path> scenarios() throws IOException {
        return LIVES.all();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void tellsTheLifeAsWritten(Path scenario) throws IOException {
        GoldenLives.compare(scenario, HostStory::told);
    }

    @Test
    void coversEveryStateStepEffectAndTrouble() throws IOException {
        String all = LIVES.text();
        for (Class<?> state : HostState.class.getPermittedSubclasses()) {
            assertThat(all).containsPattern("(→|stays) " + state.getSimpleName() + "[ :]");
        }
        for (Step step : Step.values()) {
            assertThat(all).contains("(" + step + ")");
        }
        for (TroubleKind kind : TroubleKind.values()) {
            assertThat(all).containsAnyOf("(" + kind.reason() + ")", "(" + kind.reason() + ", until", kind.name());
        }
        for (Rung rung : Rung.values()) {
            assertThat(all).contains("do reboot by " + rung.words());
        }
        assertThat(all)
                .contains("do claim", "do ensure the key", "do arm the rescue system", "do disarm the rescue system")
                .contains("do inspect", "do look at the disks", "do install", "do collect the host keys", "do probe")
                .contains("do wipe", "do release", "do forget", "store, then", "overdue");
    }

    @Test
    void namesTheLineThatItCannotRead() {
        assertThat(catchThrowable(() -> HostStory.told(List.of("12:00:00 given Sleeping"))))
                .hasMessageContaining("12:00:00 given Sleeping");
    }
}
