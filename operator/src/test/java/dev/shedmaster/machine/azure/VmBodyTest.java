package dev.shedmaster.machine.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shedmaster.core.placement.CapacityType;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.machine.azure.AzureVmSettings.Admin;
import dev.shedmaster.machine.azure.AzureVmSettings.DiskPlacement;
import dev.shedmaster.machine.azure.AzureVmSettings.Image;
import dev.shedmaster.machine.azure.AzureVmSettings.OsDisk;
import dev.shedmaster.machine.azure.AzureVmSettings.SecurityType;
import dev.shedmaster.port.MachineOrder;
import dev.shedmaster.port.MachineOwner;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VmBodyTest {
    private static final String NAME = "sm-amd64-kvm-abcdefgh";
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00.123Z");
    private static final String SUBNET =
            "/subscriptions/s/resourceGroups/n/providers/Microsoft.Network/virtualNetworks/v/subnets/w";

    private final VmBody bodies = new VmBody("westeurope", new ThrowawayKey());

    private static Offering offering(String size, @Nullable String zone, CapacityType type) {
        return new Offering("p", "ci/azure", size, "f", zone, type, 8, 0);
    }

    private static AzureVmSettings settings(Image image, OsDisk disk) {
        return new AzureVmSettings(
                image,
                disk,
                SUBNET,
                "/nsg",
                true,
                true,
                SecurityType.STANDARD,
                List.of("/identity"),
                Map.of("team", "os", "shedmaster-worker", "forged"),
                new Admin("core", "ssh-ed25519 AAAA"));
    }

    private static final OsDisk EPHEMERAL = new OsDisk(true, null, null, "Standard_LRS");

    private static MachineOrder order(String name, Offering offering, AzureVmSettings settings, String bootData) {
        return new MachineOrder(
                name, offering, new MachineOwner("inst", "ci/amd64-kvm", "ci/" + name, "uid-1"), bootData, settings);
    }

    private JsonNode body(Offering offering, AzureVmSettings settings) {
        Outcome<ObjectNode> body = bodies.of(order(NAME, offering, settings, "{\"ü\":1}"), settings, NOW);
        return body instanceof Outcome.Done<ObjectNode>(ObjectNode made) ? made : fail(body.toString());
    }

    private static String at(JsonNode body, String pointer) {
        return body.at(pointer).asText("");
    }

    @Test
    void everythingThatComesWithTheMachineGoesWithIt() {
        JsonNode body = body(
                offering("Standard_D8ds_v5", "2", CapacityType.SPOT), settings(new Image.ById("/image"), EPHEMERAL));
        String nic = "/properties/networkProfile/networkInterfaceConfigurations/0";
        String ip = nic + "/properties/ipConfigurations/0/properties";
        assertThat(at(body, "/properties/storageProfile/osDisk/deleteOption")).isEqualTo("Delete");
        assertThat(at(body, nic + "/properties/deleteOption")).isEqualTo("Delete");
        assertThat(at(body, ip + "/publicIPAddressConfiguration/properties/deleteOption"))
                .isEqualTo("Delete");
        assertThat(at(body, nic + "/name")).isEqualTo(NAME + "-nic");
        assertThat(at(body, ip + "/publicIPAddressConfiguration/name")).isEqualTo(NAME + "-pip");
        assertThat(at(body, "/properties/storageProfile/osDisk/name")).isEqualTo(NAME + "-os");
        assertThat(at(body, ip + "/subnet/id")).isEqualTo(SUBNET);
        assertThat(at(body, "/properties/networkProfile/networkApiVersion")).isEqualTo("2022-11-01");
        for (String tagged : List.of("", nic, ip + "/publicIPAddressConfiguration")) {
            assertThat(body.at(tagged + "/tags").properties())
                    .extracting(tag -> tag.getKey() + "=" + tag.getValue().asText())
                    .containsExactlyInAnyOrder(
                            "team=os",
                            "shedmaster-installation=inst",
                            "shedmaster-pool=ci/amd64-kvm",
                            "shedmaster-worker=ci/" + NAME,
                            "shedmaster-worker-uid=uid-1",
                            "shedmaster-created=2026-11-24T12:00:00Z");
        }
    }

    @Test
    void spotIsDeletedWhenEvictedAndNeverForItsPrice() {
        JsonNode spot = body(
                offering("Standard_D8ds_v5", "2", CapacityType.SPOT), settings(new Image.ById("/image"), EPHEMERAL));
        assertThat(at(spot, "/properties/priority")).isEqualTo("Spot");
        assertThat(at(spot, "/properties/evictionPolicy")).isEqualTo("Delete");
        assertThat(spot.at("/properties/billingProfile/maxPrice").asInt()).isEqualTo(-1);
        assertThat(at(spot, "/zones/0")).isEqualTo("2");

        JsonNode regular = body(
                offering("Standard_D8ds_v5", null, CapacityType.ON_DEMAND),
                settings(new Image.ById("/image"), EPHEMERAL));
        assertThat(regular.path("properties").has("evictionPolicy")).isFalse();
        assertThat(regular.path("properties").has("billingProfile")).isFalse();
        assertThat(regular.has("zones")).isFalse();
    }

    @Test
    void anEphemeralDiskGoesWhereTheSizeHasRoom() {
        String placement = "/properties/storageProfile/osDisk/diffDiskSettings/placement";
        AzureVmSettings usual = settings(new Image.ById("/image"), EPHEMERAL);
        assertThat(at(body(offering("Standard_D8ds_v5", null, CapacityType.SPOT), usual), placement))
                .isEqualTo("ResourceDisk");
        assertThat(at(body(offering("Standard_D8ads_v6", null, CapacityType.SPOT), usual), placement))
                .isEqualTo("NvmeDisk");
        assertThat(at(body(offering("Standard_D8as_v5", null, CapacityType.SPOT), usual), placement))
                .isEmpty();
        AzureVmSettings chosen =
                settings(new Image.ById("/image"), new OsDisk(true, DiskPlacement.CACHE, 100, "StandardSSD_LRS"));
        JsonNode body = body(offering("Standard_D8ds_v5", null, CapacityType.SPOT), chosen);
        assertThat(at(body, placement)).isEqualTo("CacheDisk");
        assertThat(body.at("/properties/storageProfile/osDisk/diskSizeGB").asInt())
                .isEqualTo(100);
        assertThat(at(body, "/properties/storageProfile/osDisk/caching")).isEqualTo("ReadOnly");
    }

    @Test
    void imagesComeInThreeKinds() {
        Offering offering = offering("Standard_D8ds_v5", null, CapacityType.SPOT);
        String reference = "/properties/storageProfile/imageReference";
        JsonNode gallery = body(offering, settings(new Image.ById("/g/images/i/versions/latest"), EPHEMERAL));
        assertThat(at(gallery, reference + "/id")).isEqualTo("/g/images/i");
        assertThat(gallery.has("plan")).isFalse();
        JsonNode community = body(offering, settings(new Image.Community("/CommunityGalleries/f/images/i"), EPHEMERAL));
        assertThat(at(community, reference + "/communityGalleryImageId")).isEqualTo("/CommunityGalleries/f/images/i");
        JsonNode marketplace = body(
                offering,
                settings(
                        new Image.Marketplace("kinvolk", "o", "s", "1.2.3", new Image.Plan("kinvolk", "o", "s")),
                        EPHEMERAL));
        assertThat(at(marketplace, reference + "/version")).isEqualTo("1.2.3");
        assertThat(at(marketplace, "/plan/product")).isEqualTo("o");
    }

    @Test
    void theBootDataAreCustomDataAndNowhereElse() {
        JsonNode body = body(
                offering("Standard_D8ds_v5", null, CapacityType.SPOT), settings(new Image.ById("/image"), EPHEMERAL));
        String data = at(body, "/properties/osProfile/customData");
        assertThat(new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8))
                .isEqualTo("{\"ü\":1}");
        assertThat(body.path("properties").has("userData")).isFalse();
        assertThat(body.at("/properties/diagnosticsProfile/bootDiagnostics/enabled")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void bootDataAreCountedInBytes() {
        AzureVmSettings settings = settings(new Image.ById("/image"), EPHEMERAL);
        Offering offering = offering("Standard_D8ds_v5", null, CapacityType.SPOT);
        assertThat(bodies.of(order(NAME, offering, settings, "x".repeat(65_535)), settings, NOW))
                .isInstanceOf(Outcome.Done.class);
        assertThat(bodies.of(order(NAME, offering, settings, "ü".repeat(32_768)), settings, NOW))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.error())
                                .isInstanceOfSatisfying(
                                        PortError.Invalid.class,
                                        invalid -> assertThat(invalid.message())
                                                .startsWith("bootstrap: ")
                                                .contains("65536 bytes")
                                                .contains("caBundle")));
    }

    @Test
    void aNameOutsideThePatternIsNeverUsed() {
        AzureVmSettings settings = settings(new Image.ById("/image"), EPHEMERAL);
        Offering offering = offering("Standard_D8ds_v5", null, CapacityType.SPOT);
        assertThat(bodies.of(order("../other", offering, settings, ""), settings, NOW))
                .isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void aKeyThatNobodyHasIsAKeyToSshItself(@TempDir Path folder) throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/ssh-keygen")),
                "ssh-keygen is not installed: install the Debian package openssh-client to run this test");
        ThrowawayKey key = new ThrowawayKey();
        assertThat(key.line()).isEqualTo(key.line()).isNotEqualTo(new ThrowawayKey().line());
        Path file = Files.writeString(folder.resolve("key.pub"), key.line() + "\n");
        Process process = new ProcessBuilder("ssh-keygen", "-l", "-f", file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(said).startsWith("2048 SHA256:").contains("nobody (RSA)");
    }
}
