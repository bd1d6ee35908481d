package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.model.annotation.LabelSelector;
import io.fabric8.kubernetes.model.annotation.StatusReplicas;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the operator sees and has decided. Nothing in it changes while nothing happens.
 */
@ApiRecord
public record WorkerPoolStatus(
        @JsonPropertyDescription("The generation of the spec that this status is about.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("Ready, Scaling.") @Size(min = 0, max = 16)
        List<Condition> conditions,

        @JsonPropertyDescription("Jobs that wait for a worker of this pool.")
        int queued,

        @JsonPropertyDescription("Workers that could take a job now.")
        int idle,

        @JsonPropertyDescription("Workers that run a job.") int busy,

        @JsonPropertyDescription("Workers from the first request until their agent can take a job.")
        int booting,

        @JsonPropertyDescription("Workers that take no more jobs, until they are gone.")
        int draining,

        @JsonPropertyDescription("Workers that failed and are kept or being removed.")
        int failed,

        @JsonPropertyDescription("All workers of the pool.") @StatusReplicas
        int workers,

        @JsonPropertyDescription("Workers that the pool should have.")
        int desired,

        @JsonPropertyDescription("Why desired is what it is, in one line.") @Nullable
        String reason,

        @JsonPropertyDescription("The jobs that have waited longest, at most 10.") @Size(min = 0, max = 10)
        List<WaitingJob> waiting,

        @JsonPropertyDescription("The newest decisions, newest first, at most 50.") @Size(min = 0, max = 50)
        List<Decision> decisions,

        @JsonPropertyDescription("Offerings that are passed over for a while, at most 20.") @Size(min = 0, max = 20)
        List<UnavailableOffering> unavailable,

        @JsonPropertyDescription("Selects the pool's workers; for the scale subresource.") @LabelSelector @Nullable
        String labelSelector) {

    public WorkerPoolStatus {
        conditions = Absent.list(conditions);
        waiting = Absent.first(waiting, 10);
        decisions = Absent.first(decisions, 50);
        unavailable = Absent.first(unavailable, 20);
    }

    /** Nothing observed yet. */
    public static WorkerPoolStatus initial() {
        return new WorkerPoolStatus(
                null, List.of(), 0, 0, 0, 0, 0, 0, 0, 0, null, List.of(), List.of(), List.of(), null);
    }
}
