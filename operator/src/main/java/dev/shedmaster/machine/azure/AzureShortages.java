package dev.shedmaster.machine.azure;

import dev.shedmaster.core.placement.Blockage;
import dev.shedmaster.core.placement.CapacityType;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.port.PortError;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What Azure has no room or no quota for, by its answers: what is not to be asked for again, and for how long
 * (docs/sources.md). The scopes and times are Karpenter's.
 */
final class AzureShortages {
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration NEARLY_A_DAY = Duration.ofHours(23);

    private static final Pattern FAMILY_QUOTA = Pattern.compile("(\\w+Family) Cores quota", Pattern.CASE_INSENSITIVE);
    private static final Pattern NO_QUOTA = Pattern.compile("Current Limit: 0\\b");

    private final String account;

    AzureShortages(String account) {
        this.account = account;
    }

    /** Of the offering that was asked for. */
    Optional<PortError> ofOffering(ArmFailure failure, Offering offering, Instant now) {
        return quota(failure, offering, now).or(() -> capacity(failure, offering, now));
    }

    /** Azure keeps subscriptions out of regions that are short: nobody's permission or policy changes that. */
    Optional<PortError> ofRegion(ArmFailure failure, Instant now) {
        return failure.withCode("RequestDisallowedByAzure").isEmpty()
                ? Optional.empty()
                : capacity(
                        new Blockage.WholeAccount(account),
                        NEARLY_A_DAY,
                        "Azure lets the subscription have nothing in this region",
                        failure,
                        now);
    }

    /** A full network keeps out every machine that would be in it, whatever its size; others may have room. */
    Optional<PortError> ofNetwork(ArmFailure failure, @Nullable Offering offering, Instant now) {
        if (failure.withCode("SubnetIsFull", "InsufficientSubnetSize", "SubnetNotEnoughAddresses")
                .isPresent()) {
            return capacity(subnet(offering), TEN_MINUTES, "the subnet is full", failure, now);
        }
        if (failure.withCode("PublicIPCountLimitReached").isPresent()) {
            return quota(new Blockage.WholeAccount(account), TEN_MINUTES, "no public IP address left", failure, now);
        }
        return Optional.empty();
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
