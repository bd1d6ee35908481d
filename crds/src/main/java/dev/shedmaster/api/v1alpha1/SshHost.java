package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/**
 * A server that somebody else has installed, and how the operator signs in to it.
 */
@ApiRecord
public record SshHost(
        @JsonPropertyDescription("Name or IP address.") @Required @Pattern(Forms.HOST_ADDRESS) @Size(min = 1, max = 253)
        String address,

        @JsonPropertyDescription("Where its SSH server listens.") @Default("22") @Min(1) @Max(65535)
        int port,

        @JsonPropertyDescription("The user; only root can run workers.")
        @Default("root")
        @Pattern(Forms.ADMIN_USER)
        @Size(min = 1, max = 32)
        String user,

        @JsonPropertyDescription(
                "The server's own keys: SHA256:… or the lines of its /etc/ssh/ssh_host_*_key.pub. One that presents none of them is not spoken to. A server shows its Ed25519 key first, so that one must be among them if it has one.")
        @Required
        @Size(min = 1, max = 10)
        List<@Pattern(Forms.HOST_KEY) @Size(min = 1, max = 2048) String> hostKeys,

        @JsonPropertyDescription("The SSH key with which the operator signs in.") @Required
        SshKey sshKey) {

    public SshHost {
        port = port == 0 ? 22 : port;
        user = Absent.or(user, "root");
        hostKeys = Absent.list(hostKeys);
    }
}
