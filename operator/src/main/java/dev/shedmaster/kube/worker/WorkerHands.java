package dev.shedmaster.kube.worker;

import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.core.worker.Refusal;
import dev.shedmaster.core.worker.WorkerAnswer;
import dev.shedmaster.core.worker.WorkerEffect;
import dev.shedmaster.kube.ci.CiLink;
import dev.shedmaster.kube.fleet.FleetMemory;
import dev.shedmaster.kube.machine.MachineLink;
import dev.shedmaster.kube.pool.PoolBlueprint;
import dev.shedmaster.port.AcceptedMachine;
import dev.shedmaster.port.AgentCredentials;
import dev.shedmaster.port.MachineOrder;
import dev.shedmaster.port.MachineOwner;
import dev.shedmaster.port.Nothing;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.util.List;
import java.util.function.Supplier;

/** Does what a worker's life asks for, through the ports. */
final class WorkerHands {
    private final WorkerSurroundings surroundings;
    private final FleetMemory memory;
    private final Retirement retirement;

    WorkerHands(WorkerSurroundings surroundings, FleetMemory memory, Retirement retirement) {
        this.surroundings = surroundings;
        this.memory = memory;
        this.retirement = retirement;
    }

    /** Performs the effects in order and stops at the first that fails. */
    Performed perform(Worker worker, Offering offering, List<WorkerEffect> effects) {
        Performed performed = Performed.NOTHING;
        for (WorkerEffect effect : effects) {
            performed = perform(worker, offering, effect, performed);
            if (performed.trouble() != null) {
                return performed;
            }
        }
        return performed;
    }

    private Performed perform(Worker worker, Offering offering, WorkerEffect effect, Performed before) {
        String name = worker.getMetadata().getName();
        return switch (effect) {
            case WorkerEffect.AskForMachine ask -> {
                Performed asked = asked(ask(worker, ask.offering()), before);
                surroundings.asked(worker, asked);
                yield asked;
            }
            case WorkerEffect.LookAtMachine look -> learned(before, () -> machine(offering, link -> link.look(name)));
            case WorkerEffect.DeleteMachine delete ->
                learned(before, () -> machine(offering, link -> link.delete(name)));
            case WorkerEffect.LookAtAgent look -> learned(before, () -> agent(worker, link -> link.look(name)));
            case WorkerEffect.AcceptAgain again -> learned(before, () -> agent(worker, link -> link.acceptAgain(name)));
            case WorkerEffect.StopAccepting stop ->
                learned(before, () -> agent(worker, link -> link.stopAccepting(name, stop.why())));
            case WorkerEffect.RemoveAgent remove -> learned(before, () -> agent(worker, link -> link.remove(name)));
            case WorkerEffect.Retire retire -> {
                retirement.retire(worker, retire.why());
                yield before;
            }
            case WorkerEffect.Forget forget -> before.andForgotten();
        };
    }

    private interface Call<L> {
        Outcome<Nothing> on(L link);
    }

    private Outcome<Nothing> machine(Offering offering, Call<MachineLink> call) {
        return surroundings
                .machines(offering.account())
                .map(call::on)
                .orElseGet(() -> Outcome.failed(notConnected(offering)));
    }

    private Outcome<Nothing> agent(Worker worker, Call<CiLink> call) {
        return surroundings.ci(worker).map(call::on).orElseGet(() -> Outcome.failed(notConnected(worker)));
    }

    private static Performed learned(Performed before, Supplier<Outcome<Nothing>> call) {
        return switch (call.get()) {
            case Outcome.Done<Nothing> done -> before.andLearned();
            case Outcome.Failed<Nothing> failed -> before.andFailed(failed.error());
        };
    }

    private record Asked(WorkerAnswer answer, Outcome<AcceptedMachine> outcome) {}

    private static Performed asked(Asked asked, Performed before) {
        return before.andAnswered(
                asked.answer, asked.outcome instanceof Outcome.Failed<AcceptedMachine> failed ? failed.error() : null);
    }

    private Asked ask(Worker worker, Offering offering) {
        PoolBlueprint pool = surroundings.blueprint(worker).orElse(null);
        CiLink ci = surroundings.ci(worker).orElse(null);
        if (pool == null || ci == null) {
            return enrolmentRefused(notConnected(worker));
        }
        MachineOwner owner = surroundings.owner(worker);
        return switch (ci.enrol(pool.agentOrder(worker.getMetadata().getName(), owner))) {
            case Outcome.Failed<AgentCredentials> failed -> enrolmentRefused(failed.error());
            case Outcome.Done<AgentCredentials> done -> create(worker, pool, offering, owner, done.value());
        };
    }

    private Asked create(
            Worker worker, PoolBlueprint pool, Offering offering, MachineOwner owner, AgentCredentials credentials) {
        String name = worker.getMetadata().getName();
        MachineLink machines = surroundings.machines(offering.account()).orElse(null);
        if (machines == null) {
            // Whether the account serves us is told by those who open the connection.
            PortError missing = notConnected(offering);
            return new Asked(new WorkerAnswer.MachineRefused(Refusals.of(missing)), Outcome.failed(missing));
        }
        Outcome<MachineOrder> order = pool.machineOrder(name, offering, owner, credentials);
        if (order instanceof Outcome.Failed<MachineOrder>(PortError error)) {
            return new Asked(new WorkerAnswer.NotOrdered(Refusals.of(error)), Outcome.failed(error));
        }
        boolean isFirst = surroundings.unasked().remove(name);
        Outcome<AcceptedMachine> outcome =
                order.map(made -> isFirst ? made.asFirst() : made).then(machines::create);
        return switch (outcome) {
            case Outcome.Done<AcceptedMachine> done ->
                new Asked(
                        new WorkerAnswer.Accepted(
                                done.value().id(), done.value().operation()),
                        outcome);
            case Outcome.Failed<AcceptedMachine> failed -> {
                Refusal refusal = Refusals.of(failed.error());
                if (refusal.leavesNothing() || (isFirst && refusal.isWithoutEffect())) {
                    surroundings.unasked().add(name);
                }
                if (!(failed.error() instanceof PortError.AlreadyExists)) {
                    // That a name is taken says nothing of others.
                    memory.learn(refusal, offering, pool.templateHash());
                }
                yield new Asked(new WorkerAnswer.MachineRefused(refusal), outcome);
            }
        };
    }

    private static Asked enrolmentRefused(PortError error) {
        return new Asked(new WorkerAnswer.EnrolmentRefused(Refusals.of(error)), Outcome.failed(error));
    }

    private static PortError notConnected(Offering offering) {
        return new PortError.Unauthorized(
                offering.giver() + " cannot be used now; see whether it exists, and its status");
    }

    private static PortError notConnected(Worker worker) {
        return new PortError.Unauthorized(
                "the CI system of " + worker.getMetadata().getName()
                        + " or its pool cannot be used now; see whether they exist, and their status");
    }
}
