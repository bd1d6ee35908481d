package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a pool is for: whom it serves, what a worker is, where it may run and how far it may scale.
 */
@ApiRecord
@ValidationRule(
        value =
                "self.machine.kvm != 'Required' || self.machine.architecture != 'arm64' || !self.placements.exists(p, has(p.azure))",
        fieldPath = ".machine.kvm",
        message =
                "Azure's Arm machines have no nested virtualisation, so arm64 workers there cannot have KVM: set machine.kvm to Unneeded, or machine.architecture to amd64")
@ValidationRule(
        value =
                "self.machine.kvm != 'Required' || self.machine.architecture != 'arm64' || !self.placements.exists(p, has(p.hosts) && p.hosts.isolation == 'VirtualMachine')",
        fieldPath = ".placements",
        message =
                "machine.kvm is Required, and a virtual machine on an arm64 host cannot have KVM: its processors (Neoverse N1) have no nested virtualisation. Set hosts.isolation to Container, where jobs get the host's own KVM, or machine.kvm to Unneeded")
@ValidationRule(
        value = "self.machine.kvm != 'Required' || self.machine.architecture != 'amd64' || !" + AzureSizes.POOL_HAS
                + AzureSizes.CANNOT_NEST + "))",
        fieldPath = ".placements",
        messageExpression =
                "'machine.kvm is Required, but size ' + " + AzureSizes.OF_PLACEMENTS_WITH + AzureSizes.CANNOT_NEST
                        + "), p.azure.vmSizes.filter(s, " + AzureSizes.CANNOT_NEST + ")[0])[0] + ' of placement ' + "
                        + AzureSizes.OF_PLACEMENTS_WITH + AzureSizes.CANNOT_NEST
                        + "), p.name)[0] + ' has no nested virtualisation: take a size such as Standard_D8ds_v5, or set machine.kvm to Unneeded'")
@ValidationRule(
        value = "self.machine.architecture != 'amd64' || !" + AzureSizes.POOL_HAS + AzureSizes.IS_ARM + "))",
        fieldPath = ".placements",
        messageExpression =
                "'machine.architecture is amd64, but size ' + " + AzureSizes.OF_PLACEMENTS_WITH + AzureSizes.IS_ARM
                        + "), p.azure.vmSizes.filter(s, " + AzureSizes.IS_ARM + ")[0])[0] + ' of placement ' + "
                        + AzureSizes.OF_PLACEMENTS_WITH + AzureSizes.IS_ARM
                        + "), p.name)[0] + ' is Arm (a p behind the number of CPUs): take a size such as Standard_D8ds_v5, or set machine.architecture to arm64'")
@ValidationRule(
        value = "self.machine.architecture != 'arm64' || !" + AzureSizes.POOL_HAS + AzureSizes.IS_AMD64 + "))",
        fieldPath = ".placements",
        messageExpression =
                "'machine.architecture is arm64, but size ' + " + AzureSizes.OF_PLACEMENTS_WITH + AzureSizes.IS_AMD64
                        + "), p.azure.vmSizes.filter(s, " + AzureSizes.IS_AMD64 + ")[0])[0] + ' of placement ' + "
                        + AzureSizes.OF_PLACEMENTS_WITH + AzureSizes.IS_AMD64
                        + "), p.name)[0] + ' is amd64 (no p behind the number of CPUs): take a size such as Standard_D8pds_v6, or set machine.architecture to amd64'")
@ValidationRule(
        value = "!self.placements.exists(p, " + SystemDisks.TOO_SMALL + ")",
        fieldPath = ".placements",
        messageExpression =
                "'machine.disk promises jobs ' + self.machine.disk + ' of free space, but osDisk.size of placement ' + self.placements.map(p, "
                        + SystemDisks.TOO_SMALL
                        + ", p.name)[0] + ' has no room for that, a tenth and 8Gi more: raise osDisk.size, remove it, or lower machine.disk'")
