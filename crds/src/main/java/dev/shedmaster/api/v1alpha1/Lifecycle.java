package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/**
 * How long a worker may live and how long its steps may take.
 */
@ApiRecord
@ValidationRule(
        value =
                "!has(self.maxAge) || [self.maxAge, has(self.createTimeout) ? self.createTimeout : '10m', self.bootTimeout,"
                        + " self.registrationTimeout].exists(d, !d.matches(r'" + Forms.DURATION + "'))"
                        + " || duration(self.maxAge) > duration(has(self.createTimeout) ? self.createTimeout : '10m')"
                        + " + duration(self.bootTimeout) + duration(self.registrationTimeout)",
        fieldPath = ".maxAge",
        message =
                "lifecycle.maxAge must be longer than createTimeout (absent: 10m), bootTimeout and registrationTimeout"
                        + " together, or a worker may be too old as soon as it is there: raise maxAge, or lower these")
public record Lifecycle(
        @JsonPropertyDescription(
                "Jobs after which a worker is replaced; those that run count. 1: a fresh machine for every job, but for jobs that end between two readings, within a second or two: Jenkins may give the machine another one before they are seen. Absent: no limit.")
        @Min(1)
        @Max(1000000)
        @Nullable
        Integer maxJobs,

        @JsonPropertyDescription(
                "Age at which a worker takes no more jobs and is replaced, reckoned from when it was decided on; longer than createTimeout, bootTimeout and registrationTimeout together. Absent: no limit.")
        @Pattern(Forms.POSITIVE_DURATION)
        @Size(min = 2, max = 24)
        @Nullable
        String maxAge,

        @JsonPropertyDescription(
                "How long the provider may take to accept a machine; else the worker fails as NotAccepted. The wait for a turn among spec.limits.requests of the account does not count, nor that for a CI system that does not register it, as far as this run of the operator has seen them. Absent: 10m.")
        @Pattern(Forms.POSITIVE_DURATION)
        @Size(min = 2, max = 24)
        @Nullable
        String createTimeout,

        @JsonPropertyDescription(
                "How long a machine may take from when the provider accepted it until it runs; else the worker fails as NotRunning.")
        @Default("15m")
        @Pattern(Forms.POSITIVE_DURATION)
        @Size(min = 2, max = 24)
        String bootTimeout,

        @JsonPropertyDescription(
                "How long the agent may take from when its machine runs until it can take a job; else the worker fails as NotRegistered. It begins anew when the CI system answers again.")
        @Default("5m")
        @Pattern(Forms.POSITIVE_DURATION)
        @Size(min = 2, max = 24)
        String registrationTimeout,

        @JsonPropertyDescription(
                "How long a job may go on when its worker has to go; then it is killed. Absent: as long as it takes.")
        @Pattern(Forms.DURATION)
        @Size(min = 2, max = 24)
        @Nullable
        String drainTimeout,

        @JsonPropertyDescription("How long a machine that failed is kept, for a look at it. It counts against max.")
        @Default("0s")
        @Pattern(Forms.DURATION)
        @Size(min = 2, max = 24)
        String keepFailedFor) {

    public Lifecycle {
        bootTimeout = Absent.or(bootTimeout, "15m");
        registrationTimeout = Absent.or(registrationTimeout, "5m");
        keepFailedFor = Absent.or(keepFailedFor, "0s");
    }

    /** No limits of age or jobs; a machine has 15 minutes to boot and 5 to register. */
    public static final Lifecycle DEFAULT = new Lifecycle(null, null, null, "15m", "5m", null, "0s");
}
