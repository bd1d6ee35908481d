package dev.shedmaster.kube.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.api.v1alpha1.Architecture;
import dev.shedmaster.api.v1alpha1.AzurePlacement;
import dev.shedmaster.api.v1alpha1.BootstrapFormat;
import dev.shedmaster.api.v1alpha1.Kvm;
import dev.shedmaster.api.v1alpha1.MachineRequirements;
import dev.shedmaster.machine.azure.AzureVmSettings;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AzureSettingsTest {
    private static String admin(String field, BootstrapFormat format) {
        return settings(field, format, null).admin().user();
    }

    private static @Nullable Integer disk(String field, @Nullable String free) {
        return settings(field, BootstrapFormat.IGNITION, free).osDisk().sizeGb();
    }

    private static AzureVmSettings settings(String field, BootstrapFormat format, @Nullable String free) {
        AzurePlacement placement = Serialization.unmarshal("""
                subscriptionRef: {name: azure}
                vmSizes: [Standard_D2ds_v5]
                image: {id: /image}
                subnetId: /subnet
                %s
                """.formatted(field), AzurePlacement.class);
        return AzureSettings.of(
                placement, format, new MachineRequirements(Architecture.AMD64, 2, "8Gi", free, Kvm.UNNEEDED));
    }

    @Test
    void theUsualAdministratorIsThatOfTheImagesThatTheFormatIsFor() {
        assertThat(admin("", BootstrapFormat.IGNITION)).isEqualTo("core");
        assertThat(admin("", BootstrapFormat.CLOUD_INIT)).isEqualTo("azureuser");
    }

    @Test
    void theUsersOwnNameWins() {
        assertThat(admin("adminUsername: ci", BootstrapFormat.CLOUD_INIT)).isEqualTo("ci");
    }

    @Test
    void theDiskHasRoomForWhatJobsMayCountOnUnlessThePlacementSaysItsSize() {
        assertThat(disk("", null)).as("the image's own size").isNull();
        assertThat(disk("", "100Gi")).isEqualTo(118);
        assertThat(disk("osDisk: {ephemeral: true}", "100Gi")).isEqualTo(118);
        assertThat(disk("osDisk: {size: 200Gi}", "100Gi")).isEqualTo(200);
        assertThat(disk("osDisk: {size: 64Gi}", null)).isEqualTo(64);
    }
}
