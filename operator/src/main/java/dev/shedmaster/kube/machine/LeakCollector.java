package dev.shedmaster.kube.machine;

import dev.shedmaster.api.v1alpha1.LeakCollection;
import dev.shedmaster.api.v1alpha1.LeakCounts;
import dev.shedmaster.api.v1alpha1.LeakMode;
import dev.shedmaster.core.leak.LeakLedger;
import dev.shedmaster.kube.pool.Spans;
import dev.shedmaster.port.Leftover;
import dev.shedmaster.port.Nothing;
import dev.shedmaster.port.Outcome;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes what is left behind in accounts: seen twice, old enough, ours by tag and name, and only so many at a time. */
public final class LeakCollector {
    private static final Logger log = LoggerFactory.getLogger(LeakCollector.class);
    private static final int SIGHTINGS = 2;

    /** Tells people of something that happened to an account. */
    public interface Telling {
        void tell(String account, String reason, String note);
    }

    private record Shown(AtomicInteger value, Gauge gauge) {}

    private final Map<String, LeakLedger> ledgers = new ConcurrentHashMap<>();
    private final Map<String, LeakCounts> counts = new ConcurrentHashMap<>();
    /** The registry holds gauges weakly, so we hold what they read. */
    private final Map<String, Shown> found = new ConcurrentHashMap<>();

    private final Telling telling;
    private final MeterRegistry meters;

    public LeakCollector(Telling telling, MeterRegistry meters) {
        this.telling = telling;
        this.meters = meters;
    }

    /** What was found and done in the account of that name so far. */
    public LeakCounts counts(String account) {
        return counts.getOrDefault(account, LeakCounts.NONE);
    }

    /**
     * One round in one account.
     *
     * @param wish what is to be done about leaks there
     * @param known all workers that there are, by {@code namespace/name}; asked for anew right before anything is deleted
     */
    public void collect(
            String account, LeakCollection wish, MachineLink link, Supplier<Set<String>> known, Instant now) {
        if (wish.mode() == LeakMode.OFF) {
            stopCounting(account);
            return;
        }
        switch (link.leftovers(known.get())) {
            case Outcome.Done<Set<Leftover>> done -> act(account, link, wish, done.value(), known, now);
            case Outcome.Failed<Set<Leftover>> failed ->
                log.atWarn()
                        .addKeyValue("account", account)
                        .log("Leaks could not be looked for: {}", failed.error().message());
        }
    }

    /** Forgets the accounts that are none of these: their objects are gone. */
    public void keepOnly(Set<String> accounts) {
        ledgers.keySet().retainAll(accounts);
        counts.keySet().retainAll(accounts);
        found.entrySet().removeIf(entry -> {
            boolean isGone = !accounts.contains(entry.getKey());
            if (isGone) {
                meters.remove(entry.getValue().gauge());
            }
            return isGone;
        });
    }

    /** Nobody looks any more, so nobody knows of a leak; what was deleted was deleted. */
    private void stopCounting(String account) {
        ledgers.remove(account);
        counts.computeIfPresent(account, (same, so) -> new LeakCounts(0, so.deleted(), 0));
        found.computeIfPresent(account, (same, shown) -> {
            shown.value().set(0);
            return shown;
        });
    }

    private void act(
            String account,
            MachineLink link,
            LeakCollection wish,
            Set<Leftover> leftovers,
            Supplier<Set<String>> known,
            Instant now) {
        Map<String, Leftover> byId =
                leftovers.stream().collect(Collectors.toMap(Leftover::id, Function.identity(), (one, other) -> one));
        LeakLedger.Rules rules = new LeakLedger.Rules(
                SIGHTINGS, Spans.duration(wish.gracePeriod()), wish.maxPerCycle(), wish.mode() == LeakMode.DRY_RUN);
        LeakLedger before = ledgers.get(account);
        LeakLedger ledger = before == null ? LeakLedger.empty(rules) : new LeakLedger(rules, before.sightings());
        LeakLedger.Reading reading = ledger.observe(byId.keySet(), now);
        ledgers.put(account, reading.ledger());
        int deleted = delete(account, link, reading.ripe(), byId, known.get());
        reportWithheld(account, reading.withheld(), byId);
        LeakCounts so = counts(account);
        counts.put(account, new LeakCounts(byId.size(), so.deleted() + deleted, byId.size() - deleted));
        found.computeIfAbsent(account, this::gauge).value().set(byId.size());
    }

    private Shown gauge(String account) {
        AtomicInteger value = new AtomicInteger();
        Gauge gauge = Gauge.builder("shedmaster.leaks", value, AtomicInteger::get)
                .description("Resources that no worker accounts for, as of the last look")
                .tag("account", account)
                .register(meters);
        return new Shown(value, gauge);
    }

    private int delete(
            String account, MachineLink link, List<String> ripe, Map<String, Leftover> byId, Set<String> known) {
        int deleted = 0;
        for (String id : ripe) {
            Leftover leftover = Objects.requireNonNull(byId.get(id));
            if (known.contains(leftover.worker())) {
                continue;
            }
            switch (link.collect(leftover)) {
                case Outcome.Done<Nothing> done -> {
                    deleted++;
                    log.atWarn()
                            .addKeyValue("account", account)
                            .addKeyValue("worker", leftover.worker())
                            .log("Deleted {} {}, which no worker accounts for", leftover.kind(), leftover.name());
                    telling.tell(
                            account,
                            "LeakDeleted",
                            leftover.kind() + " " + leftover.name() + " was left behind by worker " + leftover.worker()
                                    + " and is deleted now");
                }
                case Outcome.Failed<Nothing> failed ->
                    log.atWarn()
                            .addKeyValue("account", account)
                            .log(
                                    "{} {} could not be deleted: {}",
                                    leftover.kind(),
                                    leftover.name(),
                                    failed.error().message());
            }
        }
        return deleted;
    }

    private static void reportWithheld(String account, List<String> withheld, Map<String, Leftover> byId) {
        for (String id : withheld) {
            Leftover leftover = Objects.requireNonNull(byId.get(id));
            log.atWarn()
                    .addKeyValue("account", account)
                    .log(
                            "{} {} is a leak of worker {} and stays for now (dry run, or the limit of a round)",
                            leftover.kind(),
                            leftover.name(),
                            leftover.worker());
        }
    }
}
