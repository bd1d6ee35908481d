package dev.shedmaster.machine.azure;

import dev.shedmaster.core.placement.Blockage;
import dev.shedmaster.core.placement.CapacityType;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.port.PortError;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Maps Azure's errors to the port's (docs/sources.md). The HTTP status goes before the code: a refusal
 * for the request rate has the same code as one for quota. The scopes and times of blockages are Karpenter's.
 */
final class AzureErrorClassifier {
    /** A bucket of {@code n} requests a minute has a usable part of them back after this. */
    static final Duration USUAL_RETRY = Duration.ofSeconds(30);

    /**
     * The longest wait that Azure's documentation shows. Calling earlier than Azure says begins the penalty anew, so a
     * smaller bound would keep us out for longer; a longer one would let a broken server stop the fleet.
     */
    static final Duration LONGEST_RETRY = Duration.ofMinutes(20);

    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration NEARLY_A_DAY = Duration.ofHours(23);
    private static final Duration NIC_RESERVATION = Duration.ofMinutes(3);

    private static final Pattern FAMILY_QUOTA = Pattern.compile("(\\w+Family) Cores quota", Pattern.CASE_INSENSITIVE);
    private static final Pattern NO_QUOTA = Pattern.compile("Current Limit: 0\\b");

    /** Codes that mean the user has written something that cannot work, and which field. */
    private static final Map<String, String> WRONG_FIELDS = Map.ofEntries(
            Map.entry("platformimagenotfound", "image"),
            Map.entry("galleryimagenotfound", "image"),
            Map.entry("imagenotfound", "image"),
            Map.entry("imageversionnotfound", "image"),
            Map.entry("marketplacepurchaseeligibilityfailed", "image.plan"),
            Map.entry("resourcepurchasevalidationfailed", "image.plan"),
            Map.entry("vmmarketplaceinvalidinput", "image.plan"),
            Map.entry("maxpricevalueinvalid", "priority"),
            Map.entry("azurespotfeaturenotenabledforsubscription", "priority"),
            Map.entry("azurespotisnotsupportedforthisvmsize", "vmSizes"),
            Map.entry("resourcegroupnotfound", "resourceGroup"),
            Map.entry("scopelocked", "resourceGroup"),
            Map.entry("subscriptionnotfound", "subscriptionId"),
            Map.entry("invalidsubscriptionid", "subscriptionId"),
            Map.entry("disabledsubscription", "subscriptionId"),
            Map.entry("readonlydisabledsubscription", "subscriptionId"),
            Map.entry("locationnotavailableforresourcetype", "location"),
            Map.entry("invalidlocation", "location"),
            Map.entry("invalidavailabilityzone", "zones"),
            Map.entry("availabilityzonenotsupported", "zones"));

    private final String account;

    AzureErrorClassifier(String account) {
        this.account = account;
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
        return switch (failure.status()) {
            case 429 -> Optional.of(new PortError.Throttled(retryAfter(failure), said));
            case 401 -> Optional.of(new PortError.Unauthorized("Azure refuses the credential: " + said));
            case 403 -> Optional.of(forbidden(failure, said, now));
            case 408 -> Optional.of(new PortError.Transient(said));
            case 412 -> Optional.of(new PortError.AlreadyExists(said));
            default -> failure.status() >= 500 ? Optional.of(new PortError.Transient(said)) : Optional.empty();
        };
    }

    private PortError forbidden(ArmFailure failure, String said, Instant now) {
        if (failure.withCode("RequestDisallowedByAzure").isPresent()) {
            // Azure keeps subscriptions out of regions that are short: nobody's permission or policy changes that.
            return new PortError.CapacityExhausted(
                    new Blockage(
                            new Blockage.WholeAccount(account),
                            now.plus(NEARLY_A_DAY),
                            "Azure lets the subscription have nothing in this region"),
                    said);
        }
        if (failure.withCode("RequestDisallowedByPolicy").isPresent()) {
            return new PortError.Invalid("placements", "a policy of the subscription forbids this machine: " + said);
        }
        if (failure.withCode("DisabledSubscription", "ReadOnlyDisabledSubscription")
                .isPresent()) {
            return new PortError.Invalid("subscriptionId", "subscriptionId: " + said);
        }
        return new PortError.Unauthorized(
                "the identity lacks a permission, or was granted it moments ago; grant what is named here: " + said);
    }

