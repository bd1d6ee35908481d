package dev.shedmaster.kube.pool;

import dev.shedmaster.api.v1alpha1.Bootstrap;
import dev.shedmaster.api.v1alpha1.JenkinsBinding;
import dev.shedmaster.api.v1alpha1.JenkinsNodeMode;
import dev.shedmaster.api.v1alpha1.Kvm;
import dev.shedmaster.api.v1alpha1.Placement;
import dev.shedmaster.api.v1alpha1.WorkerPoolSpec;
import dev.shedmaster.bootstrap.BootstrapFormat;
import dev.shedmaster.bootstrap.BootstrapTemplates;
import dev.shedmaster.bootstrap.BootstrapValues;
import dev.shedmaster.core.placement.HostSlot;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.core.slot.Isolation;
import dev.shedmaster.kube.machine.AzureSettings;
import dev.shedmaster.kube.machine.HostNeed;
import dev.shedmaster.kube.machine.HostSettings;
import dev.shedmaster.port.AgentCredentials;
import dev.shedmaster.port.AgentOrder;
import dev.shedmaster.port.MachineOrder;
import dev.shedmaster.port.MachineOwner;
import dev.shedmaster.port.MachineSettings;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The blueprint of a pool whose jobs come from Jenkins.
 *
 * @param name the pool's {@code namespace/name}
 * @param jenkins the spec's {@code ci.jenkins}
 * @param template the user's own bootstrap template, null for the built-in one
 */
record SpecBlueprint(
        String name,
        String source,
        WorkerPoolSpec spec,
        JenkinsBinding jenkins,
        @Nullable String template,
        List<Offering> ladder,
        Map<String, HostNeed> hostNeeds,
        String templateHash,
        BootstrapTemplates templates)
        implements PoolBlueprint {

    @Override
    public AgentOrder agentOrder(String worker, MachineOwner owner) {
        return new AgentOrder(
                worker,
                jenkins.labels(),
                jenkins.executors(),
                jenkins.mode() == JenkinsNodeMode.EXCLUSIVE,
                jenkins.remoteFs(),
                "Shedmaster's worker of pool " + name,
                owner);
    }

    @Override
    public Outcome<MachineOrder> machineOrder(
            String worker, Offering offering, MachineOwner owner, AgentCredentials credentials) {
        Placement placement = spec.placements().stream()
                .filter(one -> one.name().equals(offering.placement()))
                .findFirst()
                .orElse(null);
        BootstrapFormat format = format(offering);
        MachineSettings settings = placement == null ? null : settings(placement, offering, format);
        if (settings == null) {
            return Outcome.failed(new PortError.Invalid(
                    "spec.placements", "placement " + offering.placement() + " is no longer part of pool " + name));
        }
        return bootData(format, owner, credentials)
                .map(data -> new MachineOrder(worker, offering, owner, data, settings));
    }

    /** What reads the boot data: a container has no first boot of its own, whatever the pool's machines boot by. */
    private BootstrapFormat format(Offering offering) {
        HostSlot slot = offering.slot();
        return slot != null && slot.site() != null && slot.site().isolation() == Isolation.CONTAINER
                ? BootstrapFormat.CONTAINER
                : format(spec.bootstrap());
    }

    /** Null if the placement has become one of another kind. */
    private @Nullable MachineSettings settings(Placement placement, Offering offering, BootstrapFormat format) {
        if (offering.slot() != null) {
            return placement.hosts() == null
                    ? null
                    : HostSettings.of(placement.hosts(), format, spec.machine(), jenkins.remoteFs());
        }
        return placement.azure() == null
                ? null
                : AzureSettings.of(placement.azure(), spec.bootstrap().format(), spec.machine());
    }

    private Outcome<String> bootData(BootstrapFormat format, MachineOwner owner, AgentCredentials credentials) {
        Bootstrap bootstrap = spec.bootstrap();
        BootstrapValues values = new BootstrapValues(
                credentials,
                jenkins.remoteFs(),
                name,
                owner.worker(),
                spec.machine().kvm() == Kvm.REQUIRED,
                Objects.requireNonNullElse(bootstrap.agentImage(), BootstrapValues.DEFAULT_AGENT_IMAGE),
                bootstrap.values());
        return template == null || format == BootstrapFormat.CONTAINER
                ? templates.render(format, values)
                : templates.render(format, template, values);
    }

    static BootstrapFormat format(Bootstrap bootstrap) {
        return switch (bootstrap.format()) {
            case IGNITION -> BootstrapFormat.IGNITION;
            case CLOUD_INIT -> BootstrapFormat.CLOUD_INIT;
        };
    }
}
