package dev.shedmaster.lab.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shedmaster.lab.azure.ArmClient.Answer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a deletion takes with it, what it leaves, and what can be deleted by itself. */
class RemovalTest {

    private static ObjectNode withPublicIp(ObjectNode body, String deleteOption) {
        ObjectNode ip = (ObjectNode) SampleVm.inlineNic(body).at("/properties/ipConfigurations/0/properties");
        ObjectNode address = ip.putObject("publicIPAddressConfiguration").put("name", "ip");
        address.putObject("sku").put("name", "Standard").put("tier", "Regional");
        address.putObject("properties")
                .put("publicIPAllocationMethod", "Static")
                .put("deleteOption", deleteOption);
        return body;
    }

    @ParameterizedTest(name = "NIC {0}, disk {1}, address {2}")
    @CsvSource({
        "Delete, Delete, Delete",
        "Detach, Delete, Delete",
        "Delete, Detach, Delete",
        "Delete, Delete, Detach",
        "Detach, Detach, Detach"
    })
    void eachPartGoesOrStaysByItsOwnDeleteOption(String nic, String disk, String address) throws Exception {
        try (Lab lab = Lab.start()) {
            ObjectNode body = withPublicIp(SampleVm.onManagedDisk(SampleVm.body("w-1"), disk), address);
            SampleVm.inlineNic(body).withObject("properties").put("deleteOption", nic);
            assertThat(lab.arm.create("w-1", body).status()).isEqualTo(201);
            lab.clock.advance(Lab.CREATED);
            assertThat(lab.azure.report().totals().disks()).isEqualTo(1);

            lab.arm.delete(ArmClient.vm("w-1"), "forceDeletion=true");
            lab.clock.advance(Lab.FORCED_DELETION);

            var totals = lab.azure.report().totals();
            assertThat(totals.machines()).isZero();
            assertThat(totals.orphanedNics()).isEqualTo(nic.equals("Detach") ? 1 : 0);
            assertThat(totals.orphanedDisks()).isEqualTo(disk.equals("Detach") ? 1 : 0);
            // An address whose NIC stays, stays with it, whatever its own option says.
            assertThat(totals.publicIps()).isEqualTo(nic.equals("Detach") || address.equals("Detach") ? 1 : 0);
        }
    }

    @Test
    void leftPartsCanBeFoundByTheirTagsAndDeletedInOrder() throws Exception {
        try (Lab lab = Lab.start()) {
            ObjectNode body = SampleVm.onManagedDisk(SampleVm.body("w-1"), "Detach");
            SampleVm.inlineNic(body).withObject("properties").put("deleteOption", "Detach");
            lab.arm.create("w-1", body);
            lab.clock.advance(Lab.CREATED);
            JsonNode nic = lab.arm.get(ArmClient.nics()).json().at("/value/0");
            JsonNode disk = lab.arm.get(ArmClient.disks()).json().at("/value/0");
            assertThat(nic.at("/tags/fleet-worker").asText()).isEqualTo("w-1");
            assertThat(disk.path("managedBy").asText()).endsWith("/virtualMachines/w-1");

            Answer inUse = lab.arm.delete(nic.path("id").asText());
            assertThat(inUse.status()).isEqualTo(400);
            assertThat(inUse.errorCode()).isEqualTo("NicInUse");
            assertThat(lab.arm.delete(disk.path("id").asText()).status()).isEqualTo(409);

            lab.arm.delete(ArmClient.vm("w-1"), "forceDeletion=true");
            lab.clock.advance(Lab.FORCED_DELETION);
            assertThat(lab.arm.delete(nic.path("id").asText()).status()).isEqualTo(202);
            assertThat(lab.arm.delete(disk.path("id").asText()).status()).isEqualTo(202);
            assertThat(lab.arm.delete(nic.path("id").asText()).status()).isEqualTo(204);
            assertThat(lab.arm.delete(disk.path("id").asText()).status()).isEqualTo(204);
            assertThat(lab.azure.report().totals().orphanedNics()).isZero();
            assertThat(lab.azure.report().totals().disks()).isZero();
        }
    }

