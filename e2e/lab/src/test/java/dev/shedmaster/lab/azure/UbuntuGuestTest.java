package dev.shedmaster.lab.azure;

import static dev.shedmaster.lab.azure.BootConfigs.ENVIRONMENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What Ubuntu's cloud-init makes of its custom data: the agent that it describes, or a line in the boot log that says why not. */
class UbuntuGuestTest {
    private Lab lab;

    @BeforeEach
    void start() throws Exception {
        lab = Lab.start();
    }

    @AfterEach
    void stop() {
        lab.close();
    }

    static Stream<Arguments> goodCloudConfigs() {
        String enable = "systemctl enable --now shedmaster-agent.service";
        return Stream.of(
                Arguments.of("plain", BootConfigs.cloudConfig("'0600'", enable)),
                Arguments.of("octal number", BootConfigs.cloudConfig("0600", enable)),
                Arguments.of(
                        "list command",
                        BootConfigs.cloudConfig("'0600'", "[systemctl, enable, --now, shedmaster-agent.service]")),
                Arguments.of(
                        "two commands",
                        BootConfigs.cloudConfig(
                                "'0600'", "systemctl enable shedmaster-agent && systemctl start shedmaster-agent")),
                Arguments.of(
                        "base64", BootConfigs.cloudConfig("'0600'", "b64", BootConfigs.base64(ENVIRONMENT), enable)),
                Arguments.of(
                        "gzip",
                        BootConfigs.cloudConfig(
                                "'0600'", "gz+b64", BootConfigs.base64(BootConfigs.gzip(ENVIRONMENT)), enable)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("goodCloudConfigs")
    void ubuntuStartsTheAgentThatTheCloudConfigDescribes(String what, String configuration) throws Exception {
        lab.boot("w-1", SampleVm.withCustomData(SampleVm.onUbuntu(SampleVm.body("w-1")), configuration));
        Awaitility.await().until(() -> !lab.agents.started.isEmpty());
        assertThat(lab.agents.started).as(what).containsExactly(BootConfigs.DESCRIBED);
    }

    static Stream<Arguments> badCloudConfigs() {
        String enable = "systemctl enable --now shedmaster-agent.service";
        String good = BootConfigs.cloudConfig("'0600'", enable);
        return Stream.of(
                Arguments.of(
                        "no first line", good.replace("#cloud-config\n", ""), "the first line must be #cloud-config"),
                Arguments.of("Ignition", BootConfigs.ignition().toString(), "the first line must be #cloud-config"),
                Arguments.of("broken YAML", good.replace("runcmd:", "runcmd: ]"), "Failed loading yaml blob"),
                Arguments.of("a list", "#cloud-config\n- a\n", "root types"),
                Arguments.of(
                        "write_files a text",
                        good.replace("write_files:", "write_files: x\nfiles:"),
                        "write_files must be a list"),
                Arguments.of(
                        "permissions 0644",
                        BootConfigs.cloudConfig("'0644'", enable),
                        "has mode 0644 but holds a secret"),
                Arguments.of(
                        "bad permissions",
                        BootConfigs.cloudConfig("rw", enable),
                        "Failed to run module write-files: /etc/shedmaster/agent.env"),
                Arguments.of("bad gzip", BootConfigs.cloudConfig("'0600'", "gzip", ENVIRONMENT, enable), "not gzip"),
                Arguments.of(
                        "base64 without saying so",
                        BootConfigs.cloudConfig("'0600'", "text/plain", BootConfigs.base64(ENVIRONMENT), enable),
                        "lacks JENKINS_URL"),
                Arguments.of(
                        "not started now",
                        BootConfigs.cloudConfig("'0600'", "systemctl enable shedmaster-agent.service"),
                        "enabled for the next boot but not started"),
                Arguments.of(
                        "never enabled",
                        BootConfigs.cloudConfig("'0600'", "echo done"),
                        "not started: nothing enables it"),
                Arguments.of(
                        "another unit",
                        BootConfigs.cloudConfig("'0600'", "systemctl enable --now agent.service"),
                        "Unit file agent.service does not exist"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badCloudConfigs")
    void ubuntuComesUpWithoutItsAgentAndSaysWhy(String what, String configuration, String line) throws Exception {
        lab.boot("w-1", SampleVm.withCustomData(SampleVm.onUbuntu(SampleVm.body("w-1")), configuration));
        lab.awaitLog("w-1", line);
        lab.awaitLog("w-1", "the agent does not come");
        assertThat(lab.agents.started).as(what).isEmpty();
        assertThat(lab.statuses("w-1")).contains("ProvisioningState/succeeded");
    }
}
