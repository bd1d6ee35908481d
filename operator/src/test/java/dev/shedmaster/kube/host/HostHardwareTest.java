package dev.shedmaster.kube.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.api.v1alpha1.Condition;
import dev.shedmaster.api.v1alpha1.HostDiskWear;
import dev.shedmaster.api.v1alpha1.HostPhase;
import dev.shedmaster.core.host.HardwareReports;
import dev.shedmaster.core.slot.Amount;
import dev.shedmaster.core.slot.HostView;
import dev.shedmaster.kube.status.Told;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What becomes of a host whose hardware grows old or breaks. */
class HostHardwareTest extends OneHost {
    /** It serves, and is looked at once more, which opens the connection that it is known by from then on. */
    private void serves() {
        until(HostPhase.READY);
        look();
    }

    @Test
    void aDiskThatFailsStopsNewWorkersUntilItIsReplaced() {
        serves();
        assertThat(hardware()).startsWith("TRUE Well");
        assertThat(status().diskWear())
                .containsExactly(
                        new HostDiskWear("/dev/nvme0n1", "S1", 7, 12_000L),
                        new HostDiskWear("/dev/nvme1n1", "S1", 7, 12_000L));
        tenants.add(new HostTenant(new Amount(2, 4096, 1), 1, true));

        events.clear();
        server.hardware = HardwareReports.with(HardwareReports.failing("/dev/nvme0n1"));
        link.examine();
        until(HostPhase.UNFIT);
        assertThat(hardware()).startsWith("FALSE DiskFailing").contains("/dev/nvme0n1 (S1)");
        assertThat(Told.of(status().conditions(), Condition.READY))
                .startsWith("FALSE HardwareFailing")
                .contains("/dev/nvme0n1 (S1)");
        assertThat(board.find("ci/h")).hasValueSatisfying(card -> {
            assertThat(card.view().standing()).isEqualTo(HostView.Standing.DRAINING);
            assertThat(card.driver()).as("its job is looked after").isNotNull();
        });
        assertThat(events).as("that a disk fails, and what follows").hasSize(2);
        for (int look = 0; look < 100; look++) {
            look();
            now = now.plusSeconds(60);
        }
        assertThat(events).as("that it takes long").hasSize(3);
        events.clear();
        assertThat(phase()).as("nobody has to release it").isEqualTo(HostPhase.UNFIT);
        assertThat(server.count("reset ")).isEqualTo(1);

        server.hardware = HardwareReports.well();
        until(HostPhase.READY);
        assertThat(hardware()).startsWith("TRUE Well");
        assertThat(events).as("that it is well, is tried and serves").hasSize(2);
    }

    @Test
    void whatIsNoReasonToStopIsToldAndTheHostServes() {
        serves();
        events.clear();
        server.hardware = HardwareReports.with(HardwareReports.disk("/dev/nvme0n1", 91, 12_345));
        link.examine();
        look();
        look();
        assertThat(phase()).isEqualTo(HostPhase.READY);
        assertThat(hardware()).startsWith("FALSE DiskWorn");
        assertThat(board.find("ci/h"))
                .hasValueSatisfying(card -> assertThat(card.view().standing()).isEqualTo(HostView.Standing.OPEN));
        assertThat(events).as("it is told once").hasSize(1);
    }

    /** Temperatures and hours change with every reading. */
    @Test
    void whatIsMeasuredIsNotWrittenDown() {
        serves();
        writes.clear();
        for (int reading = 0; reading < 20; reading++) {
            server.hardware = HardwareReports.with(HardwareReports.processor(40 + reading));
            link.examine();
            look();
            server.hardware = HardwareReports.with(HardwareReports.disk("/dev/nvme0n1", 7, 12_345 + reading));
            link.examine();
            look();
            now = now.plusSeconds(300);
        }
        assertThat(writes).isEmpty();
    }

    @Test
    void aHostIsAskedForItsHardwareBeforeItServes() {
        server.hardware = HardwareReports.with(HardwareReports.failing("/dev/nvme0n1"));
        until(HostPhase.UNFIT);
        assertThat(status().trouble()).isNotNull();
        assertThat(status().trouble().reason()).isEqualTo("HardwareFailing");
        server.hardware = HardwareReports.well();
        until(HostPhase.READY);
    }

    @Test
    void anOperatorThatHasJustBegunDoesNotForgetWhatWasKnown() {
        serves();
        server.hardware = HardwareReports.with(HardwareReports.disk("/dev/nvme0n1", 91, 12_345));
        link.examine();
        look();
        writes.clear();
        server.hardwareIsMute = true;
        link.close();
        advance = operator();
        for (int look = 0; look < 10; look++) {
            look();
            now = now.plusSeconds(1);
        }
        assertThat(hardware()).startsWith("FALSE DiskWorn");
        assertThat(status().diskWear()).hasSize(2);
        assertThat(writes).isEmpty();
    }

    @Test
    void aHostWhoseHardwareIsMuteServesAndIsNotCalledWell() {
        serves();
        server.hardwareIsMute = true;
        link.examine();
        look();
        assertThat(hardware()).as("one reading is missing").startsWith("TRUE Well");
        now = now.plus(Duration.ofMinutes(16));
        link.examine();
        look();
        assertThat(hardware()).startsWith("UNKNOWN NotRead").contains("smartctl hangs");
        assertThat(phase()).isEqualTo(HostPhase.READY);
    }

    @Test
    void anOlderProgramIsReplacedByTheOneThatKnowsOfHardware() {
        serves();
        server.hasOldProgram = true;
        server.hardware = HardwareReports.with(HardwareReports.disk("/dev/nvme0n1", 91, 12_345));
        link.examine();
        look();
        assertThat(hardware()).startsWith("FALSE DiskWorn");
    }

    private String hardware() {
        return Told.of(status().conditions(), Condition.HARDWARE_HEALTHY);
    }
}
