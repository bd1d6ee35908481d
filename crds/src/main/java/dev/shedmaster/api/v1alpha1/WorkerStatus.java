package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.SelectableField;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a worker is in its life and what it waits for.
 */
@ApiRecord
public record WorkerStatus(
        @JsonPropertyDescription("The generation of the spec that this status is about.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("Where the worker is in its life.") @Default("Requested") @SelectableField
        WorkerPhase phase,

        @JsonPropertyDescription("When the phase began.") @Nullable
        Instant since,

        @JsonPropertyDescription("When the phase has taken too long. Absent: it may take any time.") @Nullable
        Instant deadline,

        @JsonPropertyDescription("What the worker waits for, or why it failed, in one CamelCase word.") @Nullable
        String reason,

        @JsonPropertyDescription("What the worker waits for, in a sentence.") @Nullable
        String message,

        @JsonPropertyDescription("Why the worker ends, once it does.") @Nullable
        String cause,

        @JsonPropertyDescription("Since when the agent, which had been connected, cannot be used.") @Nullable
        Instant awaySince,

        @JsonPropertyDescription("The machine that was asked for last. After a refusal it may differ from the spec.")
        @Nullable
        WorkerMachine machine,

        @JsonPropertyDescription("The jobs that run now, one for each executor in use, longest running first.")
        @Size(min = 0, max = 64)
        List<RunningJob> jobs,

        @JsonPropertyDescription("Jobs that have ended.") int jobsDone,

        @JsonPropertyDescription("When the first job began.") @Nullable
        Instant firstJobAt,

        @JsonPropertyDescription("Offerings that the provider refused, newest first, at most 10.")
        @Size(min = 0, max = 10)
        List<Refusal> refusals,

        @JsonPropertyDescription("Ready: it runs a job or could take one now.") @Size(min = 0, max = 16)
        List<Condition> conditions) {

    public WorkerStatus {
        phase = Absent.or(phase, WorkerPhase.REQUESTED);
        jobs = Absent.first(jobs, 64);
        refusals = Absent.first(refusals, 10);
        conditions = Absent.list(conditions);
    }

    /** A worker that was only just recorded. */
    public static WorkerStatus initial() {
        return new WorkerStatus(
                null,
                WorkerPhase.REQUESTED,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                0,
                null,
                List.of(),
                List.of());
    }
}
