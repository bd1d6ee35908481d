package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Slots on dedicated servers. Of the hosts that are meant, the fullest one with room takes the worker.
 */
@ApiRecord
public record HostPlacement(
        @JsonPropertyDescription("The BareMetalHosts, in the pool's namespace, by their labels. Absent: all of them.")
        @Default("{}")
        HostSelector selector,

        @JsonPropertyDescription(
                "VirtualMachine: a kernel of its own. Container: shares the host's kernel, for trusted jobs. Any: a virtual machine where the host can give one, else a container.")
        @Default("VirtualMachine")
        HostIsolation isolation,

        @JsonPropertyDescription(
                "Name of the worker's image in the host's image folder: a folder for containers, a qcow2 file, without its .qcow2, for virtual machines. Absent: worker-jenkins.")
        @Pattern(Forms.HOST_IMAGE)
        @Size(min = 1, max = 100)
        @Nullable
        String image,

        @JsonPropertyDescription("IPv4 addresses of the name servers that workers ask. Absent: 1.1.1.1 and 8.8.8.8.")
        @Size(min = 0, max = 3)
        List<@Pattern(Forms.IPV4) @Size(min = 7, max = 15) String> resolvers,

        @JsonPropertyDescription(
                "IPv4 networks that workers must not reach, such as 10.0.0.0/8, beside their host and each other.")
        @Size(min = 0, max = 32)
        List<@Pattern(Forms.IPV4_NETWORK) @Size(min = 9, max = 18) String> refusedNetworks) {

    private static final String USUAL_IMAGE = "worker-jenkins";
    private static final List<String> PUBLIC_RESOLVERS = List.of("1.1.1.1", "8.8.8.8");

    public HostPlacement {
        selector = Absent.or(selector, HostSelector.ALL);
        isolation = Absent.or(isolation, HostIsolation.VIRTUAL_MACHINE);
        resolvers = Absent.list(resolvers);
        refusedNetworks = Absent.list(refusedNetworks);
    }

    /** The image that is written down, or the usual one. A host has images of its own architecture only. */
    public String imageOrUsual() {
        return Absent.or(image, USUAL_IMAGE);
    }

    /** The name servers that are written down, or public ones. */
    public List<String> resolversOrPublic() {
        return resolvers.isEmpty() ? PUBLIC_RESOLVERS : resolvers;
    }
}
