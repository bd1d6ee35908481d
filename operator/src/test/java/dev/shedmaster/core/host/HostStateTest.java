package dev.shedmaster.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.core.host.HostState.Draining.Purpose;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class HostStateTest {
    private static final Trouble TROUBLE = new Trouble(TroubleKind.PROBE_FAILED, "no KVM");

    private static final List<HostState> ALL = List.of(
            new HostState.Registered("it is new"),
            new HostState.Provisioning(Step.INSTALL),
            new HostState.Checking("it is new"),
            new HostState.Ready(),
            new HostState.Unfit(TROUBLE, Instant.EPOCH),
            new HostState.Unreachable("it is silent"),
            new HostState.Draining(Purpose.REMOVAL, 1),
            new HostState.Maintenance(),
            new HostState.Failed(TROUBLE, Instant.EPOCH),
            new HostState.Quarantined(TROUBLE),
            new HostState.Wiping(Step.WIPE),
            new HostState.Releasing(),
            new HostState.Gone());

    @Test
    void onlyOneThatIsReadyServes() {
        assertThat(those(HostState::serves)).containsExactly("Ready");
    }

    @Test
    void whoServesCouldOrCouldAgainHasASystem() {
        assertThat(those(HostState::hasSystem))
                .containsExactly("Checking", "Ready", "Unfit", "Unreachable", "Draining");
    }

    /** What else is wrong with one may be over in a moment, and its idle workers are of use then. */
    @Test
    void whoIsTakenOutOrWhoseHardwareFailsIsEmptied() {
        assertThat(those(HostState::isEmptied)).containsExactly("Draining");
        assertThat(new HostState.Unfit(new Trouble(TroubleKind.HARDWARE_FAILING, "it is hot"), Instant.EPOCH)
                        .isEmptied())
                .isTrue();
    }

    /** One that a person works on, or that waits for one, may have workers all the same. */
    @Test
    void whoIsWrittenWipedOrLetGoLosesItsWorkers() {
        assertThat(those(HostState::losesWorkers)).containsExactly("Provisioning", "Wiping", "Releasing", "Gone");
    }

    private static List<String> those(Predicate<HostState> are) {
        return ALL.stream().filter(are).map(HostState::phase).toList();
    }
}
