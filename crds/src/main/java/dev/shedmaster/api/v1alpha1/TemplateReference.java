package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/**
 * Points to a key of a ConfigMap that holds a bootstrap template.
 */
@ApiRecord
public record TemplateReference(
        @JsonPropertyDescription("Name of the ConfigMap, in the same namespace.")
        @Required
        @Pattern(Forms.OBJECT_NAME)
        @Size(min = 1, max = 253)
        String name,

        @JsonPropertyDescription("Key in the ConfigMap.")
        @Default("template")
        @Pattern(Forms.DATA_KEY)
        @Size(min = 1, max = 253)
        String key) {

    public TemplateReference {
        key = Absent.or(key, "template");
    }
}
