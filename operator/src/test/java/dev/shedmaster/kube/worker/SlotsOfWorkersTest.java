package dev.shedmaster.kube.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.api.v1alpha1.WorkerPhase;
import dev.shedmaster.api.v1alpha1.WorkerPool;
import dev.shedmaster.api.v1alpha1.WorkerSpec;
import dev.shedmaster.core.placement.HostSlot;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.core.slot.Amount;
import dev.shedmaster.core.slot.Isolation;
import dev.shedmaster.core.worker.Refusal;
import dev.shedmaster.core.worker.WorkerLife;
import dev.shedmaster.core.worker.WorkerState;
import dev.shedmaster.kube.ci.CiLink;
import dev.shedmaster.kube.feed.Connections;
import dev.shedmaster.kube.fleet.FleetMemory;
import dev.shedmaster.kube.host.HostTenant;
import dev.shedmaster.kube.pool.BareBlueprint;
import dev.shedmaster.kube.status.Informed;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Workers that have slots on hosts: what they may ask for, and what their hosts are told of them. */
class SlotsOfWorkersTest {
    private static final Amount AMOUNT = new Amount(16, 49_152, 1);
    private static final HostSlot SLOT = new HostSlot(AMOUNT, "release", "worker-jenkins", null);
    private static final Offering ANYWHERE = Offering.onSomeHost("own", "ci", SLOT);
    private static final Offering HERE =
            Offering.onHost("own", SLOT, new HostSlot.Site("ci/rx220-1", Isolation.CONTAINER));

    private final InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-24T21:10:00Z"));
    private final FleetMemory memory = new FleetMemory(clock, () -> {});
    private final Connections<CiLink> ciLinks = new Connections<>();
    private final Informed<Worker> workers = new Informed<>(Worker.class, woken -> {}, WorkerTenancy.INDICES);
    private final WorkerSurroundings surroundings = new WorkerSurroundings(
            "installation",
            new Informed<>(WorkerPool.class, woken -> {}).known(),
            pool -> Optional.of(new BareBlueprint("hash", List.of(ANYWHERE, SampleWorkers.SPOT))),
            ciLinks,
            new Connections<>(),
            source -> false,
            memory,
            clock);

    private static Worker worker(String name, Offering offering) {
        Worker worker = SampleWorkers.named(name);
        WorkerSpec spec = worker.getSpec();
        worker.setSpec(new WorkerSpec(
                spec.poolRef(), spec.ci(), WorkerRecords.placement(name, offering), spec.templateHash()));
        return worker;
    }

    private List<Offering> ladder(Offering offering) {
        Worker worker = worker("sm-kvm-a", offering);
        return surroundings
                .see(worker, WorkerLife.requested(offering, SampleWorkers.BORN), null)
                .ladder();
    }

    /** Which host has room only the planner can say. */
    @Test
    void aWorkerHasItsOwnSlotAndNoOther() {
        assertThat(ladder(HERE)).containsExactly(HERE, SampleWorkers.SPOT);
        assertThat(ladder(SampleWorkers.SPOT)).containsExactly(SampleWorkers.SPOT);
    }

    @Test
    void oneWhoseHostHasRefusedItGoesOn() {
        memory.learn(new Refusal.Invalid("hosts", "it has no image"), HERE, "hash");
        assertThat(ladder(HERE)).containsExactly(SampleWorkers.SPOT);
    }

    @Test
    void whatAWorkerShowsOfItsPlaceIsTheHost() {
        Worker worker = worker("sm-kvm-a", HERE);
        WorkerLife accepted = new WorkerLife(
                new WorkerState.Booting(),
                SampleWorkers.BORN,
                SampleWorkers.BORN,
                HERE,
                "ci/rx220-1/sm-kvm-a",
                "",
                0,
                null);
        worker.setStatus(SampleWorkers.status(SampleWorkers.records(), worker, accepted, null));
        assertThat(worker.getStatus().machine()).isNotNull();
        assertThat(worker.getStatus().machine().offering()).isEqualTo("rx220-1/Container");
        assertThat(worker.getStatus().machine().azure()).isNull();
        assertThat(SampleWorkers.records().read(worker).offering()).isEqualTo(HERE);
        assertThat(WorkerRecords.account(worker)).isEqualTo("ci/host/rx220-1");
    }

    /** That nobody tells of an agent is no silence of its own, by which its host would be reset. */
    @Test
    void aHostIsToldOfItsWorkersUntilTheyAreGone() {
        Worker busy = worker("sm-kvm-a", HERE);
        WorkerLife running = new WorkerLife(
                SampleWorkers.busy(SampleWorkers.BORN, "kola", "image"),
                SampleWorkers.BORN,
                SampleWorkers.BORN,
                HERE,
                "id",
                "",
                0,
                null);
        busy.setStatus(SampleWorkers.status(SampleWorkers.records(), busy, running, null));
        Worker gone = worker("sm-kvm-b", HERE);
        WorkerLife ended = new WorkerLife(
                new WorkerState.Gone("done"), SampleWorkers.BORN, SampleWorkers.BORN, HERE, "id", "", 1, null);
        gone.setStatus(SampleWorkers.status(SampleWorkers.records(), gone, ended, null));
        assertThat(gone.getStatus().phase()).isEqualTo(WorkerPhase.GONE);
        workers.put(busy);
        workers.put(gone);
        workers.put(worker("sm-kvm-c", SampleWorkers.SPOT));
        WorkerTenancy tenancy = new WorkerTenancy(workers.known(), ciLinks);
        assertThat(tenancy.of("ci/rx220-1")).containsExactly(new HostTenant(AMOUNT, 2, true));
        assertThat(tenancy.of("ci/rx220-2")).isEmpty();
    }
}