    @Test
    void aPublicAddressIsFoundThroughItsNicAndDeletedByItself() throws Exception {
        try (Lab lab = Lab.start()) {
            JsonNode created = lab.arm
                    .create("w-1", withPublicIp(SampleVm.body("w-1"), "Detach"))
                    .json();
            JsonNode nic = lab.arm
                    .get(created.at("/properties/networkProfile/networkInterfaces/0/id")
                            .asText())
                    .json();
            String address = nic.at("/properties/ipConfigurations/0/properties/publicIPAddress/id")
                    .asText();
            JsonNode shown = lab.arm.get(address).json();
            assertThat(shown.at("/sku/name").asText()).isEqualTo("Standard");
            assertThat(shown.at("/properties/ipAddress").asText()).startsWith("198.18.");
            assertThat(lab.arm.delete(address).errorCode()).isEqualTo("PublicIPAddressCannotBeDeleted");

            lab.arm.delete(ArmClient.vm("w-1"), "forceDeletion=true");
            lab.clock.advance(Lab.FORCED_DELETION);
            String all = ArmClient.group() + "/providers/Microsoft.Network/publicIPAddresses";
            assertThat(lab.arm.get(all).json().path("value")).hasSize(1);
            assertThat(lab.arm.delete(address).status()).isEqualTo(202);
            assertThat(lab.arm.get(address).status()).isEqualTo(404);
            assertThat(lab.arm.delete(address).status()).isEqualTo(204);
        }
    }

    @Test
    void aFullSubnetRefusesAndHasRoomAgainWhenAMachineIsGone() throws Exception {
        String subnet = Options.subnetId(SampleVm.SUBSCRIPTION);
        try (Lab lab = Lab.start(options -> options.withSubnets(Map.of(subnet, 1)))) {
            assertThat(lab.arm.create("w-1").status()).isEqualTo(201);
            assertThat(lab.arm.create("w-2").errorCode()).isEqualTo("SubnetIsFull");
            lab.arm.delete(ArmClient.vm("w-1"), "forceDeletion=true");
            lab.clock.advance(Lab.FORCED_DELETION);
            assertThat(lab.arm.create("w-2").status()).isEqualTo(201);
            assertThat(lab.arm.get(subnet).json().path("name").asText()).isEqualTo("workers");
        }
    }

    @Test
    void anEphemeralDiskIsNoResource() throws Exception {
        try (Lab lab = Lab.start()) {
            lab.arm.create("w-1");
            lab.clock.advance(Lab.CREATED);
            String disk = lab.arm
                    .get(ArmClient.vm("w-1"))
                    .json()
                    .at("/properties/storageProfile/osDisk/managedDisk/id")
                    .asText();
            assertThat(disk).contains("/disks/w-1_OsDisk_1_");
            assertThat(lab.arm.get(disk).status()).isEqualTo(404);
            assertThat(lab.arm.get(ArmClient.disks()).json().path("value")).isEmpty();
        }
    }

    @Test
    void aNicWhoseMachineWasRefusedIsReservedForItForThreeMinutes() throws Exception {
        try (Lab lab = Lab.start()) {
            ObjectNode nicBody = new ObjectMapper().createObjectNode().put("location", "westeurope");
            ObjectNode ip = nicBody.putObject("properties")
                    .putArray("ipConfigurations")
                    .addObject()
                    .put("name", "ip1");
            ip.putObject("properties").putObject("subnet").put("id", Options.subnetId(SampleVm.SUBSCRIPTION));
            String nic = ArmClient.nics() + "/own";
            assertThat(lab.arm.put(nic, nicBody).status()).isEqualTo(201);
            lab.azure.changeQuotas(lab.azure.options().quotas().withRegionalCores(0));
            assertThat(lab.arm.create("w-1", onNic("w-1", nic)).status()).isEqualTo(409);
            lab.azure.changeQuotas(lab.azure.options().quotas());

            Answer other = lab.arm.create("w-2", onNic("w-2", nic));
            assertThat(other.errorCode()).isEqualTo("NicReservedForAnotherVm");
            assertThat(other.errorMessage()).contains("180 seconds").contains("/virtualMachines/w-1");
            assertThat(lab.arm.delete(nic).errorCode()).isEqualTo("NicReservedForAnotherVm");

            lab.clock.advance(Duration.ofMinutes(3));
            assertThat(lab.arm.create("w-2", onNic("w-2", nic)).status()).isEqualTo(201);
        }
    }

    private static ObjectNode onNic(String name, String nicId) {
        ObjectNode body = SampleVm.body(name);
        ObjectNode network = SampleVm.properties(body).putObject("networkProfile");
        ObjectNode reference = network.putArray("networkInterfaces").addObject().put("id", nicId);
        reference.putObject("properties").put("primary", true).put("deleteOption", "Delete");
        return body;
    }
}
