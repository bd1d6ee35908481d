package dev.shedmaster.kube.fleet;

import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.api.v1alpha1.WorkerPool;
import dev.shedmaster.core.planning.FleetPlan;
import dev.shedmaster.core.planning.PoolPlan;
import dev.shedmaster.core.planning.PoolPlan.Creation;
import dev.shedmaster.core.planning.PoolPlan.Removal;
import dev.shedmaster.kube.status.EventRecorder;
import dev.shedmaster.kube.status.KnownObjects;
import dev.shedmaster.kube.worker.Retirement;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries a plan out: writes down the workers that it wants and retires those that it wants to go. */
final class PlanExecutor {
    private static final Logger log = LoggerFactory.getLogger(PlanExecutor.class);
    /** Writes to the API server under way at once; more only queue up inside it. */
    private static final int WRITES_AT_ONCE = 32;

    private final KubernetesClient client;
    private final KnownObjects<WorkerPool> pools;
    private final KnownObjects<Worker> workers;
    private final NewWorkers newWorkers;
    private final CreationLedger ledger;
    private final Retirement retirement;
    private final EventRecorder events;
    private final InstantSource clock;

    PlanExecutor(
            KubernetesClient client,
            KnownObjects<WorkerPool> pools,
            KnownObjects<Worker> workers,
            NewWorkers newWorkers,
            CreationLedger ledger,
            Retirement retirement,
            EventRecorder events,
            InstantSource clock) {
        this.client = client;
        this.pools = pools;
        this.workers = workers;
        this.newWorkers = newWorkers;
        this.ledger = ledger;
        this.retirement = retirement;
        this.events = events;
        this.clock = clock;
    }

    /** Returns when everything was tried. What failed is planned again, because plans rest on what exists. */
    void execute(FleetPlan plan) {
        Semaphore places = new Semaphore(WRITES_AT_ONCE);
        List<Future<?>> writes = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (PoolPlan part : plan.pools()) {
                pools.find(part.pool()).ifPresent(pool -> {
                    for (Creation creation : part.creations()) {
                        writes.add(executor.submit(within(places, () -> create(pool, creation))));
                    }
                    announce(pool, part);
                });
                Stream.concat(part.removals().stream(), part.retirements().stream())
                        .forEach(removal -> writes.add(executor.submit(within(places, () -> remove(removal)))));
            }
        }
        reportFailures(writes);
    }

    private static Runnable within(Semaphore places, Runnable write) {
        return () -> {
            places.acquireUninterruptibly();
            try {
                write.run();
            } finally {
                places.release();
            }
        };
    }

    private void create(WorkerPool pool, Creation creation) {
        Instant now = clock.instant();
        Worker worker = newWorkers.write(pool, creation.offering(), now);
        ledger.add(worker, now);
        try {
            client.resource(worker).create();
        } catch (KubernetesClientException e) {
            if (isRefused(e) || !exists(worker)) {
                ledger.drop(worker);
                throw e;
            }
        }
    }

    /** An answer of 4xx says that nothing was written; no answer, or 5xx, says nothing. */
    private static boolean isRefused(KubernetesClientException e) {
        return e.getCode() >= HttpURLConnection.HTTP_BAD_REQUEST && e.getCode() < HttpURLConnection.HTTP_INTERNAL_ERROR;
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

    private void remove(Removal removal) {
        workers.find(removal.worker())
                .ifPresent(worker -> retirement.retire(worker, removal.why().text()));
    }

    private void announce(WorkerPool pool, PoolPlan part) {
        if (!part.creations().isEmpty()) {
            String why = part.creations().getFirst().why().text();
            log.atInfo()
                    .addKeyValue("pool", part.pool())
                    .log(Announcements.more(part.creations().size(), why));
            events.normal(
                    pool,
                    "Scale",
                    "ScaledUp",
                    Announcements.more(part.creations().size(), why));
        }
        if (!part.removals().isEmpty()) {
            String why = part.removals().getFirst().why().text();
            log.atInfo()
                    .addKeyValue("pool", part.pool())
                    .log(Announcements.fewer(part.removals().size(), why));
            events.normal(
                    pool,
                    "Scale",
                    "ScaledDown",
                    Announcements.fewer(part.removals().size(), why));
        }
    }

    private static void reportFailures(List<Future<?>> writes) {
        int failed = 0;
        Throwable first = null;
        for (Future<?> write : writes) {
            try {
                write.get();
            } catch (ExecutionException e) {
                failed++;
                first = first == null ? e.getCause() : first;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        if (failed > 0) {
            log.atWarn()
                    .log(
                            "{} of {} writes of a plan failed and will be planned again, the first with: {}",
                            failed,
                            writes.size(),
                            String.valueOf(first));
        }
    }
}
