package dev.shedmaster.machine.azure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shedmaster.core.worker.Refusal;
import dev.shedmaster.http.ApiAnswer;
import dev.shedmaster.machine.azure.RequestBudget.Urgency;
import dev.shedmaster.port.AcceptedMachine;
import dev.shedmaster.port.MachineOrder;
import dev.shedmaster.port.MachineOwner;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Asks for machines, each by one call that creates and never changes. */
final class VmCreation {
    /** Who is told to ask later has done so by then, after twice that time. */
    private static final Duration ASKED_AGAIN_WITHIN = Duration.ofMinutes(1);

    private static final Duration AFTER_START = Duration.ofSeconds(3);

    private final ArmClient arm;
    private final AzureAccount account;
    private final AzureErrorClassifier classifier;
    private final QuotaLedger ledger;
    private final UsageReading usages;
    private final VmReading reading;
    private final VmBody bodies;
    private final InstantSource clock;

    VmCreation(
            ArmClient arm,
            AzureAccount account,
            AzureErrorClassifier classifier,
            QuotaLedger ledger,
            UsageReading usages,
            VmReading reading,
            InstantSource clock) {
        this.arm = arm;
        this.account = account;
        this.classifier = classifier;
        this.ledger = ledger;
        this.usages = usages;
        this.reading = reading;
        ThrowawayKey key = new ThrowawayKey();
        // A second of arithmetic: ahead of the first machine, which should not wait for it, and after the start.
        CompletableFuture.delayedExecutor(AFTER_START.toSeconds(), TimeUnit.SECONDS)
                .execute(key::line);
        this.bodies = new VmBody(account.location(), key);
        this.clock = clock;
    }

    Outcome<AcceptedMachine> create(MachineOrder order) {
        if (!(order.settings() instanceof AzureVmSettings settings)) {
            return Outcome.failed(
                    new PortError.Invalid("placements", "placements: the order is for another provider than Azure"));
        }
        if (!order.owner().installation().equals(account.installation())) {
            return Outcome.failed(new PortError.Invalid(
                    "installation", "installation: the order is of another installation than the account"));
        }
        return bodies.of(order, settings, clock.instant()).then(body -> reserved(order, body));
    }

    private Outcome<AcceptedMachine> reserved(MachineOrder order, ObjectNode body) {
        Optional<PortError.QuotaExceeded> refusal = reserve(order);
        if (refusal.isPresent()) {
            // Its cores may be the ones that fill the quota: an earlier call may have made it.
            return order.first()
                    ? Outcome.failed(refusal.get())
                    : existing(order, missing -> Outcome.failed(refusal.get()));
        }
        Outcome<AcceptedMachine> outcome = put(order, body);
        switch (outcome) {
            case Outcome.Done<AcceptedMachine> accepted -> ledger.settle(order.name(), clock.instant());
            case Outcome.Failed<AcceptedMachine>(PortError error) -> failed(order.name(), error, clock.instant());
        }
        return outcome;
    }

    /** What may be there keeps its room, as does what is asked for again here: after a long wait or a refusal nobody does. */
    private void failed(String machine, PortError error, Instant now) {
        if (error.leavesNothing()) {
            ledger.release(machine);
            return;
        }
        switch (error) {
            case PortError.Later later
            when later.retryAfter().compareTo(Refusal.LONG) < 0 ->
                ledger.keep(
                        machine, now.plus(later.retryAfter().multipliedBy(2)).plus(ASKED_AGAIN_WITHIN));
            case PortError.HeldBack held ->
                ledger.keep(machine, now.plus(held.retryAfter()).plus(ASKED_AGAIN_WITHIN));
            case PortError.Throttled throttled -> ledger.keep(machine, now);
            case PortError.Unauthorized refused -> ledger.keep(machine, now);
            default -> ledger.doubt(machine, now);
        }
    }

    private Optional<PortError.QuotaExceeded> reserve(MachineOrder order) {
        Optional<PortError.QuotaExceeded> refusal = ledger.reserve(order.name(), order.offering(), clock.instant());
        if (refusal.isEmpty()) {
            return refusal;
        }
        // Machines of ours or of others may have gone since the quotas were read.
        usages.refreshUnlessFresh();
        return ledger.reserve(order.name(), order.offering(), clock.instant());
    }

    private Outcome<AcceptedMachine> put(MachineOrder order, ObjectNode body) {
        String path = AzureResource.MACHINE.path(account) + "/" + order.name();
        ArmClient.Call call = ArmClient.Call.create(
                "create-machine", RequestKind.PUT_VM, arm.url(path, AzureResource.MACHINE.apiVersion()), body);
        return arm.send(call).then(answer -> answer.isSuccess() ? accepted(path, answer) : refused(order, answer));
    }

    private static Outcome<AcceptedMachine> accepted(String path, ApiAnswer answer) {
        String operation = answer.headers().get("Azure-AsyncOperation");
        String location = answer.headers().get("Location");
        String follow = operation != null ? operation : location != null ? location : "";
        return Outcome.done(
                new AcceptedMachine(Json.read(answer.body()).path("id").asText(path), follow));
    }

    private Outcome<AcceptedMachine> refused(MachineOrder order, ApiAnswer answer) {
        Instant now = clock.instant();
        PortError error = classifier.classify(ArmFailure.of(answer, now), order.offering(), now);
        return error instanceof PortError.AlreadyExists
                ? existing(
                        order,
                        gone -> Outcome.failed(new PortError.Transient(order.name()
                                + " was there a moment ago and is gone: it is being deleted, or lists lag")))
                : Outcome.failed(error);
    }

    /** The machine of that name: of this very order, whose first answer was lost, or somebody else's. */
    private Outcome<AcceptedMachine> existing(
            MachineOrder order, Function<PortError.NotFound, Outcome<AcceptedMachine>> ifMissing) {
        Outcome<VmResource> read = reading.read(order.name(), Urgency.CREATE);
        return switch (read) {
            case Outcome.Done<VmResource>(VmResource found) ->
                isOf(order.owner(), found.owner())
                        ? Outcome.done(new AcceptedMachine(found.id(), ""))
                        : Outcome.failed(new PortError.AlreadyExists("a machine named " + order.name()
                                + " is in resource group " + account.resourceGroup()
                                + " and is not of this Worker: nothing was changed"));
            case Outcome.Failed<VmResource>(PortError.NotFound missing) -> ifMissing.apply(missing);
            case Outcome.Failed<VmResource>(PortError error) ->
                // Whatever kept us from reading it, it may be there: only what may have had an effect says so.
                Outcome.failed(new PortError.Transient(
                        order.name() + " may be there, and whose it is cannot be read: " + error.message()));
        };
    }

    private static boolean isOf(MachineOwner wanted, @Nullable MachineOwner found) {
        return found != null
                && found.installation().equals(wanted.installation())
                && found.workerUid().equals(wanted.workerUid());
    }
}
