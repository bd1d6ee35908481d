package dev.shedmaster.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.shedmaster.bootstrap.DistributionTool.Verdict;
import dev.shedmaster.port.AgentCredentials;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class BootstrapTemplatesTest {
    private static final DistributionTool IGNITION = new DistributionTool("ignition-validate", "ignition");
    private static final DistributionTool CLOUD_INIT = new DistributionTool("cloud-init", "cloud-init");
    private static final DistributionTool SHELL = new DistributionTool("sh", "dash");
    private static final String SECRET = "0123456789abcdef".repeat(4);

    private static final String CA_BUNDLE =
            "-----BEGIN CERTIFICATE-----\nMIIB+/=\n-----END CERTIFICATE-----\n".repeat(2);

    private final BootstrapTemplates templates = new BootstrapTemplates();
    private final ObjectMapper json = new ObjectMapper();

    @TempDir
    Path folder;

    static Stream<String> hostile() {
        return Stream.of(
                "with \"double\" and 'single' quotes",
                "two\nlines and a\ttab",
                "carriage\r\nreturn",
                "{{jenkinsUrl}} and {{{agentSecret}}} and {{#kvmRequired}}",
                "Grüße, 世界, 🚂, \u2028 and \u0085 and \ufeff",
                "100%d %% %n %i ${HOME} $(id) `id` $JENKINS_SECRET",
                "back\\slash \\n \\\" \\",
                "# no: comment, - no: list, *no &anchor !tag",
                " leading and trailing ",
                "",
                "a=b;c&d|e>f<g~h!i?j[k]l(m)");
    }

    private static BootstrapValues values(String workDirectory, boolean kvm) {
        return new BootstrapValues(
                new AgentCredentials(URI.create("https://jenkins.example.org/ci/"), "sm-amd64-kvm-abcdefgh", SECRET),
                workDirectory,
                "ci/amd64-kvm",
                "ci/sm-amd64-kvm-abcdefgh",
                kvm,
                BootstrapValues.DEFAULT_AGENT_IMAGE,
                Map.of());
    }

    private static BootstrapValues trusting(String caBundle) {
        return new BootstrapValues(
                new AgentCredentials(URI.create("https://jenkins.example.org/ci/"), "sm-a", SECRET, caBundle),
                "/var/lib/jenkins",
                "ci/amd64-kvm",
                "ci/sm-a",
                false,
                BootstrapValues.DEFAULT_AGENT_IMAGE,
                Map.of());
    }

    private static BootstrapValues hostileValues(String hostile) {
        return new BootstrapValues(
                new AgentCredentials(URI.create("https://jenkins.example.org/"), hostile, hostile),
                "/work/x" + hostile,
                hostile,
                hostile,
                true,
                hostile,
                Map.of("own", hostile));
    }

    private static String done(Outcome<String> outcome) {
        return switch (outcome) {
            case Outcome.Done<String>(String value) -> value;
            case Outcome.Failed<String>(PortError error) -> fail(error.message());
        };
    }

    private static PortError.Invalid invalid(Outcome<?> outcome) {
        return outcome instanceof Outcome.Failed<?>(PortError.Invalid error)
                ? error
                : fail("expected Invalid, got " + outcome);
    }

    private Path written(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void ignitionItselfFindsTheFlatcarTemplateValid() throws Exception {
        String rendered = done(templates.render(BootstrapFormat.IGNITION, values("/var/lib/jenkins", true)));
        Verdict verdict = IGNITION.run(List.of(written("config.ign", rendered).toString()));
        assertThat(verdict.output()).isEmpty();
        assertThat(verdict.status()).isZero();
    }

    /** What runs on the machine with it is tried in AgentTrustTest. */
    @Test
    void certificatesReachTheMachineThroughTheBuiltInTemplates() throws Exception {
        String ignition = done(templates.render(BootstrapFormat.IGNITION, trusting(CA_BUNDLE)));
        assertThat(IGNITION.run(List.of(written("config.ign", ignition).toString())))
                .isEqualTo(new Verdict(0, ""));
        assertThat(file(json.readTree(ignition), "/etc/shedmaster/agent-prepare"))
                .contains("\n" + CA_BUNDLE + "END\n");
        assertThat(json.readTree(ignition).path("systemd").toString()).contains("/run/shedmaster/trust/agent.env");

        String cloud = done(templates.render(BootstrapFormat.CLOUD_INIT, trusting(CA_BUNDLE)));
        Verdict verdict = CLOUD_INIT.run(
                List.of("schema", "--config-file", written("user-data", cloud).toString()));
        assertThat(verdict.output()).contains("Valid cloud-config");
        assertThat(verdict.status()).isZero();
        JsonNode files = yaml(cloud).path("write_files");
        assertThat(decoded(files.path(1).path("content").asText())).contains("\n" + CA_BUNDLE + "END\n");
        assertThat(decoded(files.path(2).path("content").asText()))
                .contains("/usr/bin/java -Djavax.net.ssl.trustStore=/run/shedmaster/trust/store -jar ");
    }

    @Test
    void usersTemplatesMayPlaceTheCertificatesThemselves() throws Exception {
        String template = "{{#caBundleGiven}}{\"pem\": \"{{caBundle}}\", \"base64\": \"{{caBundleBase64}}\"}"
                + "{{/caBundleGiven}}{{^caBundleGiven}}[\"{{caBundle}}{{caBundleBase64}}\"]{{/caBundleGiven}}";
        JsonNode given = json.readTree(done(templates.render(BootstrapFormat.IGNITION, template, trusting(CA_BUNDLE))));
        assertThat(given.path("pem").asText()).isEqualTo(CA_BUNDLE);
        assertThat(decoded(given.path("base64").asText())).isEqualTo(CA_BUNDLE);
        assertThat(done(templates.render(BootstrapFormat.IGNITION, template, values("/w", true))))
                .isEqualTo("[\"\"]");
    }

    @Test
    void aTemplateIsCheckedWithCertificatesAndWithout() {
        for (String broken :
                List.of("{{#caBundleGiven}}{{no}}{{/caBundleGiven}}", "{{^caBundleGiven}}{{no}}{{/caBundleGiven}}")) {
            assertThat(invalid(templates.check(BootstrapFormat.CLOUD_INIT, broken, Map.of()))
                            .message())
                    .as(broken)
                    .contains("\"no\"");
        }
    }

    @Test
    void ignitionItselfRefusesWhatIsNone() throws Exception {
        String rendered = done(templates.render(BootstrapFormat.IGNITION, values("relative", true)));
        assertThat(IGNITION.run(List.of(written("config.ign", rendered).toString()))
                        .status())
                .isNotZero();
    }

    @Test
    void cloudInitItselfFindsTheUbuntuTemplateValid() throws Exception {
        String rendered = done(templates.render(BootstrapFormat.CLOUD_INIT, values("/home/jenkins/agent", true)));
        Verdict verdict = CLOUD_INIT.run(List.of(
                "schema", "--config-file", written("user-data", rendered).toString()));
        assertThat(verdict.output()).contains("Valid cloud-config");
        assertThat(verdict.status()).isZero();
    }

    @Test
    void cloudInitItselfRefusesWhatIsNone() throws Exception {
        String broken = done(templates.render(BootstrapFormat.CLOUD_INIT, values("/home/jenkins/agent", true)))
                .replace("permissions: \"0600\"", "permissions: {}");
        assertThat(CLOUD_INIT
                        .run(List.of(
                                "schema",
                                "--config-file",
                                written("user-data", broken).toString()))
                        .status())
                .isNotZero();
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void hostileValuesStayValuesInIgnition(String hostile) throws Exception {
        JsonNode rendered = json.readTree(done(templates.render(BootstrapFormat.IGNITION, hostileValues(hostile))));
        assertThat(rendered.path("storage")
                        .path("directories")
                        .path(0)
                        .path("path")
                        .asText())
                .isEqualTo("/work/x" + hostile);
        assertEnvironment(file(rendered, "/etc/shedmaster/agent.env"), hostile);
        Verdict verdict =
                IGNITION.run(List.of(written("config.ign", rendered.toString()).toString()));
        assertThat(verdict.output()).doesNotContain("error");
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void hostileValuesStayValuesInCloudConfig(String hostile) throws Exception {
        String rendered = done(templates.render(BootstrapFormat.CLOUD_INIT, hostileValues(hostile)));
        JsonNode environment = yaml(rendered).path("write_files").path(0);
        assertThat(environment.path("path").asText()).isEqualTo("/etc/shedmaster/agent.env");
        assertThat(environment.path("permissions").asText()).isEqualTo("0600");
        assertEnvironment(decoded(environment.path("content").asText()), hostile);
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void hostileValuesStayValuesInUsersTemplates(String hostile) throws Exception {
        String ignition = done(templates.render(
                BootstrapFormat.IGNITION, "{\"a\": \"{{agentName}}\", \"b\": \"{{own}}\"}", hostileValues(hostile)));
        assertThat(json.readTree(ignition).path("a").asText()).isEqualTo(hostile);
        assertThat(json.readTree(ignition).path("b").asText()).isEqualTo(hostile);

        String cloud = done(templates.render(
                BootstrapFormat.CLOUD_INIT, "#cloud-config\na: \"{{agentName}}\"\n", hostileValues(hostile)));
        assertThat(yaml(cloud).path("a").asText()).isEqualTo(hostile);
    }

    /** The shell reads the file as the scripts on the machine do; it knows nothing of how the file was written. */
    private void assertEnvironment(String text, String hostile) throws Exception {
        Path file = written("agent.env", text);
        String script = ". \"$1\"; printf '%s|' \"$JENKINS_URL\" \"$JENKINS_AGENT_NAME\" \"$JENKINS_SECRET\""
                + " \"$JENKINS_WEB_SOCKET\" \"$JENKINS_AGENT_WORKDIR\" \"$SHEDMASTER_AGENT_IMAGE\"";
        Verdict verdict = SHELL.run(List.of("-euc", script, "sh", file.toString()));
        assertThat(verdict)
                .isEqualTo(new Verdict(
                        0,
                        "https://jenkins.example.org/|" + hostile + "|" + hostile + "|true|/work/x" + hostile + "|"
                                + hostile + "|"));
    }

    @ParameterizedTest
    @EnumSource(BootstrapFormat.class)
    void theAgentsFileIsPlainForAnOrdinaryWorker(BootstrapFormat format) throws Exception {
        String rendered = done(templates.render(format, values("/var/lib/jenkins", true)));
        String environment = switch (format) {
            case IGNITION -> file(json.readTree(rendered), "/etc/shedmaster/agent.env");
            case CLOUD_INIT ->
                decoded(yaml(rendered)
                        .path("write_files")
                        .path(0)
                        .path("content")
                        .asText());
            case CONTAINER -> decoded(json.readTree(rendered).path("agent.env").asText());
        };
        assertThat(environment.lines())
                .startsWith(
                        "JENKINS_URL=https://jenkins.example.org/ci/",
                        "JENKINS_AGENT_NAME=sm-amd64-kvm-abcdefgh",
                        "JENKINS_SECRET=" + SECRET,
                        "JENKINS_WEB_SOCKET=true",
                        "JENKINS_AGENT_WORKDIR=/var/lib/jenkins",
                        "SHEDMASTER_KVM=required");
    }

    @Test
    void theSecretIsInOneFileThatOnlyRootReads() throws Exception {
        JsonNode config =
                json.readTree(done(templates.render(BootstrapFormat.IGNITION, values("/var/lib/jenkins", false))));
        for (JsonNode entry : config.path("storage").path("files")) {
            String path = entry.path("path").asText();
            boolean holds = file(config, path).contains(SECRET);
            assertThat(holds).as(path).isEqualTo(path.equals("/etc/shedmaster/agent.env"));
            if (holds) {
                assertThat(entry.path("mode").asInt()).isEqualTo(0600);
            }
        }
        assertThat(config.path("systemd").toString()).doesNotContain(SECRET);
    }

    /** Where the agent's file is on what the format is for. */
    private static String environmentOf(BootstrapFormat format) {
        return (format == BootstrapFormat.CONTAINER ? "/run" : "/etc") + "/shedmaster/agent.env";
    }

    @ParameterizedTest
    @EnumSource(BootstrapFormat.class)
    void theUnitStartsTheAgentAndPowersOffBehindIt(BootstrapFormat format) throws Exception {
        assertThat(unit(format))
                .contains("EnvironmentFile=" + environmentOf(format))
                .contains("-noReconnectAfter 24h")
                .contains("poweroff")
                .contains("WantedBy=multi-user.target")
                .doesNotContain(SECRET);
    }

    @ParameterizedTest
    @EnumSource(BootstrapFormat.class)
    void aMachineWithoutTheKvmThatItNeedsSaysSoBeforeItsAgentStarts(BootstrapFormat format) throws Exception {
        Path environment = written("agent.env", "SHEDMASTER_KVM=required\nJENKINS_SECRET=x\n");
        String prepare = prepareScript(format)
                .replace(environmentOf(format), environment.toString())
                .replace("/dev/kvm", folder.resolve("no-kvm").toString());
        Verdict verdict = SHELL.run(List.of(written("prepare", prepare).toString()));
        assertThat(verdict.status()).isEqualTo(1);
        assertThat(verdict.output().lines())
                .singleElement()
                .asString()
                .startsWith("shedmaster: the pool requires KVM and this "
                        + (format == BootstrapFormat.CONTAINER ? "container" : "machine") + " has no ");
    }

    @ParameterizedTest
    @EnumSource(BootstrapFormat.class)
    void theScriptsAreShell(BootstrapFormat format) throws Exception {
        Verdict verdict = SHELL.run(
                List.of("-n", written("prepare", prepareScript(format)).toString()));
        assertThat(verdict).isEqualTo(new Verdict(0, ""));
    }

    private String prepareScript(BootstrapFormat format) throws Exception {
        return variable(format, "agentPrepareBase64");
    }

    @Test
    void anUnknownVariableIsNamedWithItsLine() {
        PortError.Invalid error = invalid(templates.render(
                BootstrapFormat.CLOUD_INIT, "#cloud-config\na: \"{{agentNmae}}\"\n", values("/w", true)));
        assertThat(error.field()).isEqualTo("bootstrap.templateRef");
        assertThat(error.message()).contains("agentNmae").contains("line 2").contains("docs/bootstrap.md");
    }

    @Test
    void anUnknownSectionIsNamed() {
        assertThat(invalid(templates.render(BootstrapFormat.CLOUD_INIT, "{{#gpu}}x{{/gpu}}", values("/w", true)))
                        .message())
                .contains("gpu");
    }

    @Test
    void aTemplateCannotReachTheValuesMethods() {
        for (String attempt :
                List.of("agentName.length", "agentName.getClass.name", "agentName.toUpperCase", "getClass")) {
            assertThat(invalid(templates.render(BootstrapFormat.CLOUD_INIT, "{{" + attempt + "}}", values("/w", true)))
                            .message())
                    .as(attempt)
                    .contains(attempt.contains(".") ? attempt.substring(0, 9) : attempt);
        }
    }

    @Test
    void sectionsFollowWhatThePoolNeeds() {
        String template = "{{#kvmRequired}}kvm{{/kvmRequired}}{{^kvmRequired}}none{{/kvmRequired}}";
        assertThat(done(templates.render(BootstrapFormat.CLOUD_INIT, template, values("/w", true))))
                .isEqualTo("kvm");
        assertThat(done(templates.render(BootstrapFormat.CLOUD_INIT, template, values("/w", false))))
                .isEqualTo("none");
    }

    @Test
    void brokenTemplatesAreRefusedWithoutTheSecretInTheMessage() {
        assertThat(invalid(templates.render(BootstrapFormat.CLOUD_INIT, "{{#kvmRequired}}", values("/w", true)))
                        .message())
                .contains("kvmRequired");
        assertThat(invalid(templates.render(BootstrapFormat.CLOUD_INIT, "{{>part}}", values("/w", true)))
                        .message())
                .contains("partials");
        PortError.Invalid noJson =
                invalid(templates.render(BootstrapFormat.IGNITION, "{\n\"a\": {{agentSecret}}\n}", values("/w", true)));
        assertThat(noJson.message()).contains("no JSON in line 2").doesNotContain("0123456789");
    }

    @Test
    void aTemplateCanBeCheckedBeforeAnyMachineNeedsIt() {
        assertThat(templates.check(BootstrapFormat.IGNITION, "{\"a\": \"{{mine}}\"}", Map.of("mine", "x")))
                .isInstanceOf(Outcome.Done.class);
        assertThat(invalid(templates.check(BootstrapFormat.IGNITION, "{\"a\": \"{{mine}}\"}", Map.of()))
                        .message())
                .contains("mine");
    }

    @Test
    void aParameterCannotTakeTheSecretsPlace() {
        BootstrapValues values = new BootstrapValues(
                new AgentCredentials(URI.create("https://jenkins.example.org/"), "name", SECRET),
                "/w",
                "ci/p",
                "ci/w",
                false,
                "image",
                Map.of("agentSecret", "mine"));
        assertThat(done(templates.render(BootstrapFormat.CLOUD_INIT, "{{agentSecret}}", values)))
                .isEqualTo(SECRET);
    }

    @Test
    void bootDataFitAzuresBound() {
        for (BootstrapFormat format : BootstrapFormat.values()) {
            assertThat(done(templates.render(format, values("/var/lib/jenkins", true)))
                            .getBytes(StandardCharsets.UTF_8))
                    .hasSizeLessThan(16 * 1024);
        }
    }

    private String file(JsonNode config, String path) {
        for (JsonNode file : config.path("storage").path("files")) {
            if (file.path("path").asText().equals(path)) {
                String source = file.path("contents").path("source").asText();
                return source.startsWith("data:;base64,")
                        ? decoded(source.substring("data:;base64,".length()))
                        : source;
            }
        }
        return fail("no file " + path);
    }

    private static String decoded(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    private JsonNode yaml(String text) {
        return json.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(text));
    }

    private String unit(BootstrapFormat format) throws Exception {
        return variable(format, "agentUnitBase64");
    }

    private String variable(BootstrapFormat format, String name) throws Exception {
        String template = "{\"x\": \"{{" + name + "}}\"}";
        return decoded(json.readTree(done(templates.render(format, template, values("/w", true))))
                .path("x")
                .asText());
    }
}
