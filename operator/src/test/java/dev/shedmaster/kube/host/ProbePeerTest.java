package dev.shedmaster.kube.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.api.v1alpha1.JenkinsAgentConnection;
import dev.shedmaster.api.v1alpha1.JenkinsCredentials;
import dev.shedmaster.api.v1alpha1.JenkinsServer;
import dev.shedmaster.api.v1alpha1.JenkinsServerSpec;
import dev.shedmaster.api.v1alpha1.PollInterval;
import dev.shedmaster.api.v1alpha1.SecretReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A host has to reach the Jenkins that its workers will have to reach")
class ProbePeerTest {

    private static JenkinsServer server(String namespace, String name, String url, @Nullable String agentUrl) {
        JenkinsServer server = new JenkinsServer();
        server.getMetadata().setNamespace(namespace);
        server.getMetadata().setName(name);
        server.setSpec(new JenkinsServerSpec(
                url,
                new JenkinsCredentials(new SecretReference("token")),
                null,
                PollInterval.DEFAULT,
                agentUrl == null ? null : new JenkinsAgentConnection(agentUrl),
                null));
        return server;
    }

    private static ProbePeer peer(JenkinsServer... servers) {
        return ProbePeer.of("ci", Stream.of(servers));
    }

    @Test
    void thatOfItsNamespaceCounts() {
        assertThat(peer(
                        server("ci", "b", "https://b.example.org/", null),
                        server("ci", "a", "http://a.example.org/jenkins", null),
                        server("other", "0", "https://other.example.org/", null)))
                .isEqualTo(new ProbePeer("a.example.org", 80));
        assertThat(peer(server("ci", "b", "https://b.example.org/", null)))
                .isEqualTo(new ProbePeer("b.example.org", 443));
    }

    @Test
    void whereWorkersSeeItElsewhereItIsThatPlace() {
        assertThat(peer(server("ci", "a", "http://jenkins.ci.svc:8080/", "https://jenkins.example.org:8443/")))
                .isEqualTo(new ProbePeer("jenkins.example.org", 8443));
    }

    @Test
    void withoutOneNothingBeyondTheHostIsTried() {
        assertThat(peer(server("other", "a", "https://a.example.org/", null))).isEqualTo(ProbePeer.ITSELF);
    }
}