    private PortError byCode(ArmFailure failure, @Nullable Offering offering, Instant now) {
        if (failure.withCode("TooManyRequests").isPresent()) {
            return new PortError.Throttled(retryAfter(failure), failure.describe());
        }
        if (offering != null) {
            Optional<PortError> refusal = quota(failure, offering, now).or(() -> capacity(failure, offering, now));
            if (refusal.isPresent()) {
                return refusal.get();
            }
        }
        return network(failure, offering, now)
                .or(() -> conflict(failure))
                .or(() -> wrong(failure))
                .orElseGet(() -> unknown(failure));
    }

    private Optional<PortError> quota(ArmFailure failure, Offering offering, Instant now) {
        if (failure.withCode("OperationNotAllowed", "QuotaExceeded").isEmpty()) {
            return Optional.empty();
        }
        String text = failure.text();
        if (text.contains("LowPriorityCores")) {
            return quota(new Blockage.WholeType(account, CapacityType.SPOT), HOUR, "no Spot quota left", failure, now);
        }
        if (text.contains("Total Regional Cores")) {
            // Spot has its own regional quota, so this says nothing of it.
            return quota(
                    new Blockage.WholeType(account, offering.type()),
                    TEN_MINUTES,
                    "no regional quota left",
                    failure,
                    now);
        }
        Matcher family = FAMILY_QUOTA.matcher(text);
        if (family.find()) {
            boolean none = NO_QUOTA.matcher(text).find();
            return quota(
                    new Blockage.FamilyFrom(account, offering.family(), offering.type(), offering.vcpus()),
                    none ? HOUR : TEN_MINUTES,
                    (none ? "no quota for " : "no quota left for ") + family.group(1),
                    failure,
                    now);
        }
        if (text.contains("Submit a request for Quota increase")) {
            return quota(new Blockage.WholeAccount(account), TEN_MINUTES, "no quota left", failure, now);
        }
        return Optional.empty();
    }

    private Optional<PortError> capacity(ArmFailure failure, Offering offering, Instant now) {
        if (failure.withCode("SkuNotAvailable").isPresent()) {
            boolean spot = offering.type() == CapacityType.SPOT;
            return capacity(
                    at(offering, offering.type()),
                    spot ? HOUR : NEARLY_A_DAY,
                    spot ? "no Spot capacity" : "not available",
                    failure,
                    now);
        }
        if (failure.withCode("ZonalAllocationFailed").isPresent()) {
            return capacity(at(offering, null), HOUR, "the zone is full", failure, now);
        }
        if (failure.withCode("AllocationFailed").isPresent()) {
            return capacity(
                    at(offering, null),
                    HOUR,
                    offering.zone() == null ? "the region is full" : "the zone is full",
                    failure,
                    now);
        }
        if (failure.withCode("OverconstrainedZonalAllocationRequest", "OverconstrainedAllocationRequest")
                .isPresent()) {
            return capacity(at(offering, offering.type()), HOUR, "no room for all that is asked for", failure, now);
        }
        if (failure.withCode("SpotPriceGreaterThanProvidedMaxPrice").isPresent()) {
            return capacity(at(offering, CapacityType.SPOT), HOUR, "Spot costs more than the limit", failure, now);
        }
        return Optional.empty();
    }

