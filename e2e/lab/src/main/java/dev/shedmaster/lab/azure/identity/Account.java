package dev.shedmaster.lab.azure.identity;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who may use the subscription: one service principal, by its secret, by a federated token, or as the managed identity of the machine that asks.
 *
 * @param federation whose tokens are taken as client assertions; null: everybody's that have the right audience
 */
public record Account(
        String tenantId,
        String subscriptionId,
        String clientId,
        String clientSecret,
        @Nullable Federation federation) {

    /** A federated identity credential: the issuer and subject that the token must carry. */
    public record Federation(String issuer, String subject) {}

    /** Identifiers that are nobody's. */
    public static Account sample() {
        return new Account(
                "11111111-1111-1111-1111-111111111111",
                "00000000-0000-0000-0000-000000000000",
                "22222222-2222-2222-2222-222222222222",
                "lab-client-secret",
                null);
    }

    Optional<Federation> federated() {
        return Optional.ofNullable(federation);
    }
}
