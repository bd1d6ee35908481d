package dev.shedmaster.kube.worker;

import dev.shedmaster.api.v1alpha1.JenkinsNode;
import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.api.v1alpha1.WorkerMachine;
import dev.shedmaster.api.v1alpha1.WorkerPhase;
import dev.shedmaster.core.worker.WorkerLife;
import dev.shedmaster.core.worker.WorkerState;
import dev.shedmaster.kube.status.KnownObjects;
import dev.shedmaster.kube.status.Names;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds workers by the machines and agents that they are. */
public final class WorkerIndex {
    private static final Set<WorkerPhase> STEADY = Set.of(WorkerPhase.IDLE, WorkerPhase.BUSY);

    private final KnownObjects<Worker> workers;
    private final OwedRecords owed;

    public WorkerIndex(KnownObjects<Worker> workers, OwedRecords owed) {
        this.workers = workers;
        this.owed = owed;
    }

    /** Has the workers looked at again that are called like these machines or agents. */
    public void wake(Collection<String> names) {
        if (names.isEmpty()) {
            return;
        }
        Set<String> wanted = new HashSet<>(names);
        workers.objects()
                .filter(worker -> wanted.contains(worker.getMetadata().getName()))
                .map(ResourceID::fromResource)
                .forEach(workers::wake);
    }

    /** Whether workers are registered at that CI system. */
    public boolean servesAt(String source) {
        return workers.objects().anyMatch(worker -> {
            JenkinsNode node = worker.getSpec().ci().jenkins();
            return node != null && Names.of(worker, node.serverRef()).equals(source);
        });
    }

    /** The accounts that workers have machines from, those of hosts included. */
    public Stream<String> accounts() {
        return workers.objects().map(WorkerRecords::account);
    }

    public boolean usesAccount(String account) {
        return in(account).findAny().isPresent();
    }

    /** Whether workers are starting or ending there. */
    public boolean changesAccount(String account) {
        return in(account)
                .anyMatch(worker -> worker.getMetadata().getDeletionTimestamp() != null
                        || worker.getStatus() == null
                        || !STEADY.contains(worker.getStatus().phase()));
    }

    /**
     * All workers that there are, by {@code namespace/name}, whatever their account: several accounts may share one resource
     * group, and each is shown the machines of all.
     */
    public Set<String> accountedFor() {
        return workers.objects().map(Names::of).collect(Collectors.toSet());
    }

    /** All agents that workers stand for. */
    public Set<String> names() {
        return workers.objects().map(worker -> worker.getMetadata().getName()).collect(Collectors.toSet());
    }

    /** The operations of machines there whose creation is not known to have ended, by machine. */
    public Map<String, String> operations(String account) {
        Map<String, String> operations = new HashMap<>();
        in(account)
                .forEach(worker -> operation(worker)
                        .ifPresent(
                                operation -> operations.put(worker.getMetadata().getName(), operation)));
        return operations;
    }

    private Optional<String> operation(Worker worker) {
        Optional<WorkerLife> newer = owed.life(Names.of(worker));
        if (newer.isPresent()) {
            return newer.filter(life -> life.state() instanceof WorkerState.Booting
                            && !life.operation().isEmpty())
                    .map(WorkerLife::operation);
        }
        return worker.getStatus() == null || worker.getStatus().phase() != WorkerPhase.BOOTING
                ? Optional.empty()
                : Optional.ofNullable(worker.getStatus().machine()).map(WorkerMachine::operation);
    }

    private Stream<Worker> in(String account) {
        return workers.objects().filter(worker -> WorkerRecords.account(worker).equals(account));
    }
}
