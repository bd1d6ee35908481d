package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a pool is for: whom it serves, what a worker is, where it may run and how far it may scale.
 */
@ApiRecord
/*RULES WorkerPoolSpec*/
public record WorkerPoolSpec(
        @JsonPropertyDescription("Which CI system the workers serve. Exactly one member.") @Required
        CiBinding ci,

        @JsonPropertyDescription("What a worker must have.") @Required
        MachineRequirements machine,

        @JsonPropertyDescription("The ways to get a machine, tried in this order, worker by worker.")
        @Required
        @Size(min = 1, max = 8)
        List<Placement> placements,

        @JsonPropertyDescription("How a machine becomes a worker at its first boot.") @Default("{}")
        Bootstrap bootstrap,

        @JsonPropertyDescription("How many workers there may be, and when.") @Required
        Scaling scaling,

        @JsonPropertyDescription("How long a worker may live and how long its steps may take.") @Default("{}")
        Lifecycle lifecycle,

        @JsonPropertyDescription(
                "Name of the trust zone of the jobs. A machine never serves two zones in one life. Cannot be changed.")
        @Pattern(Forms.DNS_LABEL)
        @Size(min = 1, max = 63)
        @Nullable
        String trustZone) {

    public WorkerPoolSpec {
        placements = Absent.list(placements);
        bootstrap = Absent.or(bootstrap, Bootstrap.DEFAULT);
        lifecycle = Absent.or(lifecycle, Lifecycle.DEFAULT);
    }
}
