package dev.shedmaster.kube.pool;

import dev.shedmaster.api.v1alpha1.AzurePlacement;
import dev.shedmaster.api.v1alpha1.Bootstrap;
import dev.shedmaster.api.v1alpha1.JenkinsBinding;
import dev.shedmaster.api.v1alpha1.JenkinsNodeMode;
import dev.shedmaster.api.v1alpha1.Kvm;
import dev.shedmaster.api.v1alpha1.Placement;
import dev.shedmaster.api.v1alpha1.WorkerPoolSpec;
import dev.shedmaster.bootstrap.BootstrapFormat;
import dev.shedmaster.bootstrap.BootstrapTemplates;
import dev.shedmaster.bootstrap.BootstrapValues;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.kube.machine.AzureSettings;
import dev.shedmaster.port.AgentCredentials;
import dev.shedmaster.port.AgentOrder;
import dev.shedmaster.port.MachineOrder;
import dev.shedmaster.port.MachineOwner;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.util.List;
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
        AzurePlacement placement = placement(offering.placement());
        if (placement == null) {
            return Outcome.failed(new PortError.Invalid(
                    "spec.placements", "placement " + offering.placement() + " is no longer part of pool " + name));
        }
        return bootData(owner, credentials)
                .map(data -> new MachineOrder(
                        worker,
                        offering,
                        owner,
                        data,
                        AzureSettings.of(placement, spec.bootstrap().format(), spec.machine())));
    }

    private @Nullable AzurePlacement placement(String placement) {
        return spec.placements().stream()
                .filter(one -> one.name().equals(placement))
                .map(Placement::azure)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private Outcome<String> bootData(MachineOwner owner, AgentCredentials credentials) {
        Bootstrap bootstrap = spec.bootstrap();
        BootstrapFormat format = format(bootstrap);
        BootstrapValues values = new BootstrapValues(
                credentials,
                jenkins.remoteFs(),
                name,
                owner.worker(),
                spec.machine().kvm() == Kvm.REQUIRED,
                Objects.requireNonNullElse(bootstrap.agentImage(), BootstrapValues.DEFAULT_AGENT_IMAGE),
                bootstrap.values());
        return template == null ? templates.render(format, values) : templates.render(format, template, values);
    }

    static BootstrapFormat format(Bootstrap bootstrap) {
        return switch (bootstrap.format()) {
            case IGNITION -> BootstrapFormat.IGNITION;
            case CLOUD_INIT -> BootstrapFormat.CLOUD_INIT;
        };
    }
}
