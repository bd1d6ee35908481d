package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Slots on dedicated servers. Of the hosts that are meant, the fullest one with room takes the worker.
 */
@ApiRecord
@ValidationRule(
        value = "self.isolation != 'Any' || !has(self.image) || !has(self.image.url)",
        fieldPath = ".isolation",
        message =
                "image.url is of one form: set isolation to Container or VirtualMachine, or give the image by image.name, image.version and image.index")
@ValidationRule(
        value =
                "self.isolation != 'Container' || !has(self.image) || !has(self.image.url) || self.image.url.matches(r'[.]tar([.](zst|xz|gz))?$')",
        fieldPath = ".image",
        message = "containers run the root of a system: image.url must end in .tar, .tar.zst, .tar.xz or .tar.gz")
@ValidationRule(
        value =
                "self.isolation != 'VirtualMachine' || !has(self.image) || !has(self.image.url) || self.image.url.endsWith('.qcow2')",
        fieldPath = ".image",
        message = "virtual machines boot a disk: image.url must end in .qcow2, or set isolation to Container")
public record HostPlacement(
        @JsonPropertyDescription("The BareMetalHosts, in the pool's namespace, by their labels. Absent: all of them.")
        @Default("{}")
        HostSelector selector,

        @JsonPropertyDescription(
                "VirtualMachine: a kernel of its own. Container: shares the host's kernel, for trusted jobs. Any: a virtual machine where the host can give one, else a container.")
        @Default("VirtualMachine")
        HostIsolation isolation,

        @JsonPropertyDescription("What the workers run. Absent: what somebody has put on the hosts as worker-jenkins.")
        @Nullable
        WorkerImage image,

        @JsonPropertyDescription("IPv4 addresses of the name servers that workers ask. Absent: 1.1.1.1 and 8.8.8.8.")
        @Size(min = 0, max = 3)
        List<@Pattern(Forms.IPV4) @Size(min = 7, max = 15) String> resolvers,

        @JsonPropertyDescription(
                "IPv4 networks that workers must not reach, such as 10.0.0.0/8, beside their host and each other.")
        @Size(min = 0, max = 32)
        List<@Pattern(Forms.IPV4_NETWORK) @Size(min = 9, max = 18) String> refusedNetworks) {

    private static final WorkerImage USUAL_IMAGE = WorkerImage.onHosts("worker-jenkins");
    private static final List<String> PUBLIC_RESOLVERS = List.of("1.1.1.1", "8.8.8.8");

    public HostPlacement {
        selector = Absent.or(selector, HostSelector.ALL);
        isolation = Absent.or(isolation, HostIsolation.VIRTUAL_MACHINE);
        resolvers = Absent.list(resolvers);
        refusedNetworks = Absent.list(refusedNetworks);
    }

    /** The image that is written down, or the usual one. A host has images of its own architecture only. */
    public WorkerImage imageOrUsual() {
        return Absent.or(image, USUAL_IMAGE);
    }

    /** The name servers that are written down, or public ones. */
    public List<String> resolversOrPublic() {
        return resolvers.isEmpty() ? PUBLIC_RESOLVERS : resolvers;
    }
}
