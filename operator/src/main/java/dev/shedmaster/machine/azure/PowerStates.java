package dev.shedmaster.machine.azure;

import com.fasterxml.jackson.databind.JsonNode;
import dev.shedmaster.machine.azure.InstanceView.Power;
import dev.shedmaster.machine.azure.RequestBudget.Urgency;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which machines are powered on. The group's list does not tell; one list of the whole subscription does, if the identity
 * may read it. What it leaves open is asked machine by machine, a part of them each time. A machine that has powered itself
 * off is paid for until it is deleted, so this must not miss one.
 */
final class PowerStates {
    private static final Duration EVERY = Duration.ofSeconds(15);
    private static final Duration ASK_FOR_PERMISSION_AGAIN = Duration.ofMinutes(10);
    private static final int FEW = 25;
    private static final int SWEEP = 8;

    private record Seen(Power power, Instant at) {}

    private record Known(String machine, Power power) {}

    private final ArmClient arm;
    private final AzureAccount account;
    private final Map<String, Seen> seen = new HashMap<>();
    private final String prefix;
    private Instant next = Instant.MIN;
    private Instant forbiddenUntil = Instant.MIN;

    PowerStates(ArmClient arm, AzureAccount account) {
        this.arm = arm;
        this.account = account;
        this.prefix = AzureResource.MACHINE.path(account).toLowerCase(Locale.ROOT) + "/";
    }

    /** What is known of the machine's power. */
    Power of(String machine) {
        Seen last = seen.get(machine);
        return last == null ? Power.UNKNOWN : last.power();
    }

    /** Reads the power of these machines, if it is time. A failure leaves what is known. */
    void refresh(Collection<VmResource> machines, Instant now) {
        if (!now.isBefore(next)) {
            next = now.plus(EVERY);
            readPower(machines, now);
        }
        // Azure shows some machines as stopped before their first start: that is nothing to remember them by.
        machines.stream()
                .filter(VmResource::isCreating)
                .map(VmResource::name)
                .filter(name -> of(name) == Power.OFF)
                .forEach(seen::remove);
    }

    private void readPower(Collection<VmResource> machines, Instant now) {
        seen.keySet().retainAll(machines.stream().map(VmResource::name).collect(Collectors.toSet()));
        if (machines.isEmpty()) {
            return;
        }
        if (!now.isBefore(forbiddenUntil)) {
            readTogether(now);
        }
        List<VmResource> open = machines.stream()
                .filter(machine -> !machine.isCreating() && !isKnownSince(machine.name(), now))
                .sorted(Comparator.comparing(machine -> lastSeen(machine.name())))
                .limit(Math.max(FEW, machines.size() / SWEEP))
                .toList();
        FanOut.map(open, this::readOne).forEach((machine, power) -> seen.put(machine.name(), new Seen(power, now)));
    }

    private void readTogether(Instant now) {
        ArmClient.Call call = ArmClient.Call.get(
                "list-power",
                RequestKind.LIST_VMS,
                Urgency.READ,
                arm.url(account.computePath() + "/virtualMachines", AzureResource.MACHINE.apiVersion())
                        .newBuilder()
                        .addQueryParameter("statusOnly", "true")
                        .build());
        switch (arm.readAll(call, this::known)) {
            case Outcome.Done<List<Known>>(List<Known> list) ->
                list.forEach(known -> seen.put(known.machine(), new Seen(known.power(), now)));
            case Outcome.Failed<List<Known>>(PortError error) -> {
                if (error instanceof PortError.Unauthorized) {
                    // A role on the resource group alone is enough: then each machine is asked.
                    forbiddenUntil = now.plus(ASK_FOR_PERMISSION_AGAIN);
                }
            }
        }
    }

    private Optional<Known> known(JsonNode item) {
        String id = item.path("id").asText("").toLowerCase(Locale.ROOT);
        Power power = InstanceView.in(item).power();
        return id.startsWith(prefix) && power != Power.UNKNOWN
                ? Optional.of(new Known(id.substring(prefix.length()), power))
                : Optional.empty();
    }

    private Power readOne(VmResource machine) {
        ArmClient.Call call = ArmClient.Call.get(
                "get-power",
                RequestKind.GET_VM,
                Urgency.READ,
                arm.url(
                        AzureResource.MACHINE.path(account) + "/" + machine.name() + "/instanceView",
                        AzureResource.MACHINE.apiVersion()));
        return arm.read(call) instanceof Outcome.Done<JsonNode>(JsonNode view)
                ? new InstanceView(view).power()
                : of(machine.name());
    }

    private boolean isKnownSince(String machine, Instant now) {
        Seen last = seen.get(machine);
        return last != null && last.at().equals(now) && last.power() != Power.UNKNOWN;
    }

    private Instant lastSeen(String machine) {
        Seen last = seen.get(machine);
        return last == null ? Instant.MIN : last.at();
    }
}
