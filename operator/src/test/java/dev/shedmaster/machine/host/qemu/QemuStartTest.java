package dev.shedmaster.machine.host.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.shedmaster.core.slot.Architecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The real QEMU makes of a command the guest that was meant")
class QemuStartTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void itHasWhatItWasGiven(Architecture architecture) throws IOException, InterruptedException {
        Guest guest = RunningGuest.guest(folder, architecture, "one-shot");
        try (RunningGuest running = RunningGuest.start(guest, folder);
                QmpClient control = running.control()) {
            assertThat(control.ask("query-status").get("status").asText()).isEqualTo("prelaunch");
            assertThat(control.ask("query-name").get("name").asText()).isEqualTo("pool-x7k2p");
            assertThat(control.ask("query-cpus-fast")).hasSize(2);
            assertThat(control.ask("query-memory-size-summary")
                            .get("base-memory")
                            .asLong())
                    .isEqualTo(256L << 20);
            assertThat(control.ask("query-kvm").get("enabled").asBoolean()).isFalse();
            assertThat(control.ask("qom-get", "{\"path\": \"/machine/peripheral/network\", \"property\": \"mac\"}")
                            .asText())
                    .isEqualTo(MacAddress.of("pool-x7k2p"));
            assertThat(files(control))
                    .containsEntry("firmware-code", guest.firmware().code() + " (read only)")
                    .containsEntry("firmware-variables", guest.firmware().variables())
                    .containsEntry("disk", guest.disk())
                    .containsEntry("seed", guest.configuration().seed() + " (read only)");
            assertThat(running.commandLine()).contains("w,,1").doesNotContain("one-shot");
            control.ask("quit");
            assertThat(running.exitStatus()).as(running.words()).isZero();
        }
    }

    /** Of each disk its file. */
    private static Map<String, String> files(QmpClient control) {
        Map<String, String> files = new HashMap<>();
        for (JsonNode node : control.ask("query-named-block-nodes")) {
            files.put(
                    node.get("node-name").asText(),
                    node.get("image").get("filename").asText() + (node.get("ro").asBoolean() ? " (read only)" : ""));
        }
        return files;
    }

    /** With all that QEMU may not do any more, it still runs: the firmware finds nothing on the empty disk. */
    @ParameterizedTest
    @EnumSource
    void itsFirmwareRunsAndARestartIsItsEnd(Architecture architecture) throws IOException, InterruptedException {
        Guest guest = RunningGuest.guest(folder, architecture, "one-shot");
        try (RunningGuest running = RunningGuest.start(guest, folder);
                QmpClient control = running.control()) {
            control.ask("cont");
            running.awaitOnConsole("BdsDxe: failed to load");
            control.ask("system_reset");
            assertThat(running.exitStatus()).as(running.words()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFileThatIsMissingIsNamed(Architecture architecture) throws IOException, InterruptedException {
        Guest guest = RunningGuest.guest(folder, architecture, "one-shot");
        Files.delete(folder.resolve("w,1").resolve("secret"));
        try (RunningGuest running = RunningGuest.start(guest, folder)) {
            assertThat(running.exitStatus()).isNotZero();
            assertThat(running.words()).contains("w,1/secret");
        }
    }
}
