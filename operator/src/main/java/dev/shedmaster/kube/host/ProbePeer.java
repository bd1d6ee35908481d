package dev.shedmaster.kube.host;

import dev.shedmaster.api.v1alpha1.JenkinsServer;
import dev.shedmaster.api.v1alpha1.JenkinsServerSpec;
import java.net.URI;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * To whom a host must be able to open a connection, since its workers have to.
 *
 * @param host a name or an address
 * @param port where it listens
 */
record ProbePeer(String host, int port) {
    /** Where nobody is known: the host's own SSH server, which says nothing of the network beyond it. */
    static final ProbePeer ITSELF = new ProbePeer("127.0.0.1", 22);

    /** The CI system of that namespace; the first by its name, where there are several. */
    static ProbePeer of(String namespace, Stream<JenkinsServer> servers) {
        return servers.filter(server -> namespace.equals(server.getMetadata().getNamespace()))
                .min(Comparator.comparing(server -> server.getMetadata().getName()))
                .map(server -> URI.create(addressForAgents(server.getSpec())))
                .filter(url -> url.getHost() != null)
                .map(url -> new ProbePeer(url.getHost(), portOf(url)))
                .orElse(ITSELF);
    }

    private static String addressForAgents(JenkinsServerSpec spec) {
        String ofTheirOwn = spec.agent() == null ? null : spec.agent().url();
        return ofTheirOwn == null ? spec.url() : ofTheirOwn;
    }

    private static int portOf(URI url) {
        if (url.getPort() > 0) {
            return url.getPort();
        }
        return url.getScheme().equals("http") ? 80 : 443;
    }
}
