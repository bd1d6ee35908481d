package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/**
 * The system that is installed on a server: exactly one of name, url, installimage and flatcar.
 */
@ApiRecord
@ValidationRule(
        value =
                "[has(self.name), has(self.url), has(self.installimage), has(self.flatcar)].filter(given, given).size() == 1",
        message =
                "set exactly one of image.name (an image of an index, with image.version), image.url (a disk's image, with image.sha256), image.installimage and image.flatcar")
@ValidationRule(
        value = "!has(self.url) || has(self.name) || has(self.sha256)",
        fieldPath = ".sha256",
        message =
                "image.url needs image.sha256: nothing is written that nobody has vouched for. Give what sha256sum prints of the file")
@ValidationRule(
        value = "!has(self.name) || has(self.url) || !has(self.sha256)",
        fieldPath = ".sha256",
        message = "image.sha256 belongs to image.url; of an image by name the index has the checksum. Leave it out")
@ValidationRule(
        value = "!has(self.name) || has(self.version)",
        fieldPath = ".version",
        message = "image.name needs image.version: which one of the index")
@ValidationRule(
        value = "has(self.name) || !has(self.url) || (!has(self.version) && !has(self.index))",
        fieldPath = ".version",
        message = "image.version and image.index belong to image.name. Leave them out, or give the image by name")
public record HostImage(
        @JsonPropertyDescription("Name of an image in the index, such as host.")
        @Pattern(Forms.DNS_LABEL)
        @Size(min = 1, max = 63)
        @Nullable
        String name,

        @JsonPropertyDescription("Its version, such as 2026.11.0.")
        @Pattern(Forms.BUILD_VERSION)
        @Size(min = 1, max = 64)
        @Nullable
        String version,

        @JsonPropertyDescription(
                "URL of the index that tells where the image is and what its checksum is. Absent: imageIndex of the account.")
        @Pattern(Forms.HTTP_URL)
        @Size(min = 1, max = 2048)
        @Nullable
        String index,

        @JsonPropertyDescription(
                "URL of a raw image of a whole disk, which boots by UEFI: plain, or packed as the ending says (.zst, .xz, .gz, .bz2).")
        @Pattern(Forms.HTTP_URL)
        @Size(min = 1, max = 2048)
        @Nullable
        String url,

        @JsonPropertyDescription("Checksum of what is fetched, as sha256sum prints it.")
        @Pattern(Forms.SHA256)
        @Size(min = 64, max = 64)
        @Nullable
        String sha256,

        @JsonPropertyDescription("A distribution that Hetzner's installimage unpacks.") @Nullable
        HostInstallimage installimage,

        @JsonPropertyDescription("Flatcar Container Linux, by its flatcar-install.") @Nullable
        HostFlatcar flatcar) {}
