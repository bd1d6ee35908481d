package dev.shedmaster.cli;

import dev.shedmaster.api.v1alpha1.JenkinsServer;
import dev.shedmaster.api.v1alpha1.JenkinsServerSpec;
import dev.shedmaster.api.v1alpha1.JenkinsSession;
import dev.shedmaster.ci.jenkins.JenkinsCiSystem;
import dev.shedmaster.ci.jenkins.JenkinsConnection;
import dev.shedmaster.http.ApiClients;
import dev.shedmaster.http.TrustedCertificates;
import dev.shedmaster.kube.ci.CiConnector;
import dev.shedmaster.kube.status.Addresses;
import dev.shedmaster.kube.status.Names;
import dev.shedmaster.port.CiSession;
import dev.shedmaster.port.CiSystem;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Opens connections to Jenkins servers. */
final class JenkinsConnector implements CiConnector {
    /** A queue of fifty thousand items takes a controller seconds to write. */
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(30);

    private final String installation;
    private final ApiClients clients;
    private final InstantSource clock;

    JenkinsConnector(String installation, ApiClients clients, InstantSource clock) {
        this.installation = installation;
        this.clients = clients;
        this.clock = clock;
    }

    @Override
    public CiSystem connect(JenkinsServer server, Map<String, String> secret, @Nullable String caBundle) {
        JenkinsServerSpec spec = server.getSpec();
        TrustedCertificates trusted = caBundle == null ? null : TrustedCertificates.of(caBundle);
        JenkinsConnection connection = new JenkinsConnection(
                Names.of(server),
                installation,
                Addresses.of("spec.url", spec.url()),
                spec.agent() == null
                        ? null
                        : address("spec.agent.url", spec.agent().url()),
                trusted == null ? null : trusted.pem(),
                value(spec, secret, "username"),
                value(spec, secret, "token"));
        URI proxy = address("spec.proxy", spec.proxy());
        return new JenkinsCiSystem(
                connection,
                remembered(server),
                clients.client(new ApiClients.Options("jenkins", CALL_TIMEOUT, trusted, proxy)),
                clock);
    }

    private static @Nullable URI address(String field, @Nullable String given) {
        return given == null ? null : Addresses.of(field, given);
    }

    private static CiSession remembered(JenkinsServer server) {
        JenkinsSession session =
                server.getStatus() == null ? null : server.getStatus().session();
        return session == null ? CiSession.UNKNOWN : new CiSession(session.id(), session.restartedAt());
    }

    private static String value(JenkinsServerSpec spec, Map<String, String> secret, String key) {
        String value = secret.get(key);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("spec.credentials.secretRef: the Secret "
                    + spec.credentials().secretRef().name() + " has no key " + key + ": add it");
        }
        return value;
    }
}
