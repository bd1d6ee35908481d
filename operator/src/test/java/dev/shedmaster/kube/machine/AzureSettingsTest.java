package dev.shedmaster.kube.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.api.v1alpha1.AzurePlacement;
import dev.shedmaster.api.v1alpha1.BootstrapFormat;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

class AzureSettingsTest {
    private static String admin(String field, BootstrapFormat format) {
        AzurePlacement placement = Serialization.unmarshal("""
                subscriptionRef: {name: azure}
                vmSizes: [Standard_D2ds_v5]
                image: {id: /image}
                subnetId: /subnet
                %s
                """.formatted(field), AzurePlacement.class);
        return AzureSettings.of(placement, format).admin().user();
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
}
