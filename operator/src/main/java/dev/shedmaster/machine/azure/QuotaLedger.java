package dev.shedmaster.machine.azure;

import dev.shedmaster.core.placement.Blockage;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.port.PortError.QuotaExceeded;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Counts what an account's machines take of its limits, those that are only just asked for included: between asking for a
 * machine and seeing it in a list, a second caller would else find the same room and take it again. It asks nobody and has
 * no clock; safe for many threads.
 */
final class QuotaLedger {
    /** Longer than any list lags. */
    private static final Duration FORGET_UNSEEN = Duration.ofMinutes(20);

    /** Own limits change whenever a machine goes, so a refusal holds only briefly. */
    private static final Duration OWN_LIMIT = Duration.ofSeconds(30);

    private static final Duration QUOTA_LEFT = Duration.ofMinutes(1);
    private static final Duration NO_QUOTA = Duration.ofMinutes(10);

    /** @param settledAt when Azure accepted it; null while it has not answered */
    private record Reservation(
            Offering offering, Instant since, @Nullable Instant settledAt) {}

    private final String account;
    private final AzureAccount.Limits limits;
    private final Map<String, Reservation> reservations = new HashMap<>();
    private Map<String, Offering> fleet = Map.of();
    private @Nullable Usages usages;

    QuotaLedger(String account, AzureAccount.Limits limits) {
        this.account = account;
        this.limits = limits;
    }

    /**
     * Takes room for one machine, or says why there is none. Taking it again for the same name takes nothing more.
     *
     * @return empty if the room is taken
     */
    synchronized Optional<QuotaExceeded> reserve(String machine, Offering offering, Instant now) {
        if (!reservations.containsKey(machine) && !fleet.containsKey(machine)) {
            Optional<QuotaExceeded> refusal = ownLimit(offering, now).or(() -> quota(offering, now));
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        reservations.putIfAbsent(machine, new Reservation(offering, now, null));
        return Optional.empty();
    }

    /** Azure has accepted the machine: from now on its own usages will count it. */
    synchronized void settle(String machine, Instant now) {
        reservations.computeIfPresent(machine, (name, held) -> new Reservation(held.offering(), held.since(), now));
    }

    /** The machine was refused or is being deleted: what was taken for it is free, once lists no longer show it. */
    synchronized void release(String machine) {
        reservations.remove(machine);
    }

    /** What was asked for under this name, if it was asked for lately. */
    synchronized Optional<Offering> offering(String machine) {
        Reservation held = reservations.get(machine);
        return held == null ? Optional.empty() : Optional.of(held.offering());
    }

    /** Takes note of all machines that a list shows. */
    synchronized void observed(Map<String, Offering> machines, Instant now) {
        fleet = Map.copyOf(machines);
        reservations.entrySet().removeIf(entry -> isOver(entry.getKey(), entry.getValue(), now));
    }

    private boolean isOver(String machine, Reservation held, Instant now) {
        return fleet.containsKey(machine)
                ? isInUsages(held)
                : !now.isBefore(held.since().plus(FORGET_UNSEEN));
    }

    private boolean isInUsages(Reservation held) {
        Usages known = usages;
        return known == null || (held.settledAt() != null && held.settledAt().isBefore(known.readAt()));
    }

    /** Takes note of the subscription's own quotas. Never called, they bar nothing. */
    synchronized void read(Usages read) {
        usages = read;
    }

    synchronized Optional<Instant> usagesReadAt() {
        return Optional.ofNullable(usages).map(Usages::readAt);
    }

    private Optional<QuotaExceeded> ownLimit(Offering wanted, Instant now) {
        Map<String, Offering> all = new HashMap<>(fleet);
        reservations.forEach((name, held) -> all.putIfAbsent(name, held.offering()));
        Integer workers = limits.workers();
        if (workers != null && all.size() >= workers) {
            return refuse(
                    new Blockage.WholeAccount(account),
                    now.plus(OWN_LIMIT),
                    "limits.workers reached",
                    "limits.workers of " + account + " is " + workers + ", and there are " + all.size());
        }
        Integer vcpus = limits.vcpus();
        int taken = all.values().stream().mapToInt(Offering::vcpus).sum();
        if (vcpus != null && taken + wanted.vcpus() > vcpus) {
            return refuse(
                    new Blockage.WholeAccount(account),
                    now.plus(OWN_LIMIT),
                    "limits.vcpus reached",
                    taken + " of " + vcpus + " vCPUs that limits.vcpus of " + account + " allows are taken, and "
                            + wanted.size() + " has " + wanted.vcpus());
        }
        return Optional.empty();
    }

    private Optional<QuotaExceeded> quota(Offering wanted, Instant now) {
        Usages known = usages;
        if (known == null) {
            return Optional.empty();
        }
        for (String quota : Usages.quotas(wanted)) {
            Optional<QuotaExceeded> refusal = known.usage(quota).flatMap(usage -> quota(wanted, quota, usage, now));
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    private Optional<QuotaExceeded> quota(Offering wanted, String quota, Usages.Usage usage, Instant now) {
        long asked = reservations.values().stream()
                .filter(held ->
                        !isInUsages(held) && Usages.quotas(held.offering()).contains(quota))
                .mapToLong(held -> held.offering().vcpus())
                .sum();
        if (usage.current() + asked + wanted.vcpus() <= usage.limit()) {
            return Optional.empty();
        }
        Blockage.Scope scope = quota.equals(Usages.SPOT) || quota.equals(Usages.REGIONAL)
                ? new Blockage.WholeType(account, wanted.type())
                : new Blockage.FamilyFrom(account, wanted.family(), wanted.type(), wanted.vcpus());
        return refuse(
                scope,
                now.plus(usage.limit() == 0 ? NO_QUOTA : QUOTA_LEFT),
                "no quota left for " + usage.name(),
                "the quota " + usage.name() + " has " + usage.limit() + " vCPUs, of which " + usage.current()
                        + " are used and " + asked + " asked for; " + wanted.size() + " has " + wanted.vcpus());
    }

    private static Optional<QuotaExceeded> refuse(Blockage.Scope scope, Instant until, String why, String message) {
        return Optional.of(new QuotaExceeded(new Blockage(scope, until, why), message));
    }
}
