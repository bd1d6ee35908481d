package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/**
 * Whose servers, with which credentials and limits.
 */
@ApiRecord
@ValidationRule(
        value = "!self.endpoint.matches(r'" + Forms.HTTP_URL + "') || self.endpoint.matches(r'" + Forms.GUARDED_URL
                + "')",
        fieldPath = ".endpoint",
        message =
                "endpoint must begin with https://, or the password would be sent for all to read; http:// is taken for localhost alone. Write https://")
public record HetznerAccountSpec(
        @JsonPropertyDescription("Address of the Robot webservice.")
        @Default(HetznerAccountSpec.ROBOT)
        @Pattern(Forms.HTTP_URL)
        @Size(min = 1, max = 2048)
        String endpoint,

        @JsonPropertyDescription("How the operator signs in to Robot.") @Required
        HetznerCredentials credentials,

        @JsonPropertyDescription("The SSH key with which the operator signs in to the servers.") @Required
        SshKey sshKey,

        @JsonPropertyDescription("What may be asked of the account, and of its servers at once.") @Default("{}")
        HetznerLimits limits,

        @JsonPropertyDescription(
                "URL of the index of images for its servers, an index.json as make images writes it. Hosts may name another.")
        @Pattern(Forms.HTTP_URL)
        @Size(min = 1, max = 2048)
        @Nullable
        String imageIndex,

        @JsonPropertyDescription("HTTP proxy for the requests to Robot, such as http://proxy.example.org:3128.")
        @Pattern(Forms.HTTP_PROXY)
        @Size(min = 1, max = 2048)
        @Nullable
        String proxy) {

    static final String ROBOT = "https://robot-ws.your-server.de";

    public HetznerAccountSpec {
        endpoint = Absent.or(endpoint, ROBOT);
        limits = Absent.or(limits, HetznerLimits.DEFAULT);
    }
}
