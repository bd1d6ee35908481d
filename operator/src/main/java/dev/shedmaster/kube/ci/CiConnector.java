package dev.shedmaster.kube.ci;

import dev.shedmaster.api.v1alpha1.JenkinsServer;
import dev.shedmaster.port.CiSystem;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Opens connections to Jenkins servers. */
public interface CiConnector {

    /**
     * Opens a connection; no call is made yet.
     *
     * @param secret the values of the Secret that the server refers to
     * @param caBundle PEM certificates to trust, null for the platform's
     * @throws IllegalArgumentException naming the field that cannot be used, and why
     */
    CiSystem connect(JenkinsServer server, Map<String, String> secret, @Nullable String caBundle);
}
