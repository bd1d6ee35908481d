package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a machine becomes a worker at its first boot.
 */
@ApiRecord
public record Bootstrap(
        @JsonPropertyDescription(
                "What the image reads at its first boot: Ignition (Flatcar) or CloudInit (Ubuntu and others).")
        @Default("Ignition")
        BootstrapFormat format,

        @JsonPropertyDescription(
                "A ConfigMap with a template of your own. Absent: the built-in template of the format.")
        @Nullable
        TemplateReference templateRef,

        @JsonPropertyDescription("Values that the template may use, besides the built-in ones.")
        @Size(min = 0, max = 64)
        Map<String, @Size(max = 4096) String> values,

        @JsonPropertyDescription(
                "Container image that the CI agent runs in. Absent: the built-in choice of the template.")
        @Pattern(Forms.CONTAINER_IMAGE)
        @Size(min = 1, max = 512)
        @Nullable
        String agentImage) {

    public Bootstrap {
        format = Absent.or(format, BootstrapFormat.IGNITION);
        values = Absent.map(values);
    }

    /** The built-in template for Flatcar. */
    public static final Bootstrap DEFAULT = new Bootstrap(BootstrapFormat.IGNITION, null, Map.of(), null);
}
