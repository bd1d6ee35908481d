package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The run of a Jenkins that answers, remembered so that a restart is noticed by an operator that was away meanwhile. */
@ApiRecord
public record JenkinsSession(
        @JsonPropertyDescription("What Jenkins calls it; another one after each restart.")
        String id,

        @JsonPropertyDescription("When it was first heard after a restart; absent if none was noticed.") @Nullable
        Instant restartedAt) {}
