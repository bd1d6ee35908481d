package dev.shedmaster.kube;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/**
 * Reads objects without what nobody here looks at and what takes much room: who set which field. It never gets as far as a
 * cache, whichever namespaces are watched. Writes leave it out, and the API server then keeps its own.
 */
public final class LeanObjects {
    private LeanObjects() {}

    /** For a client whose objects are to be lean. */
    public static KubernetesSerialization serialization() {
        return new KubernetesSerialization(
                new ObjectMapper().addMixIn(ObjectMeta.class, WithoutManagedFields.class), true);
    }

    @JsonIgnoreProperties("managedFields")
    private interface WithoutManagedFields {}
}
