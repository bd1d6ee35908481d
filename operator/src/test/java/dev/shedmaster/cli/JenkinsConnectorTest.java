package dev.shedmaster.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsServer;
import dev.shedmaster.api.v1alpha1.JenkinsServer;
import dev.shedmaster.api.v1alpha1.JenkinsServerStatus;
import dev.shedmaster.api.v1alpha1.JenkinsSession;
import dev.shedmaster.api.v1alpha1.QueueCounts;
import dev.shedmaster.http.ApiClients;
import dev.shedmaster.http.PrivateAuthority;
import dev.shedmaster.http.TrustedCertificates;
import dev.shedmaster.port.AgentCredentials;
import dev.shedmaster.port.AgentOrder;
import dev.shedmaster.port.CiSession;
import dev.shedmaster.port.CiSystem;
import dev.shedmaster.port.MachineOwner;
import dev.shedmaster.port.Outcome;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no connection can be opened with is refused before any call, with the field or key that is wrong. */
class JenkinsConnectorTest {
    private static final String GOOD_URL = "https://jenkins.example.org/";
    private static final Map<String, String> SECRET = Map.of("username", "operator", "token", "t");

    private static final Map<String, String> TOKEN = Map.of("username", "operator", "token", "11" + "0a".repeat(16));

    private final ApiClients clients = new ApiClients(new SimpleMeterRegistry());

    @AfterEach
    void end() {
        clients.close();
    }

    private JenkinsConnector connector() {
        return new JenkinsConnector("installation", clients, InstantSource.system());
    }

    private void connect(String url, String more, Map<String, String> secret) {
        try (CiSystem system = connector().connect(server(url, more), secret, null)) {
            assertThat(system).isNotNull();
        }
    }

    private static JenkinsServer server(String url, String more) {
        return Serialization.unmarshal("""
                apiVersion: shedmaster.dev/v1alpha1
                kind: JenkinsServer
                metadata: {namespace: ci, name: jenkins}
                spec:
                  url: '%s'
                  credentials: {secretRef: {name: jenkins-token}}
                  %s
                """.formatted(url, more), JenkinsServer.class);
    }

    @Test
    void theRunOfJenkinsThatItsStatusRemembersIsKnown() {
        JenkinsServer server = server(GOOD_URL, "");
        JenkinsSession remembered = new JenkinsSession("1a2b3c4d", Instant.EPOCH);
        server.setStatus(
                new JenkinsServerStatus(1L, List.of(), "2.541.3", remembered, QueueCounts.EMPTY, List.of(), null));
        try (CiSystem system = connector().connect(server, SECRET, null)) {
            assertThat(system.session()).isEqualTo(new CiSession("1a2b3c4d", Instant.EPOCH));
        }
        try (CiSystem system = connector().connect(server(GOOD_URL, ""), SECRET, null)) {
            assertThat(system.session()).isEqualTo(CiSession.UNKNOWN);
        }
    }

    @Test
    void aGoodOneIsOpened() {
        assertThatCode(() -> connect(
                        GOOD_URL,
                        "agent: {url: 'http://jenkins.internal/'}\n  proxy: 'http://proxy.example.org:3128'",
                        SECRET))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"username", "token"})
    void aKeyThatTheSecretLacksIsNamed(String key) {
        Map<String, String> lacking = Map.of(key.equals("token") ? "username" : "token", "t");
        assertThatThrownBy(() -> connect(GOOD_URL, "", lacking))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("spec.credentials.secretRef: the Secret jenkins-token has no key " + key + ": add it");
    }

    @Test
    void aKeyWithoutAValueIsNoKey() {
        assertThatThrownBy(() -> connect(GOOD_URL, "", Map.of("username", "operator", "token", " ")))
                .hasMessageContaining("has no key token");
    }

    @Test
    void itsCertificatesAreTrustedAndGivenToItsAgents(@TempDir Path folder) throws Exception {
        PrivateAuthority authority = new PrivateAuthority(folder);
        String pem = new TrustedCertificates(List.of(authority.certificate())).pem();
        HttpsServer jenkins = authority.serve(JenkinsConnectorTest::enrolEverybody);
        try (CiSystem trusting =
                        connector().connect(server(address(jenkins), ""), TOKEN, "# Private\n" + pem + "# The end\n");
                CiSystem strange = connector().connect(server(address(jenkins), ""), TOKEN, null)) {
            AgentOrder order = new AgentOrder(
                    "w-1", List.of("amd64"), 1, true, "/w", "A worker", new MachineOwner("i", "ci/p", "ci/w-1", "u"));
            assertThat(trusting.enrol(order))
                    .isEqualTo(Outcome.done(
                            new AgentCredentials(PrivateAuthority.address(jenkins), "w-1", "ab".repeat(32), pem)));
            assertThat(strange.enrol(order)).isInstanceOf(Outcome.Failed.class);
        } finally {
            jenkins.stop(0);
        }
    }

    private static String address(HttpsServer jenkins) {
        return PrivateAuthority.address(jenkins).toString();
    }

    private static void enrolEverybody(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("X-Jenkins", "2.541.3");
            if (exchange.getRequestMethod().equals("POST")) {
                exchange.getResponseHeaders().add("Location", ".");
                exchange.sendResponseHeaders(302, -1);
                return;
            }
            byte[] start = ("<jnlp><application-desc><argument>" + "ab".repeat(32)
                            + "</argument><argument>w-1</argument></application-desc></jnlp>")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, start.length);
            exchange.getResponseBody().write(start);
        }
    }

    @Test
    void certificatesThatAreNoneAreRefusedByTheFieldsName() {
        assertThatThrownBy(() -> connector().connect(server(GOOD_URL, ""), SECRET, "none"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("caBundle: ");
    }

    /** The schema's pattern lets these pass. */
    @ParameterizedTest
    @CsvSource({
        "http://:8080, it names no host",
        "https://jenkins.example.org/^ci, Illegal character in path",
        "http://[::1, Expected closing bracket for IPv6 address"
    })
    void anAddressThatIsNoneIsNamedWithItsField(String address, String why) {
        assertThatThrownBy(() -> connect(address, "", SECRET))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("spec.url: must be an address such as https://host.example.org/, is " + address + " (" + why
                        + ")");
        assertThatThrownBy(() -> connect(GOOD_URL, "agent: {url: '" + address + "'}", SECRET))
                .hasMessageStartingWith("spec.agent.url: must be an address");
        assertThatThrownBy(() -> connect(GOOD_URL, "proxy: '" + address + "'", SECRET))
                .hasMessageStartingWith("spec.proxy: must be an address");
    }
}
