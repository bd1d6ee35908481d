package dev.shedmaster.lab.azure;

import static dev.shedmaster.lab.azure.BootConfigs.ENVIRONMENT;
import static dev.shedmaster.lab.azure.BootConfigs.UNIT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shedmaster.lab.agent.AgentDescription;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What Flatcar's Ignition, and the system after it, make of the boot configuration: the agent that it describes, or a line in the boot log that says why not. */
class FlatcarGuestTest {
    private Lab lab;

    @BeforeEach
    void start() throws Exception {
        lab = Lab.start();
    }

    @AfterEach
    void stop() {
        lab.close();
    }

    private static Arguments good(String what, String configuration) {
        return Arguments.of(what, configuration);
    }

    private static String ignition(Consumer<ObjectNode> change) {
        ObjectNode config = BootConfigs.ignition();
        change.accept(config);
        return config.toString();
    }

    private static ObjectNode contents(ObjectNode ignition) {
        return BootConfigs.file(ignition).withObject("contents");
    }

    static Stream<Arguments> goodIgnition() {
        return Stream.of(
                good("percent-encoded", ignition(_ -> {})),
                good(
                        "base64",
                        ignition(config -> contents(config)
                                .put(
                                        "source",
                                        "data:text/plain;charset=utf-8;base64," + BootConfigs.base64(ENVIRONMENT)))),
                good(
                        "gzip",
                        ignition(config -> contents(config)
                                .put("compression", "gzip")
                                .put("source", "data:;base64," + BootConfigs.base64(BootConfigs.gzip(ENVIRONMENT))))),
                good("merged", mergedConfig()),
                good("appended", ignition(config -> {
                    BootConfigs.file(config).remove("contents");
                    BootConfigs.file(config)
                            .putArray("append")
                            .addObject()
                            .put("source", BootConfigs.percentEncoded(ENVIRONMENT));
                })),
                good(
                        "quoted values",
                        BootConfigs.ignition(
                                        ENVIRONMENT.replace("=w-1", "=\"w-1\"").replace("=true", "='true'"), UNIT)
                                .toString()));
    }

