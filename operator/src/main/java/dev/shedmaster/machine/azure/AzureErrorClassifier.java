package dev.shedmaster.machine.azure;

import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.port.PortError;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Maps Azure's errors to the port's: shortages by {@link AzureShortages}, a user's mistakes by {@link FieldAtFault}, the rest
 * here. All of them with what becomes of them are in the table of {@code AzureErrorClassifierTest}; docs/sources.md says where
 * they are from. The HTTP status goes before the code: a refusal for the request rate has the same code as one for quota.
 */
final class AzureErrorClassifier {
    /** A bucket of {@code n} requests a minute has a usable part of them back after this. */
    static final Duration USUAL_RETRY = Duration.ofSeconds(30);

    /**
     * The longest wait that Azure's documentation shows. Calling earlier than Azure says begins the penalty anew, so a
     * smaller bound would keep us out for longer; a longer one would let a broken server stop the fleet.
     */
    static final Duration LONGEST_RETRY = Duration.ofMinutes(20);

    private static final Duration NIC_RESERVATION = Duration.ofMinutes(3);

    private final AzureShortages shortages;

    AzureErrorClassifier(String account) {
        this.shortages = new AzureShortages(account);
    }

    /** An error of a call that is about no offering. */
    PortError classify(ArmFailure failure, Instant now) {
        return byStatus(failure, now).orElseGet(() -> byCode(failure, null, now));
    }

    /** An error of a creation, at once or later. */
    PortError classify(ArmFailure failure, @Nullable Offering offering, Instant now) {
        return byStatus(failure, now).orElseGet(() -> byCode(failure, offering, now));
    }

    /** How long to wait after a refusal for the request rate. */
    static Duration retryAfter(ArmFailure failure) {
        Duration asked = failure.retryAfter() == null ? USUAL_RETRY : failure.retryAfter();
        return asked.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : asked;
    }

    private Optional<PortError> byStatus(ArmFailure failure, Instant now) {
        String said = failure.describe();
        boolean refuses = failure.status() == 401 || failure.status() == 403;
        if (refuses && failure.items().isEmpty()) {
            // Azure names its errors: a page without one is of what stands before it, and says nothing of the
            // credential.
            return Optional.of(new PortError.Transient(
                    "something before Azure answered HTTP " + failure.status() + " in its place"));
        }
        return switch (failure.status()) {
            case 429 -> Optional.of(new PortError.Throttled(retryAfter(failure), said));
            case 401 -> Optional.of(new PortError.Unauthorized("Azure refuses the credential: " + said));
            case 403 -> shortages.ofRegion(failure, now).or(() -> Optional.of(forbidden(failure, said)));
            case 408 -> Optional.of(new PortError.Transient(said));
            case 412 -> Optional.of(new PortError.AlreadyExists(said));
            default -> failure.status() >= 500 ? Optional.of(new PortError.Transient(said)) : Optional.empty();
        };
    }

    private static PortError forbidden(ArmFailure failure, String said) {
        if (failure.withCode("RequestDisallowedByPolicy").isPresent()) {
            return new PortError.Invalid("placements", "a policy of the subscription forbids this machine: " + said);
        }
        if (failure.withCode("DisabledSubscription", "ReadOnlyDisabledSubscription")
                .isPresent()) {
            return new PortError.Invalid("subscriptionId", "subscriptionId: " + said);
        }
        return new PortError.Unauthorized(
                "the identity lacks a permission, or was granted it moments ago; grant what is named here: " + said,
                true);
    }

    private PortError byCode(ArmFailure failure, @Nullable Offering offering, Instant now) {
        if (failure.withCode("TooManyRequests").isPresent()) {
            return new PortError.Throttled(retryAfter(failure), failure.describe());
        }
        Optional<PortError> refused =
                offering == null ? Optional.empty() : shortages.ofOffering(failure, offering, now);
        return refused.or(() -> shortages.ofNetwork(failure, offering, now))
                .or(() -> passing(failure))
                .or(() -> conflict(failure))
                .or(() -> wrong(failure))
                .orElseGet(() -> unknown(failure));
    }

    private static Optional<PortError> conflict(ArmFailure failure) {
        if (failure.withCode("PropertyChangeNotAllowed").isPresent()) {
            return Optional.of(new PortError.AlreadyExists(failure.describe()));
        }
        if (failure.withCode(
                        "OSProvisioningTimedOut",
                        "OSProvisioningClientError",
                        "OSProvisioningInternalError",
                        "OperationPreempted",
                        "AnotherOperationInProgress",
                        "InternalOperationError",
                        "InternalExecutionError",
                        "InternalServerError",
                        "ServerTimeout")
                .isPresent()) {
            return Optional.of(new PortError.Transient(failure.describe()));
        }
        return Optional.empty();
    }

    /** What passes by itself, after a pause. */
    private static Optional<PortError> passing(ArmFailure failure) {
        if (failure.withCode("NicReservedForAnotherVm").isPresent()) {
            return Optional.of(new PortError.Throttled(NIC_RESERVATION, failure.describe()));
        }
        if (failure.withCode("PrivateIPAddressIsAllocated", "RetryableErrorDueToAnotherOperation", "RetryableError")
                .isPresent()) {
            return Optional.of(new PortError.Throttled(retryAfter(failure), failure.describe()));
        }
        return Optional.empty();
    }

    private static Optional<PortError> wrong(ArmFailure failure) {
        return FieldAtFault.byCode(failure).map(field -> invalid(field, failure));
    }

    private static PortError unknown(ArmFailure failure) {
        return switch (failure.status()) {
            case 404 -> missing(failure);
            case 0, 409 -> new PortError.Transient(failure.describe());
            default -> invalid(FieldAtFault.guess(failure), failure);
        };
    }

    /** A creation's 404 is about something that the body refers to. */
    private static PortError missing(ArmFailure failure) {
        return FieldAtFault.byReference(failure)
                .map(field -> invalid(field, failure))
                .orElseGet(() -> new PortError.NotFound(failure.describe()));
    }

    private static PortError invalid(String field, ArmFailure failure) {
        return new PortError.Invalid(field, field + ": " + failure.describe());
    }
}
