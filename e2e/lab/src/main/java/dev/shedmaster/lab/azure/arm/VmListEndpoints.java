package dev.shedmaster.lab.azure.arm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shedmaster.lab.azure.estate.Estate;
import dev.shedmaster.lab.azure.estate.PowerState;
import dev.shedmaster.lab.azure.estate.ProvisioningState;
import dev.shedmaster.lab.azure.estate.VirtualMachine;
import dev.shedmaster.lab.azure.fault.ArmError;
import dev.shedmaster.lab.azure.fault.FaultBoard;
import dev.shedmaster.lab.azure.fault.FaultEffect;
import dev.shedmaster.lab.http.LabAnswer;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;

/** The lists of machines: of a resource group, of the subscription, of a region; in pages. */
final class VmListEndpoints {
    private final Estate estate;
    private final FaultBoard faults;
    private final URI base;
    private final Duration usualLag;
    private final int pageSize;

    VmListEndpoints(Estate estate, FaultBoard faults, URI base, Duration usualLag, int pageSize) {
        this.estate = estate;
        this.faults = faults;
        this.base = base;
        this.usualLag = usualLag;
        this.pageSize = pageSize;
    }

    LabAnswer inGroup(ArmCall call) {
        if (call.request().parameter("$filter").isPresent()) {
            throw ArmError.of(
                            400,
                            "InvalidParameter",
                            "The only filter is 'virtualMachineScaleSet/id' eq '<id>', and the lab's Azure has no scale sets. There is no"
                                    + " filter by tag.",
                            "$filter")
                    .refusal();
        }
        String group = call.route().key().resourceGroup();
        return page(call, machine -> machine.key().resourceGroup().equals(group));
    }

    LabAnswer all(ArmCall call) {
        return page(call, _ -> true);
    }

    LabAnswer inLocation(ArmCall call) {
        String location = call.route().location();
        return page(call, machine -> machine.location().equals(location));
    }

    private LabAnswer page(ArmCall call, Predicate<VirtualMachine> wanted) {
        long after = call.request()
                .parameter("$skiptoken")
                .map(VmListEndpoints::sequence)
                .orElse(0L);
        Duration lag = faults.strike(FaultEffect.ListLag.class, call.facts())
                .map(FaultEffect.ListLag::by)
                .filter(longer -> longer.compareTo(usualLag) > 0)
                .orElse(usualLag);
        boolean statusOnly = call.request().flag("statusOnly");
        boolean stopped = statusOnly
                && faults.strike(FaultEffect.ShowStoppedBeforeStart.class, call.facts())
                        .isPresent();
        return estate.locked(() -> {
            List<VirtualMachine> found = estate.listed(lag, after)
                    .filter(wanted)
                    .limit(pageSize + 1L)
                    .toList();
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            ArrayNode value = body.putArray("value");
            found.stream().limit(pageSize).forEach(machine -> value.add(entry(machine, statusOnly, stopped)));
            if (found.size() > pageSize) {
                body.put("nextLink", nextLink(call, found.get(pageSize - 1).sequence()));
            }
            return LabAnswer.json(200, body);
        });
    }

    private static ObjectNode entry(VirtualMachine machine, boolean statusOnly, boolean stoppedBeforeStart) {
        ObjectNode shown = VmJson.of(machine);
        shown.put("id", VmJson.loudId(machine.id()));
        if (statusOnly) {
            PowerState power = stoppedBeforeStart && machine.provisioning() == ProvisioningState.CREATING
                    ? PowerState.STOPPED
                    : machine.power();
            shown.withObject("properties").putObject("instanceView").set("statuses", VmJson.statuses(machine, power));
        }
        return shown;
    }

    private String nextLink(ArmCall call, long sequence) {
        String token = Base64.getEncoder().encodeToString(("after:" + sequence).getBytes(StandardCharsets.UTF_8));
        String statusOnly = call.request().flag("statusOnly") ? "&statusOnly=true" : "";
        return base + call.request().path().replace(" ", "%20") + "?api-version=" + call.apiVersion() + statusOnly
                + "&$skiptoken=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
    }

    private static long sequence(String token) {
        try {
            String text = new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
            return Long.parseLong(text.substring("after:".length()));
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException broken) {
            throw ArmError.of(400, "InvalidParameter", "The $skiptoken '" + token + "' is not valid.", "$skiptoken")
                    .refusal();
        }
    }
}
