package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/**
 * Where a Jenkins server is and how the operator signs in.
 */
@ApiRecord
public record JenkinsServerSpec(
        @JsonPropertyDescription("Root URL of Jenkins, such as https://jenkins.example.org/.")
        @Required
        @Pattern(Forms.HTTP_URL)
        @Size(min = 1, max = 2048)
        String url,

        @JsonPropertyDescription("How the operator signs in.") @Required
        JenkinsCredentials credentials,

        @JsonPropertyDescription("Certificates to trust for this server: by the operator instead of those of its image,"
                + " by agents beside those of their machines.")
        @Nullable
        CaBundle caBundle,

        @JsonPropertyDescription("How often the queue is read.") @Default("{}")
        PollInterval poll,

        @JsonPropertyDescription("How agents reach Jenkins, where it differs from the operator's way.") @Nullable
        JenkinsAgentConnection agent,

        @JsonPropertyDescription("HTTP proxy for the operator's requests, such as http://proxy.example.org:3128.")
        @Pattern(Forms.HTTP_PROXY)
        @Size(min = 1, max = 2048)
        @Nullable
        String proxy) {

    public JenkinsServerSpec {
        poll = Absent.or(poll, PollInterval.DEFAULT);
    }
}
