package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the operator keeps of a host to go on after a restart, because it could not find it out again.
 */
@ApiRecord
public record HostRecord(
        @JsonPropertyDescription("The step that is under way while it is installed or wiped.") @Nullable
        String step,

        @JsonPropertyDescription("Why it is in its phase.") @Nullable
        String why,

        @JsonPropertyDescription("What it is emptied for: Maintenance, Reinstallation or Removal.") @Nullable
        String drainingFor,

        @JsonPropertyDescription("Jobs that ran on it when it was last looked at while it is emptied.")
        int jobs,

        @JsonPropertyDescription("Whether its removal has begun.")
        boolean leaves,

        @JsonPropertyDescription("Attempts that have failed since it was last of use.")
        int failures,

        @JsonPropertyDescription("The reboot whose outcome is awaited.") @Nullable
        HostReboot reboot,

        @JsonPropertyDescription("When it was reset because it did not answer, of the last day.")
        @Size(min = 0, max = 50)
        List<Instant> resets,

        @JsonPropertyDescription("Since when nothing answers that should.") @Nullable
        Instant silentSince,

        @JsonPropertyDescription("The work in its rescue system.") @Nullable
        HostRescue rescue,

        @JsonPropertyDescription("The system on its disks.") @Nullable
        HostSystem installed,

        @JsonPropertyDescription("What people have said of it.")
        HostWords words) {

    public HostRecord {
        resets = Absent.first(resets, 50);
        words = Absent.or(words, HostWords.NONE);
    }

    /** A host of which nothing is known. */
    public static final HostRecord NONE =
            new HostRecord(null, null, null, 0, false, 0, null, List.of(), null, null, null, HostWords.NONE);

    /** The same, with what people have said. */
    public HostRecord hearing(HostWords heard) {
        return new HostRecord(
                step, why, drainingFor, jobs, leaves, failures, reboot, resets, silentSince, rescue, installed, heard);
    }
}
