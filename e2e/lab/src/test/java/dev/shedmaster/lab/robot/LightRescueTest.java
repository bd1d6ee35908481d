package dev.shedmaster.lab.robot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.shedmaster.lab.agent.RecordedAgents;
import dev.shedmaster.lab.robot.SshVisitor.Visit;
import dev.shedmaster.lab.robot.disk.DiskContent;
import dev.shedmaster.lab.robot.disk.InstalledOs;
import dev.shedmaster.lab.robot.estate.Phase;
import dev.shedmaster.lab.robot.fault.FaultKind;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can go wrong in a light host's rescue system. That it speaks as the real program does is tried by the operator's own adapter. */
class LightRescueTest {
    private LightLab light;

    @BeforeEach
    void boot() throws Exception {
        light = new LightLab(new RecordedAgents()).inRescue();
    }

    @AfterEach
    void stop() {
        light.close();
    }

    private JsonNode document(String verb) throws IOException {
        return new ObjectMapper().readTree(light.rescue(verb, "").output());
    }

    @Test
    void anInstallationTakesItsTimeAndSaysHowFarItIs() throws Exception {
        String order = "root " + light.disk(0) + "\nimage of-the-rescue-system\n";
        assertThat(light.rescue("install", order).output()).isEqualTo("going clearing /dev/nvme0n1 \n");
        light.lab.clock.advance(Duration.ofSeconds(5));
        assertThat(light.rescue("install", order).output())
                .isEqualTo("going writing of-the-rescue-system to /dev/nvme0n1\n");
        light.lab.clock.advance(LightLab.WRITING);
        assertThat(light.rescue("install", order).output())
                .isEqualTo("going configuring the system on /dev/nvme0n1p1\n");
        light.lab.clock.advance(Duration.ofSeconds(5));
        assertThat(light.rescue("install", order).output()).isEqualTo("done\n");
        assertThat(light.server.disks().get(1).content()).isEqualTo(new DiskContent.Blank());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "IMAGE_UNREACHABLE    | 7 | of-the-rescue-system cannot be fetched (curl 28)",
                "CHECKSUM_MISMATCH    | 8 | of-the-rescue-system has the checksum 0000",
                "IMAGE_WITHOUT_SYSTEM | 8 | no partition of the image holds a system",
                "DISK_UNWRITABLE      | 9 | the disk /dev/nvme0n1 cannot be written",
            })
    void anInstallationFailsAsTheRealOneDoes(FaultKind kind, int status, String complaint) throws Exception {
        light.post(kind);

        Visit ended = light.install();

        assertThat(ended.status()).isEqualTo(status);
        assertThat(ended.error()).contains(complaint);
        assertThat(light.server.disk()).isEmpty();
        assertThat(light.rescue("keys", "").status()).isEqualTo(1);
    }

    @Test
    void writingMayNeverEnd() throws Exception {
        light.post(FaultKind.WRITING_STUCK);
        light.install();
        light.lab.clock.advance(Duration.ofDays(1));
        assertThat(light.rescue("install", "").output()).startsWith("going writing");
        light.post(FaultKind.WRITING_STUCK);
        light.rescue("wipe", "");
        light.lab.clock.advance(Duration.ofDays(1));
        assertThat(light.rescue("wipe", "").output()).isEqualTo("going wiping /dev/nvme0n1\n");
    }

    @Test
    void thePowerMayFailWhileADiskIsWritten() throws Exception {
        light.post(FaultKind.POWER_LOST_WHILE_WRITING);
        light.rescue("install", "root " + light.disk(0) + "\nimage x\n");
        light.lab.clock.advance(Duration.ofSeconds(5).plus(LightLab.WRITING.dividedBy(2)));

        assertThat(light.server.power().phase()).isEqualTo(Phase.FIRMWARE);
        assertThat(light.server.disks().get(0).content()).isEqualTo(new DiskContent.Rubble());
        light.lab.clock.advance(Duration.ofHours(1));
        assertThat(light.server.power().phase()).isEqualTo(Phase.NO_SYSTEM);
    }

    @Test
    void whatWasBegunEndsWithTheBoot() throws Exception {
        light.rescue("install", "root " + light.disk(0) + "\nimage x\n");
        light.lab.clock.advance(Duration.ofSeconds(10));
        light.server.power().cut();
        light.lab.clock.advance(Duration.ofHours(1));
        assertThat(light.server.disks().get(0).content()).isEqualTo(new DiskContent.Rubble());
        light.server.power().turnOn();
        light.inRescue();
        assertThat(light.install().output()).isEqualTo("done\n");
    }

    @Test
    void aDiskMayFailAndTheServerBeAnother() throws Exception {
        light.post(FaultKind.DISK_DYING);
        light.post(FaultKind.OTHER_ARCHITECTURE);
        JsonNode document = document("disks");
        assertThat(document.path("architecture").asText()).isEqualTo("x86_64");
        assertThat(document.at("/disks/0/health/smart_status/passed").asBoolean(true))
                .isFalse();
        assertThat(document.at("/disks/1/health/smart_status/passed").asBoolean())
                .isTrue();
        assertThat(document("inspect").at("/disks/0/health").isNull()).isTrue();
        assertThat(document("inspect").path("architecture").asText()).isEqualTo("aarch64");
    }

    @Test
    void aForeignMarkIsSeenUntilTheDiskIsWiped() throws Exception {
        InstalledOs foreign = InstalledOs.fresh("other", List.of()).marked("t2 ci/other", "g9");
        light.lab.robot.account().locked(() -> light.server.install(foreign));
        assertThat(document("disks").at("/disks/0/owner").asText()).isEqualTo("t2 ci/other");
        assertThat(document("inspect").at("/disks/0/owner").asText()).isEmpty();
        light.rescue("wipe", "");
        light.lab.clock.advance(Duration.ofMinutes(2));
        assertThat(light.rescue("wipe", "").output()).isEqualTo("done\n");
        assertThat(document("disks").at("/disks/0/owner").asText()).isEmpty();
    }

    @Test
    void anInstalledSystemMayNeverComeOrMakeOtherKeys() throws Exception {
        assertThat(light.install().output()).isEqualTo("done\n");
        String told = light.rescue("keys", "").output();
        light.post(FaultKind.SYSTEM_NEVER_COMES);
        String boot = light.server.power().bootId().orElseThrow();
        light.door("reboot " + boot);
        light.lab.clock.advance(Duration.ofHours(1));
        assertThat(light.server.power().phase()).isEqualTo(Phase.STARTING);
        assertThat(light.server.power().door()).isEmpty();

        light.post(FaultKind.HOST_KEYS_REMADE);
        light.server.power().cut();
        light.server.power().turnOn();
        light.lab.clock.advance(RobotLab.TIMES.toDisk());
        String own = light.server
                .disk()
                .orElseThrow()
                .hostKeys()
                .publicKeys()
                .getFirst()
                .line();
        assertThat(told).doesNotContain(own);
        assertThat(light.run("cat /etc/shedmaster/host", new byte[0]).output())
                .isEqualTo("owner t1 ci/host\ngeneration g1\n");
    }

    @Test
    void nothingIsDestroyedOutsideOfARescueSystem() throws Exception {
        light.installed();
        for (String verb : List.of("install", "wipe")) {
            Visit refused = light.rescue(verb, "");
            assertThat(refused.status()).isEqualTo(5);
            assertThat(refused.error()).isEqualTo("this is host-1 and no rescue system\n");
        }
        assertThat(document("inspect").path("hostname").asText()).isEqualTo("host-1");
    }

    @Test
    void anySystemSaysWhoItIs() throws Exception {
        String boot = light.server.power().bootId().orElseThrow();
        assertThat(light.door("look").output()).isEqualTo(boot + "\nrescue\n\n");
        light.installed();
        String own = light.server.power().bootId().orElseThrow();
        assertThat(light.door("look").output()).startsWith(own + "\nhost-1\n");
        assertThat(light.door("reboot another").status()).isEqualTo(5);
        assertThat(light.door("open").status()).isEqualTo(3);
        assertThat(light.server.power().bootId()).contains(own);
    }

    @ParameterizedTest
    @CsvSource({"format, 3", "'', 3", "keys, 5", "reboot, 3"})
    void whatCannotBeDoneIsRefused(String verb, int status) throws Exception {
        assertThat(light.rescue(verb, "").status()).isEqualTo(status);
    }
}
