package dev.shedmaster.kube.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.api.v1alpha1.JenkinsServer;
import dev.shedmaster.api.v1alpha1.JenkinsServerSpec;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProbePeerTest {
    private static final KubernetesSerialization KUBERNETES = new KubernetesSerialization();

    private static JenkinsServer jenkins(String name, String spec) {
        JenkinsServer server = new JenkinsServer();
        server.getMetadata().setNamespace("ci");
        server.getMetadata().setName(name);
        server.setSpec(KUBERNETES.unmarshal(spec, JenkinsServerSpec.class));
        return server;
    }

    private static ProbePeer peer(JenkinsServer... servers) {
        return ProbePeer.of("ci", Stream.of(servers));
    }

    @Test
    void itIsTheCiSystemAsItsAgentsReachIt() {
        assertThat(peer(jenkins("a", "url: https://jenkins.example.org/ci/")))
                .isEqualTo(new ProbePeer("jenkins.example.org", 443));
        assertThat(peer(jenkins("a", "url: https://jenkins/\nagent: {}"))).isEqualTo(new ProbePeer("jenkins", 443));
        assertThat(peer(jenkins("a", "url: https://jenkins/\nagent: {url: 'http://192.0.2.1:8080'}")))
                .isEqualTo(new ProbePeer("192.0.2.1", 8080));
    }

    @Test
    void ofSeveralItIsTheFirstByItsName() {
        assertThat(peer(jenkins("b", "url: http://b"), jenkins("a", "url: http://a")))
                .isEqualTo(new ProbePeer("a", 80));
    }

    @Test
    void whereThereIsNoneInTheNamespaceTheHostIsAskedForItself() {
        assertThat(ProbePeer.of("elsewhere", Stream.of(jenkins("a", "url: http://a"))))
                .isEqualTo(ProbePeer.ITSELF);
    }
}