    /** A full network keeps out every machine that would be in it, whatever its size; others may have room. */
    private Optional<PortError> network(ArmFailure failure, @Nullable Offering offering, Instant now) {
        if (failure.withCode("SubnetIsFull", "InsufficientSubnetSize", "SubnetNotEnoughAddresses")
                .isPresent()) {
            return capacity(subnet(offering), TEN_MINUTES, "the subnet is full", failure, now);
        }
        if (failure.withCode("PublicIPCountLimitReached").isPresent()) {
            return quota(new Blockage.WholeAccount(account), TEN_MINUTES, "no public IP address left", failure, now);
        }
        if (failure.withCode("NicReservedForAnotherVm").isPresent()) {
            return Optional.of(new PortError.Throttled(NIC_RESERVATION, failure.describe()));
        }
        if (failure.withCode("PrivateIPAddressIsAllocated", "RetryableErrorDueToAnotherOperation", "RetryableError")
                .isPresent()) {
            return Optional.of(new PortError.Throttled(retryAfter(failure), failure.describe()));
        }
        return Optional.empty();
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

    private static Optional<PortError> wrong(ArmFailure failure) {
        for (ArmFailure.Item item : failure.items()) {
            String field = WRONG_FIELDS.get(item.code().toLowerCase(Locale.ROOT));
            if (field != null) {
                return Optional.of(new PortError.Invalid(field, field + ": " + failure.describe()));
            }
        }
        return Optional.empty();
    }

    private static PortError unknown(ArmFailure failure) {
        String said = failure.describe();
        return switch (failure.status()) {
            case 404 -> missing(failure, said);
            case 0, 409 -> new PortError.Transient(said);
            default -> new PortError.Invalid(field(failure), field(failure) + ": " + said);
        };
    }

    /** A creation's 404 is about something that the body refers to. */
    private static PortError missing(ArmFailure failure, String said) {
        String field = referred(failure.text());
        return field.isEmpty() ? new PortError.NotFound(said) : new PortError.Invalid(field, field + ": " + said);
    }

    private static String field(ArmFailure failure) {
        String referred = referred(failure.text());
        if (!referred.isEmpty()) {
            return referred;
        }
        String target = failure.items().stream()
                .map(ArmFailure.Item::target)
                .filter(item -> !item.isEmpty())
                .findFirst()
                .orElse("");
        return switch (target.toLowerCase(Locale.ROOT)) {
            case "vmsize", "hardwareprofile.vmsize" -> "vmSizes";
            case "imagereference", "storageprofile.imagereference" -> "image";
            case "customdata", "osprofile.customdata" -> "bootstrap";
            case "zones", "zone" -> "zones";
            case "location" -> "location";
            case "" -> "placements";
            default -> target.toLowerCase(Locale.ROOT).contains("disk") ? "osDisk" : target;
        };
    }

    private static String referred(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.contains("/subnets/")) {
            return "subnetId";
        }
        if (lower.contains("/networksecuritygroups/")) {
            return "networkSecurityGroupId";
        }
        if (lower.contains("/userassignedidentities/")) {
            return "identities";
        }
        return lower.contains("/galleries/") || lower.contains("/images/") ? "image" : "";
    }

    /** Azure names the subnet, not whose it is: where it is not known which was asked for, it may be any of the account's. */
    private Blockage.Scope subnet(@Nullable Offering offering) {
        return offering == null || offering.network() == null
                ? new Blockage.WholeAccount(account)
                : new Blockage.WholeNetwork(account, offering.network());
    }

    private Blockage.SizeAt at(Offering offering, @Nullable CapacityType type) {
        return new Blockage.SizeAt(account, offering.size(), offering.zone(), type);
    }

    private static Optional<PortError> quota(
            Blockage.Scope scope, Duration time, String why, ArmFailure failure, Instant now) {
        return Optional.of(new PortError.QuotaExceeded(new Blockage(scope, now.plus(time), why), failure.describe()));
    }

    private static Optional<PortError> capacity(
            Blockage.Scope scope, Duration time, String why, ArmFailure failure, Instant now) {
        return Optional.of(
                new PortError.CapacityExhausted(new Blockage(scope, now.plus(time), why), failure.describe()));
    }
}
