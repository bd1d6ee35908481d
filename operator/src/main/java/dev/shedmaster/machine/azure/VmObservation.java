package dev.shedmaster.machine.azure;

import com.fasterxml.jackson.databind.JsonNode;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.machine.azure.OperationWatch.Progress;
import dev.shedmaster.machine.azure.RequestBudget.Urgency;
import dev.shedmaster.port.MachineOwner;
import dev.shedmaster.port.MachineState;
import dev.shedmaster.port.Nothing;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts together what the list, the operations and the power states tell of all machines of one installation. */
final class VmObservation {
    /** One machine may be asked for only twelve times a minute; what was seen of it counts for this long. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);

    private record Look(MachineState state, Instant at) {}

    private final ArmClient arm;
    private final AzureAccount account;
    private final AzureErrorClassifier classifier;
    private final QuotaLedger ledger;
    private final VmReading reading;
    private final InstantSource clock;
    private final OperationWatch operations;
    private final PowerStates power;
    private final ReentrantLock observing = new ReentrantLock();
    private final Map<String, Look> looks = new ConcurrentHashMap<>();

    VmObservation(
            ArmClient arm,
            AzureAccount account,
            AzureErrorClassifier classifier,
            QuotaLedger ledger,
            VmReading reading,
            InstantSource clock) {
        this.arm = arm;
        this.account = account;
        this.classifier = classifier;
        this.ledger = ledger;
        this.reading = reading;
        this.clock = clock;
        this.operations = new OperationWatch(arm, account.rates(), clock);
        this.power = new PowerStates(arm, account);
    }

    Outcome<Map<String, MachineState>> observe(Map<String, String> followed) {
        observing.lock();
        try {
            return list().map(machines -> states(machines, followed));
        } finally {
            observing.unlock();
        }
    }

    /** Whether the list can be read. Leaves alone what is followed: to observe without it would forget what is known of it. */
    Outcome<Nothing> tryList() {
        observing.lock();
        try {
            return list().map(machines -> Nothing.NOTHING);
        } finally {
            observing.unlock();
        }
    }

    private Outcome<Map<String, VmResource>> list() {
        ArmClient.Call call = ArmClient.Call.get(
                "list-machines",
                AzureResource.MACHINE.list(),
                Urgency.READ,
                arm.url(AzureResource.MACHINE.path(account), AzureResource.MACHINE.apiVersion()));
        return arm.readAll(call, this::ours).map(this::noted);
    }

    private Optional<VmResource> ours(JsonNode json) {
        return OwnerTags.areOurs(json, account.installation()) ? Optional.of(VmResource.of(json)) : Optional.empty();
    }

    private Map<String, VmResource> noted(List<VmResource> list) {
        Map<String, VmResource> ours = HashMap.newHashMap(list.size());
        Map<String, Offering> fleet = HashMap.newHashMap(list.size());
        for (VmResource machine : list) {
            ours.put(machine.name(), machine);
            if (counts(machine)) {
                fleet.put(machine.name(), machine.offering(account.name()));
            }
        }
        ledger.observed(fleet, clock.instant());
        return ours;
    }

    /** Accounts of other namespaces or regions may use the same resource group: the limits of ours are not theirs. */
    private boolean counts(VmResource machine) {
        MachineOwner owner = machine.owner();
        return machine.isIn(account.location()) && (owner == null || account.mayServe(owner.worker()));
    }

    private Map<String, MachineState> states(Map<String, VmResource> listed, Map<String, String> followed) {
        operations.ask(followed, names(listed, VmResource::isCreating), names(listed, VmResource::isSettled));
        power.refresh(listed.values(), clock.instant());
        looks.keySet().removeIf(machine -> !listed.containsKey(machine) && !followed.containsKey(machine));
        Map<String, MachineState> states = new HashMap<>();
        List<String> unclear = new ArrayList<>();
        for (VmResource machine : listed.values()) {
            if (machine.hasFailed()) {
                unclear.add(machine.name());
            } else {
                states.put(machine.name(), machine.state(power.of(machine.name()), null));
            }
        }
        for (String machine : followed.keySet()) {
            if (!listed.containsKey(machine)) {
                if (operations.progress(machine) instanceof Progress.Running) {
                    states.put(machine, unlisted(machine, MachineState.Phase.CREATING, null));
                } else {
                    unclear.add(machine);
                }
            }
        }
        FanOut.map(unclear, this::lookAt)
                .forEach((machine, state) -> state.ifPresent(found -> states.put(machine, found)));
        return Map.copyOf(states);
    }

    private static Set<String> names(Map<String, VmResource> listed, Predicate<VmResource> wanted) {
        return listed.values().stream().filter(wanted).map(VmResource::name).collect(Collectors.toSet());
    }

    /** Asks for one machine of which list and operation do not say enough. */
    private Optional<MachineState> lookAt(String machine) {
        Look before = looks.get(machine);
        Instant now = clock.instant();
        if (before != null && now.isBefore(before.at().plus(LOOK_AGAIN))) {
            return Optional.of(before.state());
        }
        Progress progress = operations.progress(machine);
        PortError failure = progress instanceof Progress.Failed(ArmFailure why) ? classified(machine, why, now) : null;
        return switch (reading.inspect(machine, failure)) {
            case Outcome.Done<MachineState>(MachineState state) -> {
                looks.put(machine, new Look(state, now));
                yield Optional.of(state);
            }
            // Nothing stayed of it, but the creation did fail, and why must be told.
            case Outcome.Failed<MachineState>(PortError.NotFound gone) ->
                failure == null ? Optional.empty() : Optional.of(unlisted(machine, MachineState.Phase.FAILED, failure));
            case Outcome.Failed<MachineState> unanswered ->
                Optional.ofNullable(before).map(Look::state);
        };
    }

    private PortError classified(String machine, ArmFailure why, Instant now) {
        Offering offering = ledger.offering(machine).orElse(null);
        if (offering == null
                && reading.read(machine, Urgency.READ) instanceof Outcome.Done<VmResource>(VmResource found)) {
            offering = found.offering(account.name());
        }
        return classifier.classify(why, offering, now);
    }

    private static MachineState unlisted(String machine, MachineState.Phase phase, @Nullable PortError failure) {
        return new MachineState(machine, phase, failure, null, null);
    }
}
