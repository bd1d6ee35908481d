package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/**
 * Points to a key of a ConfigMap that holds certificates.
 */
@ApiRecord
public record ConfigMapKeyReference(
        @JsonPropertyDescription("Name of the ConfigMap, in the same namespace.")
        @Required
        @Pattern(Forms.OBJECT_NAME)
        @Size(min = 1, max = 253)
        String name,

        @JsonPropertyDescription("Key in the ConfigMap.")
        @Default("ca.crt")
        @Pattern(Forms.DATA_KEY)
        @Size(min = 1, max = 253)
        String key) {

    public ConfigMapKeyReference {
        key = Absent.or(key, "ca.crt");
    }
}