@ValidationRule(
        value =
                "self.bootstrap.format != 'CloudInit' || !self.placements.exists(p, has(p.azure) && has(p.azure.image.marketplace) && p.azure.image.marketplace.publisher.lowerAscii() == 'kinvolk')",
        fieldPath = ".bootstrap.format",
        message =
                "a placement boots Flatcar (publisher kinvolk), which reads Ignition: set bootstrap.format to Ignition, or take an image that reads cloud-init")
@ValidationRule(
        value =
                "self.bootstrap.format != 'Ignition' || !self.placements.exists(p, has(p.azure) && has(p.azure.image.marketplace) && p.azure.image.marketplace.publisher.lowerAscii() == 'canonical')",
        fieldPath = ".bootstrap.format",
        message =
                "a placement boots Ubuntu (publisher Canonical), which reads cloud-init: set bootstrap.format to CloudInit, or take a Flatcar image")
@ValidationRule(
        value =
                "self.bootstrap.format != 'Ignition' || self.placements.all(p, !has(p.azure) || !has(p.azure.securityType) || p.azure.securityType != 'TrustedLaunch')",
        fieldPath = ".placements",
        message =
                "images that read Ignition (Flatcar) are not supported with securityType TrustedLaunch on Azure: set securityType to Standard, or bootstrap.format to CloudInit with an image that supports it")
@ValidationRule(
        value =
                "self.machine.architecture != 'amd64' || !self.placements.exists(p, has(p.azure) && has(p.azure.image.marketplace) && p.azure.image.marketplace.offer == 'flatcar-container-linux-corevm')",
        fieldPath = ".placements",
        message =
                "offer flatcar-container-linux-corevm is Flatcar for arm64, but machine.architecture is amd64: take offer flatcar-container-linux-corevm-amd64")
@ValidationRule(
        value =
                "self.machine.architecture != 'arm64' || !self.placements.exists(p, has(p.azure) && has(p.azure.image.marketplace) && p.azure.image.marketplace.offer == 'flatcar-container-linux-corevm-amd64')",
        fieldPath = ".placements",
        message =
                "offer flatcar-container-linux-corevm-amd64 is Flatcar for amd64, but machine.architecture is arm64: take offer flatcar-container-linux-corevm")
@ValidationRule(
        value =
                "!has(self.lifecycle.maxJobs) || !has(self.ci.jenkins) || self.lifecycle.maxJobs >= self.ci.jenkins.executors",
        fieldPath = ".lifecycle.maxJobs",
        message =
                "lifecycle.maxJobs must be at least ci.jenkins.executors, because a worker takes as many jobs at once as it has executors: raise maxJobs, or lower ci.jenkins.executors")
@ValidationRule(
        value =
                "has(self.trustZone) == has(oldSelf.trustZone) && (!has(self.trustZone) || self.trustZone == oldSelf.trustZone)",
        fieldPath = ".trustZone",
        message =
                "trustZone cannot be changed: workers of the old zone would take jobs of the new one. Make another pool with the new zone and delete this one")
public record WorkerPoolSpec(
        @JsonPropertyDescription("Which CI system the workers serve. Exactly one member.") @Required
        CiBinding ci,

        @JsonPropertyDescription("What a worker must have.") @Required
        MachineRequirements machine,

        @JsonPropertyDescription("The ways to get a machine, tried in this order, worker by worker.")
        @Required
        @Size(min = 1, max = 8)
        List<Placement> placements,

        @JsonPropertyDescription("How a machine becomes a worker at its first boot.") @Default("{}")
        Bootstrap bootstrap,

        @JsonPropertyDescription("How many workers there may be, and when.") @Required
        Scaling scaling,

        @JsonPropertyDescription("How long a worker may live and how long its steps may take.") @Default("{}")
        Lifecycle lifecycle,

        @JsonPropertyDescription(
                "Name of the trust zone of the jobs. A machine never serves two zones in one life. Cannot be changed.")
        @Pattern(Forms.DNS_LABEL)
        @Size(min = 1, max = 63)
        @Nullable
        String trustZone) {

    public WorkerPoolSpec {
        placements = Absent.list(placements);
        bootstrap = Absent.or(bootstrap, Bootstrap.DEFAULT);
        lifecycle = Absent.or(lifecycle, Lifecycle.DEFAULT);
    }
}
