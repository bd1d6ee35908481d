package dev.shedmaster.machine.azure;

import com.fasterxml.jackson.databind.JsonNode;
import dev.shedmaster.machine.azure.RequestBudget.Urgency;
import dev.shedmaster.port.MachineState;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.time.Instant;
import java.time.InstantSource;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** Reads single machines. */
final class VmReading {
    private final ArmClient arm;
    private final AzureAccount account;
    private final AzureErrorClassifier classifier;
    private final InstantSource clock;

    VmReading(ArmClient arm, AzureAccount account, AzureErrorClassifier classifier, InstantSource clock) {
        this.arm = arm;
        this.account = account;
        this.classifier = classifier;
        this.clock = clock;
    }

    /** The state of a machine, asked for by itself; {@code NotFound} only if two readings agree on it. */
    Outcome<MachineState> inspect(String machine) {
        return inspect(machine, null);
    }

    /** @param known why its creation failed, if that was heard from elsewhere */
    Outcome<MachineState> inspect(String machine, @Nullable PortError known) {
        return withView(machine).map(json -> {
            VmResource found = VmResource.of(json);
            InstanceView view = InstanceView.in(json);
            PortError failure = known != null ? known : failure(found, view);
            return found.state(view.power(), failure);
        });
    }

    /** A machine's resource, without what it is doing now. */
    Outcome<VmResource> read(String machine, Urgency urgency) {
        return get(machine, false, urgency).map(VmResource::of);
    }

    /**
     * The instance view is at times not found although its machine is there, so a machine counts as gone only when it is not
     * found without the view as well.
     */
    private Outcome<JsonNode> withView(String machine) {
        Outcome<JsonNode> first = get(machine, true, Urgency.READ);
        return first instanceof Outcome.Failed<JsonNode>(PortError.NotFound ignored)
                ? get(machine, false, Urgency.READ)
                : first;
    }

    private Outcome<JsonNode> get(String machine, boolean withView, Urgency urgency) {
        HttpUrl url = arm.url(AzureResource.MACHINE.path(account) + "/" + machine, AzureResource.MACHINE.apiVersion());
        if (withView) {
            url = url.newBuilder().addQueryParameter("$expand", "instanceView").build();
        }
        return arm.read(ArmClient.Call.get("get-machine", RequestKind.GET_VM, urgency, url));
    }

    private @Nullable PortError failure(VmResource machine, InstanceView view) {
        Instant now = clock.instant();
        return view.failure()
                .map(failure -> classifier.classify(failure, machine.offering(account.name()), now))
                .orElse(null);
    }
}
