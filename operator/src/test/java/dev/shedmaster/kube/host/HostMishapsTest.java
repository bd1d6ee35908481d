package dev.shedmaster.kube.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shedmaster.api.v1alpha1.Condition;
import dev.shedmaster.api.v1alpha1.HostPhase;
import dev.shedmaster.core.slot.Amount;
import dev.shedmaster.kube.feed.Reading;
import dev.shedmaster.kube.status.Told;
import dev.shedmaster.port.HostReport;
import dev.shedmaster.port.PortError;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of a host to which something happens, and how often it is reset for that. */
class HostMishapsTest extends OneHost {
    private static final HostTenant BUSY = new HostTenant(new Amount(2, 4096, 1), 1, true);

    @Test
    void powerThatIsLostInTheMiddleOfAnInstallationBeginsItAnew() {
        server.writeTakes = 5;
        server.onCall = call -> {
            if (call.equals("writing")) {
                server.onCall = later -> {};
                server.bootsAgain();
            }
        };
        until(HostPhase.FAILED);
        assertThat(Told.of(status().conditions(), Condition.HEALTHY)).startsWith("FALSE Interrupted");
        assertThat(server.count("install ")).isZero();

        until(HostPhase.READY);
        assertThat(server.count("install ")).isEqualTo(1);
        assertThat(server.count("reset ")).as("one for each attempt").isEqualTo(2);
    }

    @Test
    void aServerThatBootsItsDiskAlthoughTheRescueSystemIsArmedWaitsForAPersonInTheEnd() {
        until(HostPhase.READY);
        server.ignoresRescue = true;
        isToHaveAnotherImage();
        until(HostPhase.QUARANTINED);
        assertThat(Told.of(status().conditions(), Condition.HEALTHY))
                .startsWith("FALSE RescueIgnored")
                .contains("boot from the network");
        assertThat(server.count("reboot ")).as("its system is asked, each time").isEqualTo(4);
        assertThat(server.count("reset ")).as("the first installation's").isEqualTo(1);
        assertThat(server.count("install ")).isEqualTo(1);

        server.ignoresRescue = false;
        host.getMetadata().setAnnotations(Map.of(HostWishes.RELEASE, "its boot order is mended"));
        now = now.plusSeconds(60);
        until(HostPhase.READY);
        assertThat(server.count("install ")).isEqualTo(2);
    }

    @Test
    void robotThatIsDownForAnHourAfterTheResetIsWaitedFor() {
        server.onCall = call -> {
            if (call.startsWith("reset ")) {
                server.landlordFails = new PortError.Transient("Robot does not answer");
            }
        };
        lookFor(Duration.ofMinutes(70));
        assertThat(phase()).isEqualTo(HostPhase.PROVISIONING);
        assertThat(server.count("install ")).isZero();

        server.landlordFails = null;
        until(HostPhase.READY);
        assertThat(server.count("reset ")).isEqualTo(1);
    }

    @Test
    void aHostWhoseSshServerRefusesIsLeftAloneWhileItsAgentsAreHeard() {
        until(HostPhase.READY);
        tenants.add(BUSY);
        refuses(true);
        lookFor(Duration.ofHours(2));
        assertThat(phase()).isEqualTo(HostPhase.UNREACHABLE);
        assertThat(server.count("reset ")).as("the installation's").isEqualTo(1);

        refuses(false);
        until(HostPhase.READY);
        assertThat(server.count("reset ") + server.count("install ")).isEqualTo(2);
    }

    @Test
    void aHostWhoseSshServerRefusesIsResetOnceNobodyIsOnIt() {
        until(HostPhase.READY);
        refuses(true);
        server.onCall = call -> {
            if (call.startsWith("reset ")) {
                server.isSilent = false;
            }
        };
        until(HostPhase.UNREACHABLE);
        awaitTold(HostPhase.READY);
        assertThat(server.count("reset ")).isEqualTo(2);
        assertThat(server.count("install "))
                .as("its system is as good as before")
                .isEqualTo(1);
    }

    @Test
    void aDiskThatIsFullServesNothingUntilThereIsRoom() {
        until(HostPhase.READY);
        server.freeScratch = 1L << 30;
        awaitTold(HostPhase.UNFIT);
        assertThat(status().message()).contains("only 1Gi of 1024Gi are free for workers' disks");

        server.freeScratch = 1L << 40;
        awaitTold(HostPhase.READY);
        assertThat(server.count("reset ")).isEqualTo(1);
    }

    /** Until whoever asks it every few seconds, beside, has noticed. */
    private void refuses(boolean refuses) {
        server.isSilent = refuses;
        await().until(() -> {
            link.hurry();
            Reading<HostReport> reading = link.reading();
            return reading != null && (reading.trouble() != null) == refuses;
        });
    }

    private void lookFor(Duration time) {
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plusSeconds(20)) {
            look();
            now = now.plusSeconds(20);
        }
    }

    /** What it tells is read beside, too. */
    private void awaitTold(HostPhase phase) {
        await().untilAsserted(() -> {
            link.hurry();
            now = now.plusSeconds(60);
            look();
            assertThat(phase()).isEqualTo(phase);
        });
    }
}
