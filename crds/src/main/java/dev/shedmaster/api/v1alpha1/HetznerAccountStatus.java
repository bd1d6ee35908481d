package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the operator sees of an account.
 */
@ApiRecord
public record HetznerAccountStatus(
        @JsonPropertyDescription("The generation of the spec that this status is about.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("Ready, CredentialsValid, RobotReachable, RateLimited, KeyUsable.")
        @Size(min = 0, max = 16)
        List<Condition> conditions,

        @JsonPropertyDescription("Servers that the account has.")
        int servers,

        @JsonPropertyDescription("What was asked of Robot within the last hour leaves so much, by kind of request.")
        @Size(min = 0, max = 50)
        List<RequestAllowance> budget,

        @JsonPropertyDescription(
                "The login that Robot has refused: it is not tried again, not even after a restart, before its Secret changes.")
        @Nullable
        String refusedLogin,

        @JsonPropertyDescription("What matters most now, in one line.") @Nullable
        String reason) {

    public HetznerAccountStatus {
        conditions = Absent.list(conditions);
        budget = Absent.first(budget, 50);
    }

    /** Nothing observed yet. */
    public static HetznerAccountStatus initial() {
        return new HetznerAccountStatus(null, List.of(), 0, List.of(), null, null);
    }
}
