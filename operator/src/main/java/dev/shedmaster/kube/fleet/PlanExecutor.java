package dev.shedmaster.kube.fleet;

import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.api.v1alpha1.WorkerPool;
import dev.shedmaster.core.planning.FleetPlan;
import dev.shedmaster.core.planning.PoolPlan;
import dev.shedmaster.core.planning.Reason;
import dev.shedmaster.kube.status.EventRecorder;
import dev.shedmaster.kube.status.KnownObjects;
import dev.shedmaster.kube.status.Names;
import dev.shedmaster.kube.worker.Retirement;
import dev.shedmaster.kube.worker.WorkerSurroundings;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries a plan out: writes down the workers that it wants and retires those that it wants to go. */
final class PlanExecutor implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PlanExecutor.class);
    /** Writes to the API server under way at once; more only queue up inside it. */
    private static final int WRITES_AT_ONCE = 32;

    private static final int TOO_MANY_REQUESTS = 429;

    private final WriteQueue writes = new WriteQueue(WRITES_AT_ONCE);
    private final KubernetesClient client;
    private final KnownObjects<WorkerPool> pools;
    private final KnownObjects<Worker> workers;
    private final NewWorkers newWorkers;
    private final CreationLedger ledger;
    private final RefusedWrites refused;
    private final Retirement retirement;
    private final Decisions decisions;
    private final EventRecorder events;
    private final InstantSource clock;

    PlanExecutor(
            KubernetesClient client,
            KnownObjects<WorkerPool> pools,
            KnownObjects<Worker> workers,
            NewWorkers newWorkers,
            CreationLedger ledger,
            RefusedWrites refused,
            Retirement retirement,
            Decisions decisions,
            EventRecorder events,
            InstantSource clock) {
        this.client = client;
        this.pools = pools;
        this.workers = workers;
        this.newWorkers = newWorkers;
        this.ledger = ledger;
        this.refused = refused;
        this.retirement = retirement;
        this.decisions = decisions;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Returns before the writes are done; the next plan counts them as done. What fails is planned again, because plans rest
     * on what exists.
     */
    void execute(FleetPlan plan) {
        plan.pools().forEach(this::execute);
    }

    /** Each pool by itself, so that nothing counts as made or retired that is not handed over to be written. */
    private void execute(PoolPlan part) {
        WorkerPool pool = pools.find(part.pool()).orElse(null);
        List<Worker> made = pool == null ? List.of() : made(pool, part);
        made.forEach(ledger::add);
        List<Runnable> removals = ordered(part.removals());
        Stream<Runnable> retirements = Stream.concat(removals.stream(), ordered(part.retirements()).stream());
        writes.take(Stream.concat(made.stream().<Runnable>map(worker -> () -> create(worker)), retirements)
                .toList());
        if (pool != null) {
            announce(pool, part, made.size(), removals.size());
        }
    }

    /** One that is not written down yet is let go by a plan that finds it written. */
    private List<Runnable> ordered(List<PoolPlan.Removal> removals) {
        return removals.stream()
                .flatMap(
                        removal -> workers
                                .find(removal.worker())
                                .map(worker ->
                                        retirement.ordered(worker, removal.why().text()))
                                .stream())
                .toList();
    }

    /** They count from when they are in the ledger, and are written when their turn comes. */
    private List<Worker> made(WorkerPool pool, PoolPlan part) {
        Instant now = clock.instant();
        List<Worker> made = part.creations().stream()
                .flatMap(creation -> newWorkers.write(pool, creation.offering(), now).stream())
                .toList();
        if (made.size() < part.creations().size()) {
            log.atWarn()
                    .addKeyValue("pool", part.pool())
                    .log(
                            "{} of {} planned workers are not made: the pool can have none now; see its conditions",
                            part.creations().size() - made.size(),
                            part.creations().size());
        }
        return made;
    }

    /** Whether what was planned waits to be written. */
    boolean isCrowded() {
        return writes.isCrowded();
    }

    @Override
    public void close() {
        writes.close();
    }

    private void create(Worker worker) {
        try {
            client.resource(worker).create();
        } catch (KubernetesClientException e) {
            if (isRefused(e) || !exists(worker)) {
                forget(worker);
                if (isVerdict(e)) {
                    refused.refused(WorkerSurroundings.pool(worker), said(e), clock.instant());
                }
                throw e;
            }
        } catch (RuntimeException e) {
            // Not known to be written: if it was, it is seen soon; if not, nothing may wait for it.
            forget(worker);
            throw e;
        }
        ledger.written(worker, clock.instant());
        refused.taken(WorkerSurroundings.pool(worker));
    }

    private void forget(Worker unwritten) {
        ledger.drop(unwritten);
        newWorkers.unmade(unwritten);
    }

    /** An answer of 4xx says that nothing was written; no answer, or 5xx, says nothing. */
    private static boolean isRefused(KubernetesClientException e) {
        return e.getCode() >= HttpURLConnection.HTTP_BAD_REQUEST && e.getCode() < HttpURLConnection.HTTP_INTERNAL_ERROR;
    }

    /** A name that is taken, as by a call whose answer was lost, and a server that is busy say nothing of the next worker. */
    private static boolean isVerdict(KubernetesClientException e) {
        return isRefused(e) && e.getCode() != HttpURLConnection.HTTP_CONFLICT && e.getCode() != TOO_MANY_REQUESTS;
    }

    private static String said(KubernetesClientException refusal) {
        String said = refusal.getStatus() == null ? null : refusal.getStatus().getMessage();
        return said == null ? String.valueOf(refusal.getMessage()) : said;
    }

    private boolean exists(Worker worker) {
        try {
            return client.resource(worker).get() != null;
        } catch (KubernetesClientException e) {
            log.atWarn()
                    .addKeyValue("worker", worker.getMetadata().getName())
                    .log("Whether it was written down is not known yet: {}", e.getMessage());
            return true;
        }
    }

    private void announce(WorkerPool pool, PoolPlan part, int made, int removed) {
        Instant now = clock.instant();
        // What is refused again and again is told as that.
        if (made > 0 && !refused.lasts(part.pool(), now)) {
            Reason why = part.creations().getFirst().why();
            decisions.add(part.pool(), new Decisions.Decided(now, made, true, why));
            announce(pool, "ScaledUp", Announcements.more(made, why.text()));
        }
        if (removed > 0) {
            Reason why = part.removals().getFirst().why();
            decisions.add(part.pool(), new Decisions.Decided(now, removed, false, why));
            announce(pool, "ScaledDown", Announcements.fewer(removed, why.text()));
        }
    }

    private void announce(WorkerPool pool, String reason, String text) {
        log.atInfo().addKeyValue("pool", Names.of(pool)).log(text);
        events.normal(pool, "Scale", reason, text);
    }
}
