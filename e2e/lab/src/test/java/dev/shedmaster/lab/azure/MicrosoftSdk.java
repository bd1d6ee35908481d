package dev.shedmaster.lab.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.core.http.policy.RetryOptions;
import com.azure.core.http.policy.RetryPolicy;
import com.azure.core.management.AzureEnvironment;
import com.azure.core.management.SubResource;
import com.azure.core.management.profile.AzureProfile;
import com.azure.resourcemanager.compute.ComputeManager;
import com.azure.resourcemanager.compute.fluent.ComputeManagementClient;
import com.azure.resourcemanager.compute.fluent.models.VirtualMachineInner;
import com.azure.resourcemanager.compute.models.BootDiagnostics;
import com.azure.resourcemanager.compute.models.CachingTypes;
import com.azure.resourcemanager.compute.models.DeleteOptions;
import com.azure.resourcemanager.compute.models.DiagnosticsProfile;
import com.azure.resourcemanager.compute.models.DiffDiskOptions;
import com.azure.resourcemanager.compute.models.DiffDiskPlacement;
import com.azure.resourcemanager.compute.models.DiffDiskSettings;
import com.azure.resourcemanager.compute.models.DiskCreateOptionTypes;
import com.azure.resourcemanager.compute.models.DiskDeleteOptionTypes;
import com.azure.resourcemanager.compute.models.HardwareProfile;
import com.azure.resourcemanager.compute.models.ImageReference;
import com.azure.resourcemanager.compute.models.LinuxConfiguration;
import com.azure.resourcemanager.compute.models.NetworkApiVersion;
import com.azure.resourcemanager.compute.models.NetworkProfile;
import com.azure.resourcemanager.compute.models.OSDisk;
import com.azure.resourcemanager.compute.models.OSProfile;
import com.azure.resourcemanager.compute.models.SshConfiguration;
import com.azure.resourcemanager.compute.models.SshPublicKey;
import com.azure.resourcemanager.compute.models.StorageProfile;
import com.azure.resourcemanager.compute.models.VirtualMachineNetworkInterfaceConfiguration;
import com.azure.resourcemanager.compute.models.VirtualMachineNetworkInterfaceIpConfiguration;
import com.azure.resourcemanager.compute.models.VirtualMachineSizeTypes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Microsoft's client for the stand-in, and a machine in its own terms. */
final class MicrosoftSdk {
    private MicrosoftSdk() {}

    /** A pipeline of our own, since the client refuses token credentials over plain HTTP. */
    static ComputeManagementClient client(AzureStandIn azure) {
        HttpPipelinePolicy authorization = (context, next) -> {
            context.getHttpRequest().setHeader(HttpHeaderName.AUTHORIZATION, "Bearer " + azure.token());
            return next.process();
        };
        HttpPipeline pipeline = new HttpPipelineBuilder()
                .httpClient(new JdkHttpClientBuilder().build())
                .policies(
                        new RetryPolicy(new RetryOptions(new FixedDelayOptions(0, Duration.ofMillis(1)))),
                        authorization)
                .build();
        Map<String, String> endpoints = new HashMap<>(AzureEnvironment.AZURE.getEndpoints());
        endpoints.put("resourceManagerEndpointUrl", azure.armUrl().toString());
        endpoints.put("managementEndpointUrl", azure.armUrl().toString());
        AzureProfile profile = new AzureProfile(
                azure.options().account().tenantId(), SampleVm.SUBSCRIPTION, new AzureEnvironment(endpoints));
        return ComputeManager.authenticate(pipeline, profile).serviceClient();
    }

    static VirtualMachineInner machine(String name) {
        VirtualMachineInner machine = new VirtualMachineInner();
        machine.withLocation("westeurope");
        machine.withTags(Map.of("fleet-worker", name));
        return machine.withZones(List.of("2"))
                .withHardwareProfile(
                        new HardwareProfile().withVmSize(VirtualMachineSizeTypes.fromString("Standard_D8ds_v5")))
                .withStorageProfile(new StorageProfile()
                        .withImageReference(new ImageReference()
                                .withPublisher("kinvolk")
                                .withOffer("flatcar-container-linux-corevm-amd64")
                                .withSku("stable-gen2")
                                .withVersion("latest"))
                        .withOsDisk(new OSDisk()
                                .withCreateOption(DiskCreateOptionTypes.FROM_IMAGE)
                                .withCaching(CachingTypes.READ_ONLY)
                                .withDeleteOption(DiskDeleteOptionTypes.DELETE)
                                .withDiffDiskSettings(new DiffDiskSettings()
                                        .withOption(DiffDiskOptions.LOCAL)
                                        .withPlacement(DiffDiskPlacement.RESOURCE_DISK))))
                .withNetworkProfile(new NetworkProfile()
                        .withNetworkApiVersion(NetworkApiVersion.fromString("2022-11-01"))
                        .withNetworkInterfaceConfigurations(List.of(new VirtualMachineNetworkInterfaceConfiguration()
                                .withName(name + "-nic")
                                .withPrimary(true)
                                .withDeleteOption(DeleteOptions.DELETE)
                                .withEnableAcceleratedNetworking(true)
                                .withTags(Map.of("fleet-worker", name))
                                .withIpConfigurations(List.of(new VirtualMachineNetworkInterfaceIpConfiguration()
                                        .withName("ip1")
                                        .withPrimary(true)
                                        .withSubnet(
                                                new SubResource().withId(Options.subnetId(SampleVm.SUBSCRIPTION))))))))
                .withOsProfile(new OSProfile()
                        .withComputerName(name)
                        .withAdminUsername("core")
                        .withCustomData(
                                BootConfigs.base64(BootConfigs.ignition().toString()))
                        .withLinuxConfiguration(new LinuxConfiguration()
                                .withDisablePasswordAuthentication(true)
                                .withSsh(new SshConfiguration()
                                        .withPublicKeys(List.of(new SshPublicKey()
                                                .withPath("/home/core/.ssh/authorized_keys")
                                                .withKeyData(
                                                        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJfFSWkvcFjLYqm6 lab"))))))
                .withDiagnosticsProfile(
                        new DiagnosticsProfile().withBootDiagnostics(new BootDiagnostics().withEnabled(true)));
    }
}
