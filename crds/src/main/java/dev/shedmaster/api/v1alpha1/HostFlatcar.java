package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/**
 * Flatcar Container Linux, which flatcar-install fetches and checks.
 */
@ApiRecord
@ValidationRule(
        value = "has(self.program) == has(self.programSha256)",
        fieldPath = ".programSha256",
        message =
                "flatcar.program and flatcar.programSha256 belong together: nothing is run that nobody has vouched for. Give both or none")
public record HostFlatcar(
        @JsonPropertyDescription("stable, beta, alpha or lts.")
        @Default("stable")
        @Pattern(Forms.FLATCAR_CHANNEL)
        @Size(min = 3, max = 10)
        String channel,

        @JsonPropertyDescription("A release of the channel. Absent: the newest, which no new one replaces by itself.")
        @Pattern(Forms.BUILD_VERSION)
        @Size(min = 1, max = 64)
        @Nullable
        String version,

        @JsonPropertyDescription(
                "A ConfigMap's key with an Ignition document, by which the system is configured at its first boot.")
        @Nullable
        TemplateReference ignitionRef,

        @JsonPropertyDescription("URL of flatcar-install. Absent: the rescue system has it.")
        @Pattern(Forms.HTTP_URL)
        @Size(min = 1, max = 2048)
        @Nullable
        String program,

        @JsonPropertyDescription("Checksum of that program, as sha256sum prints it.")
        @Pattern(Forms.SHA256)
        @Size(min = 64, max = 64)
        @Nullable
        String programSha256) {

    public HostFlatcar {
        channel = Absent.or(channel, "stable");
    }
}
