package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How many requests of one kind may still be made within the hour.
 */
@ApiRecord
public record RequestAllowance(
        @JsonPropertyDescription("Method and path, such as POST /reset.")
        String kind,

        @JsonPropertyDescription("So many at least, told in quarters of the limit.")
        int left,

        @JsonPropertyDescription("So many are made within an hour at most.")
        int limit,

        @JsonPropertyDescription("Until when Robot itself wants no more of them. Absent: it takes them.") @Nullable
        Instant frozenUntil) {}
