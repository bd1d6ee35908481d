package dev.shedmaster.kube.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.api.v1alpha1.BareMetalHostStatus;
import dev.shedmaster.api.v1alpha1.HostPhase;
import dev.shedmaster.api.v1alpha1.HostRecord;
import dev.shedmaster.api.v1alpha1.HostWords;
import dev.shedmaster.core.host.DiskPlan;
import dev.shedmaster.core.host.HostLife;
import dev.shedmaster.core.host.HostLife.Installed;
import dev.shedmaster.core.host.HostLife.RescueWork;
import dev.shedmaster.core.host.HostState;
import dev.shedmaster.core.host.HostState.Draining.Purpose;
import dev.shedmaster.core.host.Reboot;
import dev.shedmaster.core.host.Rung;
import dev.shedmaster.core.host.Step;
import dev.shedmaster.core.host.Trouble;
import dev.shedmaster.core.host.TroubleKind;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HostRecordsTest {
    private static final Instant NOW = Instant.parse("2026-11-24T21:00:00.123456Z");
    private static final Instant LATER = NOW.plusSeconds(60);
    private static final Trouble TROUBLE = new Trouble(TroubleKind.PROBE_FAILED, "there is no /dev/kvm");

    private final KubernetesSerialization json = new KubernetesSerialization();

    static Stream<HostState> states() {
        return Stream.of(
                        Stream.of(
                                new HostState.Registered("waits for its turn"),
                                new HostState.Checking("it is new"),
                                new HostState.Ready(),
                                new HostState.Unfit(TROUBLE, LATER),
                                new HostState.Unreachable("nothing answers"),
                                new HostState.Maintenance(),
                                new HostState.Failed(TROUBLE, LATER),
                                new HostState.Releasing(),
                                new HostState.Gone()),
                        Arrays.stream(Step.values()).map(HostState.Provisioning::new),
                        Arrays.stream(Step.values()).map(HostState.Wiping::new),
                        Arrays.stream(Purpose.values()).map(purpose -> new HostState.Draining(purpose, 3)),
                        Arrays.stream(TroubleKind.values())
                                .map(kind -> new HostState.Quarantined(new Trouble(kind, "what was seen"))))
                .flatMap(some -> some);
    }

    static Stream<Reboot> reboots() {
        return Arrays.stream(Rung.values())
                .flatMap(rung -> Stream.of(
                        new Reboot(rung, NOW, "", null, null), new Reboot(rung, NOW, "boot-1", LATER, Rung.SOFTWARE)));
    }

    @ParameterizedTest
    @MethodSource("states")
    void everyStateComesBackAsItWasWritten(HostState state) {
        HostLife life = new HostLife(state, NOW, false, 0, null, List.of(), null, RescueWork.NONE, Installed.NOTHING);
        assertThat(writtenAndRead(life)).isEqualTo(life);
    }

    @ParameterizedTest
    @MethodSource("reboots")
    void allElseComesBackAsItWasWritten(Reboot reboot) {
        HostLife life = new HostLife(
                new HostState.Provisioning(Step.AWAIT_RESCUE),
                NOW,
                true,
                2,
                reboot,
                List.of(NOW, LATER),
                LATER,
                new RescueWork("9a", "boot-2", Set.of("SHA256:a", "SHA256:b"), new DiskPlan("eui.1", "eui.2")),
                new Installed("9b", Set.of("SHA256:c"), "boot-1"));
        assertThat(writtenAndRead(life)).isEqualTo(life);
    }

    @Test
    void aHostOfWhichNothingIsWrittenHasJustBeenMadeKnown() {
        assertThat(HostRecords.read(BareMetalHostStatus.initial(), NOW)).isEqualTo(HostLife.registered(NOW));
    }

    @Test
    void aStepOfANewerOperatorIsTakenForTheFirst() {
        BareMetalHostStatus status = json.unmarshal(
                "{\"phase\": \"Provisioning\", \"since\": \"2026-11-24T21:00:00Z\", \"record\": {\"step\": \"PolishDisks\"}}",
                BareMetalHostStatus.class);
        assertThat(HostRecords.read(status, NOW).state()).isEqualTo(new HostState.Provisioning(Step.CHECK_SERVER));
    }

    @Test
    void everyStateHasAPhaseOfItsName() {
        assertThat(states().map(HostRecords::phase)).contains(HostPhase.values());
    }

    private HostLife writtenAndRead(HostLife life) {
        HostRecord record = HostRecords.record(life, HostWords.NONE);
        BareMetalHostStatus status = new BareMetalHostStatus(
                1L,
                HostRecords.phase(life.state()),
                life.since(),
                life.state().waitsFor(),
                HostRecords.trouble(life.state()),
                null,
                null,
                null,
                List.of(),
                record,
                List.of());
        return HostRecords.read(json.unmarshal(json.asJson(status), BareMetalHostStatus.class), LATER);
    }
}
