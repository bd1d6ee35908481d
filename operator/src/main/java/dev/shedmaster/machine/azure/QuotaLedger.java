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

    /**
     * Room that is taken for one machine.
     *
     * @param until when it is free again unless a list shows the machine
     * @param settledAt when Azure accepted it; null while it has not answered
     * @param unsure whether a call has ended without telling if it had an effect
     */
    private record Reservation(
            Offering offering, Instant until, @Nullable Instant settledAt, boolean unsure) {
        /** Whether all that is known says that there is no such machine. */
        boolean isForNothing() {
            return settledAt == null && !unsure;
        }
    }

    private final String account;
    private final AzureAccount.Limits limits;
    private final Map<String, Reservation> reservations = new HashMap<>();
    private Map<String, Offering> fleet = Map.of();
    private @Nullable Usages usages;

    /** What fleet and reservations take together: a burst asks for each of its machines whether there is room. */
    private int machines;

    private long vcpus;

    /** The vCPUs that are reserved and not in the usages yet, by quota. */
    private final Map<String, Long> asked = new HashMap<>();

    QuotaLedger(String account, AzureAccount.Limits limits) {
        this.account = account;
        this.limits = limits;
    }

    /**
     * Takes room for one machine, or says why there is none. Taking it again for the same name takes nothing more; taking it for
     * another offering, which is asked for once the former is certainly not there, gives the former's back.
     *
     * @return empty if the room is taken
     */
    synchronized Optional<QuotaExceeded> reserve(String machine, Offering offering, Instant now) {
        Reservation held = reservations.get(machine);
        Instant until = now.plus(FORGET_UNSEEN);
        if (held != null && held.offering().equals(offering)) {
            keep(machine, until);
            return Optional.empty();
        }
        release(machine);
        if (!fleet.containsKey(machine)) {
            Optional<QuotaExceeded> refusal = ownLimit(offering, now).or(() -> quota(offering, now));
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        Reservation reservation = new Reservation(offering, until, null, false);
        reservations.put(machine, reservation);
        count(machine, reservation, 1);
        return Optional.empty();
    }

    /**
     * Azure was not asked for the machine, or has refused to listen: who means to ask again does so before that time. Where an
     * earlier call may have got through, the room stays taken.
     */
    synchronized void keep(String machine, Instant until) {
        reservations.computeIfPresent(
                machine,
                (name, held) -> held.isForNothing() ? new Reservation(held.offering(), until, null, false) : held);
    }

    /** Nobody knows whether Azure has accepted the machine. */
    synchronized void doubt(String machine, Instant now) {
        reservations.computeIfPresent(
                machine,
                (name, held) -> new Reservation(held.offering(), now.plus(FORGET_UNSEEN), held.settledAt(), true));
    }

    /** Azure has accepted the machine: from now on its own usages will count it. */
    synchronized void settle(String machine, Instant now) {
        reservations.computeIfPresent(machine, (name, held) -> {
            Reservation settled = new Reservation(held.offering(), now.plus(FORGET_UNSEEN), now, false);
            count(machine, held, -1);
            count(machine, settled, 1);
            return settled;
        });
    }

    /** The machine was refused or is being deleted: what was taken for it is free, once lists no longer show it. */
    synchronized void release(String machine) {
        Reservation held = reservations.remove(machine);
        if (held != null) {
            count(machine, held, -1);
        }
    }

    /** What was asked for under this name, if it was asked for lately. */
    synchronized Optional<Offering> offering(String machine) {
        Reservation held = reservations.get(machine);
        return held == null ? Optional.empty() : Optional.of(held.offering());
    }

    /** Takes note of all machines that a list shows. */
    synchronized void observed(Map<String, Offering> listed, Instant now) {
        fleet = Map.copyOf(listed);
        reservations.entrySet().removeIf(entry -> isOver(entry.getKey(), entry.getValue(), now));
        recount();
    }

    private void recount() {
        machines = fleet.size();
        vcpus = fleet.values().stream().mapToLong(Offering::vcpus).sum();
        asked.clear();
        reservations.forEach((machine, held) -> count(machine, held, 1));
    }

    /** @param sign 1 for a reservation that has come, -1 for one that goes */
    private void count(String machine, Reservation held, int sign) {
        long size = sign * (long) held.offering().vcpus();
        if (!fleet.containsKey(machine)) {
            machines += sign;
            vcpus += size;
        }
        if (!isInUsages(held)) {
            Usages.quotas(held.offering()).forEach(quota -> asked.merge(quota, size, Long::sum));
        }
    }

    private boolean isOver(String machine, Reservation held, Instant now) {
        return fleet.containsKey(machine) ? isInUsages(held) : !now.isBefore(held.until());
    }

    private boolean isInUsages(Reservation held) {
        Usages known = usages;
        return known == null || (held.settledAt() != null && held.settledAt().isBefore(known.readAt()));
    }

    /** Takes note of the subscription's own quotas. Never called, they bar nothing. */
    synchronized void read(Usages read) {
        usages = read;
        recount();
    }

    synchronized Optional<Instant> usagesReadAt() {
        return Optional.ofNullable(usages).map(Usages::readAt);
    }

    private Optional<QuotaExceeded> ownLimit(Offering wanted, Instant now) {
        Integer mostWorkers = limits.workers();
        if (mostWorkers != null && machines >= mostWorkers) {
            return refuse(
                    new Blockage.WholeAccount(account),
                    now.plus(OWN_LIMIT),
                    "limits.workers reached",
                    "limits.workers of " + account + " is " + mostWorkers + ", and there are " + machines);
        }
        Integer mostVcpus = limits.vcpus();
        if (mostVcpus != null && vcpus + wanted.vcpus() > mostVcpus) {
            return refuse(
                    new Blockage.WholeAccount(account),
                    now.plus(OWN_LIMIT),
                    "limits.vcpus reached",
                    vcpus + " of " + mostVcpus + " vCPUs that limits.vcpus of " + account + " allows are taken, and "
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
        long waiting = asked.getOrDefault(quota, 0L);
        if (usage.current() + waiting + wanted.vcpus() <= usage.limit()) {
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
                        + " are used and " + waiting + " asked for; " + wanted.size() + " has " + wanted.vcpus());
    }

    private static Optional<QuotaExceeded> refuse(Blockage.Scope scope, Instant until, String why, String message) {
        return Optional.of(new QuotaExceeded(new Blockage(scope, until, why), message));
    }
}
