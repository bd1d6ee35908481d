package dev.shedmaster.lab.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.shedmaster.lab.azure.ArmClient.Answer;
import dev.shedmaster.lab.azure.estate.Quotas;
import dev.shedmaster.lab.azure.fault.Fault;
import dev.shedmaster.lab.azure.fault.FaultEffect;
import dev.shedmaster.lab.azure.fault.FaultScope;
import dev.shedmaster.lab.azure.fault.KnownError;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who counts for which quota, how long, and what the refusals say. */
class QuotaTest {
    private static final String FAMILY = "standardDDSv5Family";

    private static int usage(Lab lab, String name) throws Exception {
        JsonNode usages = lab.arm
                .get("/subscriptions/" + SampleVm.SUBSCRIPTION
                        + "/providers/Microsoft.Compute/locations/westeurope/usages")
                .json();
        for (JsonNode usage : usages.path("value")) {
            if (usage.at("/name/value").asText().equals(name)) {
                return usage.path("currentValue").asInt();
            }
        }
        throw new AssertionError("No usage " + name);
    }

    @Test
    void aFamilyThatIsFullRefusesAtOnceWithItsNumbersAndLeavesNothing() throws Exception {
        try (Lab lab = Lab.start(options -> options.withQuotas(Quotas.plenty().withFamilyCores(FAMILY, 20)))) {
            assertThat(lab.arm.create("w-1").status()).isEqualTo(201);
            assertThat(lab.arm.create("w-2").status()).isEqualTo(201);

            Answer refused = lab.arm.create("w-3");

            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.errorCode()).isEqualTo("OperationNotAllowed");
            assertThat(refused.errorMessage())
                    .contains("exceeding approved standardDDSv5Family Cores quota")
                    .contains("Location: westeurope")
                    .contains(
                            "Current Limit: 20, Current Usage: 16, Additional Required: 8, (Minimum) New Limit Required: 24");
            assertThat(lab.arm.get(ArmClient.vm("w-3")).status()).isEqualTo(404);
            assertThat(lab.azure.report().totals().nics()).isEqualTo(2);
            assertThat(lab.arm
                            .create("w-4", SampleVm.ofSize(SampleVm.body("w-4"), "Standard_D4ds_v5"))
                            .status())
                    .as("four more cores fit")
                    .isEqualTo(201);
            assertThat(lab.arm
                            .create("w-5", SampleVm.ofSize(SampleVm.body("w-5"), "Standard_D8ads_v5"))
                            .status())
                    .as("another family has a quota of its own")
                    .isEqualTo(201);
            assertThat(usage(lab, FAMILY)).isEqualTo(20);
            assertThat(usage(lab, "cores")).isEqualTo(28);
            assertThat(usage(lab, "virtualMachines")).isEqualTo(4);
        }
    }

    @Test
    void spotCountsOnlyForTheSpotQuotaAndOnDemandNotForIt() throws Exception {
        try (Lab lab = Lab.start(
                options -> options.withQuotas(Quotas.plenty().withSpotCores(8).withRegionalCores(8)))) {
            assertThat(lab.arm
                            .create("s-1", SampleVm.spot(SampleVm.body("s-1")))
                            .status())
                    .isEqualTo(201);
            assertThat(lab.arm.create("d-1").status()).isEqualTo(201);

            Answer spot = lab.arm.create("s-2", SampleVm.spot(SampleVm.body("s-2")));
            Answer regional = lab.arm.create("d-2");

            assertThat(spot.errorMessage()).contains("exceeding approved LowPriorityCores quota");
            assertThat(regional.errorMessage()).contains("exceeding approved Total Regional Cores quota");
            assertThat(usage(lab, "lowPriorityCores")).isEqualTo(8);
            assertThat(usage(lab, "cores")).isEqualTo(8);
        }
    }

    @Test
    void failedAndDeallocatedMachinesKeepTheirQuotaUntilTheyAreGone() throws Exception {
        try (Lab lab = Lab.start(options -> options.withQuotas(Quotas.plenty().withRegionalCores(16)))) {
            lab.azure.post(Fault.once(
                    new FaultEffect.FailLater(KnownError.ALLOCATION_FAILED),
                    FaultScope.everything().named("failed")));
            lab.arm.create("failed");
            lab.arm.create("parked", SampleVm.onManagedDisk(SampleVm.body("parked"), "Delete"));
            lab.clock.advance(Lab.CREATED);
            assertThat(lab.arm.post(ArmClient.vm("parked") + "/deallocate").status())
                    .isEqualTo(202);
            lab.clock.advance(Lab.POWER_CHANGE);
            assertThat(lab.statuses("parked")).contains("PowerState/deallocated");

            assertThat(lab.arm.create("w-1").status()).isEqualTo(409);

            lab.arm.delete(ArmClient.vm("failed"), "forceDeletion=true");
            assertThat(lab.arm.create("w-1").status())
                    .as("it is still being deleted")
                    .isEqualTo(409);
            lab.clock.advance(Lab.FORCED_DELETION);
            assertThat(lab.arm.create("w-1").status()).isEqualTo(201);
        }
    }

    @Test
    void theNumberOfMachinesIsLimitedToo() throws Exception {
        try (Lab lab = Lab.start(options -> options.withQuotas(new Quotas(1000, 1000, Map.of(), 1000, 1)))) {
            lab.arm.create("w-1");
            assertThat(lab.arm.create("w-2").errorMessage()).contains("Submit a request for Quota increase");
        }
    }
}