    private static String mergedConfig() {
        ObjectNode outer = BootConfigs.ignition();
        outer.remove("storage");
        outer.remove("systemd");
        outer.withObject("ignition")
                .putObject("config")
                .putArray("merge")
                .addObject()
                .put(
                        "source",
                        "data:;base64,"
                                + BootConfigs.base64(BootConfigs.ignition().toString()));
        return outer.toString();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("goodIgnition")
    void flatcarStartsTheAgentThatIgnitionDescribes(String what, String configuration) throws Exception {
        lab.boot("w-1", SampleVm.withCustomData(SampleVm.body("w-1"), configuration));
        Awaitility.await().until(() -> !lab.agents.started.isEmpty());
        assertThat(lab.agents.started).as(what).containsExactly(BootConfigs.DESCRIBED);
        assertThat(lab.azure.bootLog("w-1")).noneMatch(line -> line.contains("0123456789abcdef"));
    }

    @Test
    void userDataIsReadWhereThereIsNoCustomData() throws Exception {
        ObjectNode body = SampleVm.body("w-1");
        SampleVm.properties(body)
                .put("userData", BootConfigs.base64(BootConfigs.ignition().toString()));
        lab.boot("w-1", body);
        Awaitility.await().until(() -> lab.agents.started.equals(List.of(BootConfigs.DESCRIBED)));
    }

    @ParameterizedTest
    @MethodSource("waysToReconnect")
    void theAgentReconnectsForAsLongAsItsCommandLineSays(String option, Optional<Duration> expected) throws Exception {
        String unit = UNIT.replace("-noReconnect ", option);
        lab.boot(
                "w-1",
                SampleVm.withCustomData(
                        SampleVm.body("w-1"),
                        BootConfigs.ignition(ENVIRONMENT, unit).toString()));
        Awaitility.await().until(() -> !lab.agents.started.isEmpty());
        assertThat(lab.agents.started)
                .extracting(AgentDescription::reconnectsFor)
                .containsExactly(expected);
    }

    static Stream<Arguments> waysToReconnect() {
        return Stream.of(
                Arguments.of("", Optional.empty()),
                Arguments.of("-noReconnect ", Optional.of(Duration.ZERO)),
                Arguments.of("-noReconnectAfter 30s ", Optional.of(Duration.ofSeconds(30))),
                Arguments.of("-noReconnectAfter 10m ", Optional.of(Duration.ofMinutes(10))));
    }

    private static Arguments bad(String what, String configuration, String line) {
        return Arguments.of(what, configuration, line);
    }

    private static String environment(String from, String to) {
        return BootConfigs.ignition(ENVIRONMENT.replace(from, to), UNIT).toString();
    }

    private static String unit(String from, String to) {
        return BootConfigs.ignition(ENVIRONMENT, UNIT.replace(from, to)).toString();
    }

    static Stream<Arguments> badAgents() {
        return Stream.of(
                bad("no URL", environment("JENKINS_URL", "URL"), "lacks JENKINS_URL"),
                bad("no name", environment("JENKINS_AGENT_NAME=w-1", ""), "lacks JENKINS_AGENT_NAME"),
                bad("empty secret", environment("=0123456789abcdef", "="), "lacks JENKINS_SECRET"),
                bad("no web socket", environment("JENKINS_WEB_SOCKET=true", ""), "lacks JENKINS_WEB_SOCKET"),
                bad(
                        "web socket off",
                        environment("SOCKET=true", "SOCKET=false"),
                        "JENKINS_WEB_SOCKET must be true, but is 'false'"),
                bad("no work folder", environment("JENKINS_AGENT_WORKDIR", "WORKDIR"), "lacks JENKINS_AGENT_WORKDIR"),
                bad(
                        "relative work folder",
                        environment("=/var", "=var"),
                        "JENKINS_AGENT_WORKDIR is 'var/lib/jenkins', which is no absolute path"),
                bad(
                        "bad URL",
                        environment("https://", "jenkins:"),
                        "JENKINS_URL is 'jenkins:jenkins.example.org/', which is no http or https address"),
                bad("not KEY=VALUE", environment("JENKINS_WEB", "export it\nJENKINS_WEB"), "line 5 is not KEY=VALUE"),
                bad(
                        "readable by others",
                        ignition(config -> BootConfigs.file(config).put("mode", 420)),
                        "has mode 0644 but holds a secret: it must be 0600"),
                bad(
                        "mode left out",
                        ignition(config -> BootConfigs.file(config).remove("mode")),
                        "has mode 0644 but holds a secret"),
                bad(
                        "decimal 600",
                        ignition(config -> BootConfigs.file(config).put("mode", 600)),
                        "has mode 1130 but holds a secret"),
                bad(
                        "file elsewhere",
                        ignition(config -> BootConfigs.file(config).put("path", "/etc/agent.env")),
                        "Failed to load environment files: /etc/shedmaster/agent.env: No such file or directory"),
                bad(
                        "unit not enabled",
                        ignition(config -> BootConfigs.unit(config).put("enabled", false)),
                        "not started: it is not enabled"),
                bad(
                        "unit masked",
                        ignition(config -> BootConfigs.unit(config).put("mask", true)),
                        "not started: it is masked"),
                bad(
                        "unit of another name",
                        ignition(config -> BootConfigs.unit(config).put("name", "agent.service")),
                        "Unit shedmaster-agent.service not found"),
                bad("no [Install]", unit("[Install]", "[Unit]"), "has no [Install] section, so nothing starts it"),
                bad("no ExecStart", unit("ExecStart=", "ExecRun="), "Service has no ExecStart= setting"),
                bad(
                        "starts something else",
                        unit("/usr/bin/java -jar /opt/shedmaster/agent.jar", "/usr/bin/sleep")
                                .replace("JENKINS_AGENT_NAME}", "JENKINS_URL}"),
                        "ExecStart does not run the agent"),
                bad(
                        "no environment file",
                        unit("EnvironmentFile=", "EnvFile="),
                        "has no EnvironmentFile=/etc/shedmaster/agent.env"),
                bad(
                        "unset variable",
                        unit("-webSocket", "-tunnel ${JENKINS_TUNNEL}"),
                        "Referenced but unset environment variable evaluates to an empty string: JENKINS_TUNNEL"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badAgents")
    void theSystemComesUpWithoutItsAgentAndSaysWhy(String what, String configuration, String line) throws Exception {
        lab.boot("w-1", SampleVm.withCustomData(SampleVm.body("w-1"), configuration));

        lab.awaitLog("w-1", line);
        lab.awaitLog("w-1", "the agent does not come");
        assertThat(lab.agents.started).as(what).isEmpty();
        assertThat(lab.statuses("w-1")).containsExactly("ProvisioningState/succeeded", "PowerState/running");
    }

    static Stream<Arguments> brokenIgnition() {
        return Stream.of(
                bad("no JSON", "{\"ignition\": ", "couldn't parse config: error at line 1"),
                bad(
                        "no version",
                        ignition(config -> config.withObject("ignition").remove("version")),
                        "ignition.version is missing"),
                bad(
                        "old version",
                        ignition(config -> config.withObject("ignition").put("version", "2.3.0")),
                        "unsupported config version"),
                bad(
                        "mode as text",
                        ignition(config -> BootConfigs.file(config).put("mode", "0600")),
                        "must be a decimal number"),
                bad(
                        "relative path",
                        ignition(config -> BootConfigs.file(config).put("path", "agent.env")),
                        "is not absolute"),
                bad(
                        "same file twice",
                        ignition(config -> config.withObject("storage")
                                .withArray("files")
                                .add(BootConfigs.file(config).deepCopy())),
                        "duplicate entry defined for path"),
                bad(
                        "bad hash",
                        ignition(config ->
                                contents(config).putObject("verification").put("hash", "sha512-00")),
                        "hash verification failed"),
                bad(
                        "remote file",
                        ignition(config -> contents(config).put("source", "https://example.org/agent.env")),
                        "failed to fetch 'https://example.org/agent.env'"),
                bad("not gzip", ignition(config -> contents(config).put("compression", "gzip")), "not gzip"),
                bad(
                        "unit without suffix",
                        ignition(config -> BootConfigs.unit(config).put("name", "shedmaster-agent")),
                        "invalid unit name"),
                bad(
                        "cloud-config",
                        BootConfigs.cloudConfig("'0600'", "true"),
                        "this is no Ignition configuration but a cloud-config"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenIgnition")
    void flatcarStopsAtABrokenIgnitionUntilAzureGivesUp(String what, String configuration, String line)
            throws Exception {
        lab.boot("w-1", SampleVm.withCustomData(SampleVm.body("w-1"), configuration));
        lab.awaitLog("w-1", line);
        lab.awaitLog("w-1", "Entering emergency shell");
        assertThat(lab.statuses("w-1")).as(what).contains("ProvisioningState/creating/OSProvisioningInProgress");

        lab.clock.advance(Duration.ofMinutes(40));
        assertThat(lab.statuses("w-1"))
                .containsExactly("ProvisioningState/failed/OSProvisioningTimedOut", "PowerState/running");
        assertThat(lab.agents.started).isEmpty();
    }

    @Test
    void theBootLogIsReadThroughBootDiagnostics() throws Exception {
        lab.boot("w-1", SampleVm.withCustomData(SampleVm.body("w-1"), environment("JENKINS_URL", "URL")));
        lab.awaitLog("w-1", "the agent does not come");

        var uris = lab.arm
                .post(ArmClient.vm("w-1") + "/retrieveBootDiagnosticsData")
                .json();
        lab.arm.useToken("");
        String log = lab.arm
                .follow(uris.path("serialConsoleLogBlobUri").asText())
                .response()
                .body();

        assertThat(log).contains("/etc/shedmaster/agent.env lacks JENKINS_URL").contains("ignition: files: wrote");
    }
}
