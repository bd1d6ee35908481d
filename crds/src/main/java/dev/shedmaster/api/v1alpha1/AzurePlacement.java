package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Virtual machines of one Azure subscription that may serve as workers. Sizes and zones are tried in their
 * order.
 */
@ApiRecord
@ValidationRule(
        value = "!self.osDisk.ephemeral || !self.vmSizes.exists(s, " + AzureSizes.LACKS_LOCAL_DISK + ")",
        fieldPath = ".vmSizes",
        messageExpression =
                "'osDisk.ephemeral needs a disk on the host, and size ' + self.vmSizes.filter(s, "
                        + AzureSizes.LACKS_LOCAL_DISK
                        + ")[0] + ' has none (no d behind the number of CPUs): take a size with a d, such as Standard_D8ds_v5, or set osDisk.ephemeral to false'")
@ValidationRule(
        value = "!has(self.osDisk.placement) || self.osDisk.placement != 'NvmeDisk' || !self.vmSizes.exists(s, "
                + AzureSizes.LACKS_NVME + ")",
        fieldPath = ".osDisk.placement",
        messageExpression =
                "'osDisk.placement is NvmeDisk, and size ' + self.vmSizes.filter(s, " + AzureSizes.LACKS_NVME
                        + ")[0] + ' has no local NVMe disk: set osDisk.placement to ResourceDisk, or take sizes of version 6 or later'")
@ValidationRule(
        value = "!has(self.osDisk.placement) || self.osDisk.placement == 'NvmeDisk' || !self.vmSizes.exists(s, "
                + AzureSizes.HAS_ONLY_NVME + ")",
        fieldPath = ".osDisk.placement",
        messageExpression = "'the only local disks of size ' + self.vmSizes.filter(s, " + AzureSizes.HAS_ONLY_NVME
                + ")[0] + ' are NVMe: set osDisk.placement to NvmeDisk, or take sizes of version 5'")
@ValidationRule(
        value = "!has(self.tags) || self.tags.all(k, !k.lowerAscii().startsWith('shedmaster'))",
        fieldPath = ".tags",
        message =
                "names of tags that begin with shedmaster are the operator's own (they say whose a resource is): rename the tag")
@ValidationRule(
        value = "!has(self.tags) || self.tags.all(k, k.matches(r'^[^<>%&?/\\\\]{1,512}$'))",
        fieldPath = ".tags",
        message =
                "Azure takes no tag without a name, with a name of more than 512 characters, or with one of < > % & ? / \\ in it: rename the tag")
@ValidationRule(
        value =
                "!has(self.adminUsername) || !(self.adminUsername in ['root', 'admin', 'administrator', 'user', 'guest', 'test', 'backup', 'console', 'owner', 'server', 'support', 'sys', 'sql', 'adm', 'actuser', 'aspnet', 'david', 'john'])",
        fieldPath = ".adminUsername",
        message = "Azure refuses this name of a user: take another, such as core or azureuser")
public record AzurePlacement(
        @JsonPropertyDescription("The AzureSubscription that pays and whose limits hold.") @Required
        NameReference subscriptionRef,

        @JsonPropertyDescription("Sizes in order of preference. When Azure has no capacity of one, the next is tried.")
        @Required
        @Size(min = 1, max = 10)
        List<@Pattern(Forms.VM_SIZE) @Size(min = 10, max = 64) String> vmSizes,

        @JsonPropertyDescription(
                "Availability zones to try, \"1\" to \"3\". Absent: a regional machine, Azure chooses.")
        @Size(min = 0, max = 3)
        List<@Pattern(Forms.ZONE) @Size(min = 1, max = 1) String> zones,

        @JsonPropertyDescription("Spot: cheaper, may be evicted at any time. OnDemand: never evicted.")
        @Default("OnDemand")
        AzurePriority priority,

        @JsonPropertyDescription("What the machine boots.") @Required
        AzureImage image,

        @JsonPropertyDescription("The disk that the system runs from.") @Default("{}")
        OsDisk osDisk,

        @JsonPropertyDescription(
                "Resource id of the subnet. It needs a way out, such as a NAT gateway, unless publicIp is true.")
        @Required
        @Pattern(Forms.SUBNET_ID)
        @Size(min = 1, max = 512)
        String subnetId,

        @JsonPropertyDescription("Resource id of a network security group for the machine's own interface.")
        @Pattern(Forms.NSG_ID)
        @Size(min = 1, max = 512)
        @Nullable
        String networkSecurityGroupId,

        @JsonPropertyDescription("Whether the machine gets a public address of its own.") @Default("false")
        boolean publicIp,

        @JsonPropertyDescription(
                "Whether the interface bypasses the host's virtual switch. Nearly all sizes can; some demand it.")
        @Default("true")
        Boolean acceleratedNetworking,

        @JsonPropertyDescription("Standard or TrustedLaunch. Absent: what the subscription and the image make of it.")
        @Nullable
        SecurityType securityType,

        @JsonPropertyDescription(
                "Resource ids of user-assigned managed identities. Every job on the worker can act as them: none where untrusted code runs.")
        @Size(min = 0, max = 10)
        List<@Pattern(Forms.IDENTITY_ID) @Size(min = 1, max = 512) String> identities,

        @JsonPropertyDescription(
                "Tags for every resource of the worker, besides the owner tags, which begin with shedmaster.")
        @Size(min = 0, max = 15)
        Map<String, @Size(max = 256) String> tags,

        @JsonPropertyDescription("User that Azure creates. Absent: core with Ignition, azureuser with CloudInit.")
        @Pattern(Forms.ADMIN_USER)
        @Size(min = 1, max = 32)
        @Nullable
        String adminUsername,

        @JsonPropertyDescription("Public key that may log in, for debugging. Absent: nobody can log in.")
        @Pattern(Forms.SSH_PUBLIC_KEY)
        @Size(min = 1, max = 8192)
        @Nullable
        String sshPublicKey) {

    public AzurePlacement {
        vmSizes = Absent.list(vmSizes);
        zones = Absent.list(zones);
        priority = Absent.or(priority, AzurePriority.ON_DEMAND);
        osDisk = Absent.or(osDisk, OsDisk.DEFAULT);
        acceleratedNetworking = Absent.or(acceleratedNetworking, Boolean.TRUE);
        identities = Absent.list(identities);
        tags = Absent.map(tags);
    }
}
