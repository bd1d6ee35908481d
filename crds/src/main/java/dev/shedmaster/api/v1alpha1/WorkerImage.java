package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/**
 * The image of workers on hosts: one of an index (name, version and index) or at a URL (with its checksum), which hosts fetch by
 * themselves; or one that somebody has put on the hosts, by its name alone.
 */
@ApiRecord
@ValidationRule(
        value = "has(self.name) != has(self.url)",
        message = "set either image.name (of an index, or of what is on the hosts) or image.url (with image.sha256)")
@ValidationRule(
        value = "has(self.url) == has(self.sha256)",
        fieldPath = ".sha256",
        message =
                "image.url and image.sha256 belong together: nothing is run that nobody has vouched for. Give what sha256sum prints of the file")
@ValidationRule(
        value = "has(self.version) == has(self.index)",
        fieldPath = ".version",
        message =
                "image.version and image.index belong together: which version of image.name, and the URL of the index that has it. Leave both out for an image that somebody has put on the hosts")
@ValidationRule(
        value = "!has(self.url) || !has(self.version)",
        fieldPath = ".version",
        message = "image.version and image.index belong to image.name. Leave them out, or give the image by name")
public record WorkerImage(
        @JsonPropertyDescription(
                "Name of an image in the index, such as worker-jenkins; without version and index, of a folder (containers) or a file NAME.qcow2 (virtual machines) in the image folder of the hosts.")
        @Pattern(Forms.HOST_IMAGE)
        @Size(min = 1, max = 63)
        @Nullable
        String name,

        @JsonPropertyDescription("Its version in the index, such as 2026.11.0; what it stands for never changes.")
        @Pattern(Forms.BUILD_VERSION)
        @Size(min = 1, max = 64)
        @Nullable
        String version,

        @JsonPropertyDescription("URL of the index that tells where the image is and what its checksum is.")
        @Pattern(Forms.HTTP_URL)
        @Size(min = 1, max = 2048)
        @Nullable
        String index,

        @JsonPropertyDescription(
                "URL of an image: for containers a root as .tar, .tar.zst, .tar.xz or .tar.gz, for virtual machines a disk as .qcow2.")
        @Pattern(Forms.HTTP_URL)
        @Size(min = 1, max = 2048)
        @Nullable
        String url,

        @JsonPropertyDescription("Checksum of what is fetched from the URL, as sha256sum prints it.")
        @Pattern(Forms.SHA256)
        @Size(min = 64, max = 64)
        @Nullable
        String sha256) {

    /** One that is on the hosts by that name. */
    public static WorkerImage onHosts(String name) {
        return new WorkerImage(name, null, null, null, null);
    }
}
