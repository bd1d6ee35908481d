package dev.shedmaster.lab.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shedmaster.lab.azure.ArmClient.Answer;
import dev.shedmaster.lab.azure.call.CallFacts.Priority;
import dev.shedmaster.lab.azure.estate.CapacityRule;
import dev.shedmaster.lab.azure.fault.FaultScope;
import dev.shedmaster.lab.azure.fault.KnownError;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Azure runs out of hosts: by size, zone and priority, at once or through the operation. */
class CapacityTest {
    private static final FaultScope ANY = FaultScope.everything();

    private static Lab lab(CapacityRule... rules) throws Exception {
        return Lab.start(options -> options.withCapacity(List.of(rules)));
    }

    private static ObjectNode zonal(String name, String zone) {
        return SampleVm.inZone(SampleVm.body(name), zone);
    }

    @Test
    void aFullZoneFailsThroughTheOperationAndLeavesTheMachineWithItsNic() throws Exception {
        try (Lab lab = lab(CapacityRule.of(ANY.atSize("Standard_D8ds_v5").inZone("1"), 1))) {
            lab.arm.create("w-1", zonal("w-1", "1"));
            Answer accepted = lab.arm.create("w-2", zonal("w-2", "1"));
            assertThat(accepted.status()).isEqualTo(201);
            lab.clock.advance(Lab.CREATED);

            JsonNode status =
                    lab.arm.follow(accepted.header("Azure-AsyncOperation")).json();

            assertThat(status.path("status").asText()).isEqualTo("Failed");
            assertThat(status.at("/error/code").asText()).isEqualTo("ZonalAllocationFailed");
            assertThat(lab.arm
                            .get(ArmClient.vm("w-2"))
                            .json()
                            .at("/properties/provisioningState")
                            .asText())
                    .isEqualTo("Failed");
            assertThat(lab.statuses("w-2")).containsExactly("ProvisioningState/failed/ZonalAllocationFailed");
            String nic = accepted.json()
                    .at("/properties/networkProfile/networkInterfaces/0/id")
                    .asText();
            assertThat(lab.arm.get(nic).status()).isEqualTo(200);
            assertThat(lab.arm.create("w-3", zonal("w-3", "2")).status()).isEqualTo(201);

            lab.arm.delete(ArmClient.vm("w-2"), "forceDeletion=true");
            lab.clock.advance(Lab.FORCED_DELETION);
            assertThat(lab.arm.get(nic).status()).isEqualTo(404);
        }
    }

    @Test
    void aFullRegionFailsRegionalMachines() throws Exception {
        try (Lab lab = lab(CapacityRule.of(ANY.inZone(FaultScope.REGIONAL), 0))) {
            String operation = lab.arm.create("w-1").header("Azure-AsyncOperation");
            lab.clock.advance(Lab.CREATED);
            assertThat(lab.arm.follow(operation).json().at("/error/code").asText())
                    .isEqualTo("AllocationFailed");
            assertThat(lab.azure.lives().getFirst().billed()).isZero();
        }
    }

    @Test
    void spotCapacityThatIsOutRefusesAtOnceAndOnDemandIsStillThere() throws Exception {
        try (Lab lab = lab(CapacityRule.of(ANY.withPriority(Priority.SPOT), 1))) {
            assertThat(lab.arm
                            .create("s-1", SampleVm.spot(SampleVm.body("s-1")))
                            .status())
                    .isEqualTo(201);

            Answer refused = lab.arm.create("s-2", SampleVm.spot(SampleVm.body("s-2")));

            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.errorCode()).isEqualTo("SkuNotAvailable");
            assertThat(refused.errorMessage()).contains("Standard_D8ds_v5").contains("westeurope");
            assertThat(lab.arm.get(ArmClient.vm("s-2")).status()).isEqualTo(404);
            assertThat(lab.arm.create("d-1").status()).isEqualTo(201);

            lab.clock.advance(Lab.CREATED);
            lab.arm.delete(ArmClient.vm("s-1"), "forceDeletion=true");
            lab.clock.advance(Lab.FORCED_DELETION);
            assertThat(lab.arm
                            .create("s-3", SampleVm.spot(SampleVm.body("s-3")))
                            .status())
                    .isEqualTo(201);
        }
    }

    @Test
    void aRuleCanNameItsRefusal() throws Exception {
        try (Lab lab = lab(new CapacityRule(ANY, 0, KnownError.OVERCONSTRAINED_ZONAL))) {
            String operation = lab.arm.create("w-1", zonal("w-1", "3")).header("Azure-AsyncOperation");
            lab.clock.advance(Lab.CREATED);
            assertThat(lab.arm.follow(operation).json().at("/error/code").asText())
                    .isEqualTo("OverconstrainedZonalAllocationRequest");
        }
    }

    @Test
    void placementLetsAzureChooseAZoneWithRoom() throws Exception {
        try (Lab lab = lab(CapacityRule.of(ANY.inZone("2"), 0))) {
            Set<String> zones = new HashSet<>();
            for (int i = 0; i < 20; i++) {
                ObjectNode body = SampleVm.body("w-" + i);
                body.putObject("placement")
                        .put("zonePlacementPolicy", "Any")
                        .putArray("excludeZones")
                        .add("3");
                zones.add(lab.arm.create("w-" + i, body).json().at("/zones/0").asText());
            }
            assertThat(zones).containsExactly("1");
        }
    }

    @Test
    void capacityThatIsGivenBackByDeallocationMayBeGoneAtTheNextStart() throws Exception {
        try (Lab lab = Lab.start()) {
            lab.arm.create("w-1", SampleVm.onManagedDisk(SampleVm.body("w-1"), "Delete"));
            lab.clock.advance(Lab.CREATED);
            lab.arm.post(ArmClient.vm("w-1") + "/deallocate");
            lab.clock.advance(Lab.POWER_CHANGE);
            lab.azure.changeCapacity(List.of(CapacityRule.of(ANY, 0)));

            String operation = lab.arm.post(ArmClient.vm("w-1") + "/start").header("Azure-AsyncOperation");
            lab.clock.advance(Lab.POWER_CHANGE);

            assertThat(lab.arm.follow(operation).json().at("/error/code").asText())
                    .isEqualTo("AllocationFailed");
            lab.azure.changeCapacity(List.of());
            operation = lab.arm.post(ArmClient.vm("w-1") + "/start").header("Azure-AsyncOperation");
            lab.clock.advance(Lab.POWER_CHANGE);
            assertThat(lab.operationStatus(operation)).isEqualTo("Succeeded");
            assertThat(lab.statuses("w-1")).containsExactly("ProvisioningState/succeeded", "PowerState/running");
        }
    }
}
