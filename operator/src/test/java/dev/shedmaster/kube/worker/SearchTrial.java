package dev.shedmaster.kube.worker;

import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.api.v1alpha1.WorkerPool;
import dev.shedmaster.core.placement.CapacityType;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.kube.ci.CiLink;
import dev.shedmaster.kube.ci.QuietCi;
import dev.shedmaster.kube.feed.Connections;
import dev.shedmaster.kube.fleet.BootHistories;
import dev.shedmaster.kube.fleet.FleetMemory;
import dev.shedmaster.kube.machine.MachineLink;
import dev.shedmaster.kube.machine.QuietProvider;
import dev.shedmaster.kube.pool.Blueprints;
import dev.shedmaster.kube.pool.PoolBlueprint;
import dev.shedmaster.kube.status.EventRecorder;
import dev.shedmaster.kube.status.Informed;
import dev.shedmaster.port.AcceptedMachine;
import dev.shedmaster.port.AgentCredentials;
import dev.shedmaster.port.AgentOrder;
import dev.shedmaster.port.MachineOrder;
import dev.shedmaster.port.MachineOwner;
import dev.shedmaster.port.MachineSettings;
import dev.shedmaster.port.MachineState;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

/** A worker of a pool with two accounts, before its machine is accepted; the test says what Jenkins and the first account answer. */
abstract class SearchTrial {
    static final String NAME = "sm-kvm-a";
    static final Offering FIRST = SampleWorkers.SPOT;
    static final Offering SECOND =
            new Offering("else", "ci/other", FIRST.size(), FIRST.size(), "1", CapacityType.SPOT, 8, 0.2);
    static final PortError REFUSED = new PortError.Unauthorized("invalid_client: renew it in its Secret");

    final List<String> asked = new ArrayList<>();
    final List<String> recorded = new ArrayList<>();
    Instant now = SampleWorkers.BORN;
    final InstantSource clock = () -> now;
    final FleetMemory memory = new FleetMemory(clock, () -> {});
    final BootHistories histories = new BootHistories();
    final KubernetesClient unused = new KubernetesClientBuilder().build();
    final Connections<CiLink> ciLinks = new Connections<>();
    final Connections<MachineLink> machineLinks = new Connections<>();
    List<Offering> ladder = List.of(FIRST, SECOND);
    PortError firstSays = REFUSED;
    boolean isPoolKnown = true;
    final Informed<WorkerPool> pools = new Informed<>(WorkerPool.class, woken -> {});
    Optional<PortError> jenkinsSays = Optional.empty();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    final WorkerSurroundings surroundings = new WorkerSurroundings(
            "installation",
            pools.known(),
            new Blueprints() {
                @Override
                public Optional<PoolBlueprint> find(String pool) {
                    return isPoolKnown ? Optional.of(new Blueprint(ladder)) : Optional.empty();
                }

                @Override
                public boolean isKnown(String pool) {
                    return isPoolKnown;
                }
            },
            ciLinks,
            machineLinks,
            source -> false,
            memory,
            clock);
    final WorkerAdvance advance = new WorkerAdvance(
            SampleWorkers.records(),
            surroundings,
            new WorkerHands(surroundings, memory, new Retirement(worker -> {})),
            new OwedRecords(() -> false),
            new WorkerJournal(
                    histories, memory, new EventRecorder(unused, "test", clock, task -> {}), meters, () -> {}, clock),
            clock);

    SearchTrial() {
        now = SampleWorkers.BORN.plusSeconds(60);
        ciLinks.ensure(
                "ci/jenkins",
                "",
                () -> new CiLink(
                        "ci/jenkins",
                        new Enrolling(),
                        (before, now) -> Duration.ofHours(1),
                        clock,
                        woken -> {},
                        (before, now) -> {}));
        connect(FIRST.account());
        connect(SECOND.account());
    }

    private void connect(String account) {
        machineLinks.ensure(
                account,
                "",
                () -> new MachineLink(
                        account,
                        new Account(account),
                        Map::of,
                        (before, now) -> Duration.ofHours(1),
                        clock,
                        woken -> {},
                        (before, now) -> {}));
    }

    @AfterEach
    void close() {
        ciLinks.close();
        machineLinks.close();
        unused.close();
    }

    WorkerStep look(Worker worker) {
        return advance.advance(worker, null, (known, status) -> {
            recorded.add(status.phase() + " after " + asked);
            known.setStatus(status);
            return known;
        });
    }

    Worker made() {
        return SampleWorkers.named(surroundings.unasked().add(NAME));
    }

    private record Blueprint(List<Offering> ladder) implements PoolBlueprint {
        @Override
        public String source() {
            return "ci/jenkins";
        }

        @Override
        public String templateHash() {
            return "hash";
        }

        @Override
        public AgentOrder agentOrder(String worker, MachineOwner owner) {
            return new AgentOrder(worker, List.of(), 1, true, "/", "", owner);
        }

        @Override
        public Outcome<MachineOrder> machineOrder(
                String worker, Offering offering, MachineOwner owner, AgentCredentials credentials) {
            return Outcome.done(new MachineOrder(worker, offering, owner, "", new MachineSettings() {}));
        }
    }

    private final class Enrolling extends QuietCi {
        Enrolling() {
            super(() -> Outcome.failed(new PortError.Transient("not read here")));
        }

        @Override
        public Outcome<AgentCredentials> enrol(AgentOrder order) {
            if (jenkinsSays.isPresent()) {
                return Outcome.failed(jenkinsSays.get());
            }
            return Outcome.done(new AgentCredentials(URI.create("https://jenkins.example"), order.name(), "secret"));
        }
    }

    /** The first account says what the test wants; the second takes all orders. */
    private final class Account extends QuietProvider {
        private final String name;

        Account(String name) {
            this.name = name;
        }

        @Override
        public Outcome<AcceptedMachine> create(MachineOrder order) {
            asked.add("create at " + name);
            return name.equals(FIRST.account())
                    ? Outcome.failed(firstSays)
                    : Outcome.done(new AcceptedMachine("/machines/" + order.name(), ""));
        }

        @Override
        public Outcome<MachineState> inspect(String machine) {
            asked.add("look at " + name);
            return Outcome.failed(firstSays);
        }
    }
}
