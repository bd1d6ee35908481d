package dev.shedmaster.lab.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shedmaster.lab.azure.ArmClient.Answer;
import dev.shedmaster.lab.azure.fault.Fault;
import dev.shedmaster.lab.azure.fault.FaultEffect;
import dev.shedmaster.lab.azure.fault.FaultScope;
import dev.shedmaster.lab.time.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A machine's life through Resource Manager, step by step on a clock that the test moves. */
class VmProtocolTest {
    private Lab lab;
    private ManualClock clock;
    private AzureStandIn azure;
    private ArmClient arm;

    @BeforeEach
    void start() throws Exception {
        lab = Lab.start(options -> options.withPageSize(3).withTokenLifetime(Duration.ofHours(1)));
        clock = lab.clock;
        azure = lab.azure;
        arm = lab.arm;
    }

    @AfterEach
    void stop() {
        lab.close();
    }

    @Test
    void aCreatedMachineGoesFromCreatingOverOsProvisioningToSucceeded() throws Exception {
        Answer created = arm.create("w-1", SampleVm.inZone(SampleVm.body("w-1"), "2"));

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json().at("/properties/provisioningState").asText()).isEqualTo("Creating");
        assertThat(created.json().at("/zones/0").asText()).isEqualTo("2");
        assertThat(created.header("Retry-After")).isEqualTo("5");
        String operation = created.header("Azure-AsyncOperation");
        assertThat(arm.follow(operation).json().path("status").asText()).isEqualTo("InProgress");
        assertThat(statuses("w-1")).containsExactly("ProvisioningState/creating");

        clock.advance(Duration.ofSeconds(20));
        assertThat(statuses("w-1"))
                .containsExactly(
                        "ProvisioningState/creating",
                        "ProvisioningState/creating/OSProvisioningInProgress",
                        "PowerState/running");

        clock.advance(Duration.ofSeconds(30));
        assertThat(statuses("w-1")).containsExactly("ProvisioningState/succeeded", "PowerState/running");
        Answer done = arm.follow(operation);
        assertThat(done.json().path("status").asText()).isEqualTo("Succeeded");
        assertThat(done.json().path("endTime").asText()).isEqualTo("2026-11-24T20:45:50Z");
        JsonNode view = arm.get(ArmClient.vm("w-1") + "/instanceView").json();
        assertThat(view.at("/vmAgent/statuses/0/displayStatus").asText()).isEqualTo("Ready");
        JsonNode shown = arm.get(ArmClient.vm("w-1")).json();
        assertThat(shown.at("/properties/provisioningState").asText()).isEqualTo("Succeeded");
        assertThat(shown.at("/tags/fleet-worker").asText()).isEqualTo("w-1");
    }

    @Test
    void theDiskHasTheSizeThatWasAskedForOrElseItsImages() throws Exception {
        String size = "/properties/storageProfile/osDisk/diskSizeGB";
        ObjectNode asked = SampleVm.body("w-1");
        SampleVm.osDisk(asked).put("diskSizeGB", 118);
        ObjectNode unsaid = SampleVm.body("w-2");
        SampleVm.osDisk(unsaid).remove("diskSizeGB");

        assertThat(arm.create("w-1", asked).json().at(size).asInt()).isEqualTo(118);
        assertThat(arm.create("w-2", unsaid).json().at(size).asInt()).isEqualTo(30);
        clock.advance(Duration.ofMinutes(2));
        assertThat(arm.get(ArmClient.vm("w-1")).json().at(size).asInt()).isEqualTo(118);
    }

    private List<String> statuses(String name) throws Exception {
        JsonNode shown = arm.get(ArmClient.vm(name), "$expand=instanceView").json();
        List<String> codes = new ArrayList<>();
        shown.at("/properties/instanceView/statuses")
                .forEach(status -> codes.add(status.path("code").asText()));
        return codes;
    }

    @Test
    void theInlineNicIsCreatedUnderAGeneratedNameWithItsTagsAndGoesWithTheMachine() throws Exception {
        JsonNode created = arm.create("w-1").json();

        String nicId =
                created.at("/properties/networkProfile/networkInterfaces/0/id").asText();
        assertThat(nicId).matches(".*/networkInterfaces/w-1-nic-[0-9a-f]{8}");
        JsonNode nic = arm.get(nicId).json();
        assertThat(nic.at("/tags/fleet-worker").asText()).isEqualTo("w-1");
        assertThat(nic.at("/properties/ipConfigurations/0/properties/privateIPAddress")
                        .asText())
                .startsWith("10.0.");
        assertThat(nic.at("/properties/virtualMachine/id").asText()).contains("/resourceGroups/CI-WORKERS/");

        Answer deleted = arm.delete(ArmClient.vm("w-1"), "forceDeletion=true");
        assertThat(deleted.status()).isEqualTo(202);
        assertThat(arm.follow(deleted.header("Location")).status()).isEqualTo(202);
        assertThat(arm.get(ArmClient.vm("w-1"))
                        .json()
                        .at("/properties/provisioningState")
                        .asText())
                .isEqualTo("Deleting");
        clock.advance(Duration.ofSeconds(15));

        assertThat(arm.follow(deleted.header("Location")).status()).isEqualTo(204);
        assertThat(arm.follow(deleted.header("Azure-AsyncOperation"))
                        .json()
                        .path("status")
                        .asText())
                .isEqualTo("Succeeded");
        assertThat(arm.get(ArmClient.vm("w-1")).errorCode()).isEqualTo("ResourceNotFound");
        assertThat(arm.get(nicId).status()).isEqualTo(404);
        assertThat(arm.delete(ArmClient.vm("w-1")).status()).isEqualTo(204);
    }

    @Test
    void aSecondCreateOnlyPutIsRefusedAndChangesNothing() throws Exception {
        String vmId = arm.create("w-1").json().at("/properties/vmId").asText();

        Answer again = arm.create("W-1");

        assertThat(again.status()).isEqualTo(412);
        assertThat(again.errorCode()).isEqualTo("PreconditionFailed");
        assertThat(arm.get(ArmClient.vm("w-1")).json().at("/properties/vmId").asText())
                .isEqualTo(vmId);
        assertThat(azure.report().totals().machinesEver()).isEqualTo(1);
    }

    @Test
    void listsComeInPagesWithTheGroupInCapitals() throws Exception {
        for (int i = 1; i <= 7; i++) {
            assertThat(arm.create("w-" + i).status()).isEqualTo(201);
        }

        List<String> ids = new ArrayList<>();
        Answer page = arm.get(ArmClient.vms());
        page.json().path("value").forEach(vm -> ids.add(vm.path("id").asText()));
        while (page.json().has("nextLink")) {
            page = arm.follow(page.json().path("nextLink").asText());
            page.json().path("value").forEach(vm -> ids.add(vm.path("id").asText()));
        }

        assertThat(ids)
                .hasSize(7)
                .allMatch(id -> id.contains("/resourceGroups/CI-WORKERS/"))
                .doesNotHaveDuplicates();
        Answer statusOnly = arm.get(
                "/subscriptions/" + SampleVm.SUBSCRIPTION + "/providers/Microsoft.Compute/virtualMachines",
                "statusOnly=true");
        assertThat(statusOnly
                        .json()
                        .at("/value/0/properties/instanceView/statuses/0/code")
                        .asText())
                .isEqualTo("ProvisioningState/creating");
        Answer elsewhere = arm.get("/subscriptions/" + SampleVm.SUBSCRIPTION
                + "/providers/Microsoft.Compute/locations/northeurope/virtualMachines");
        assertThat(elsewhere.json().path("value")).isEmpty();
    }

    @Test
    void deletingWhileCreatingPreemptsTheCreation() throws Exception {
        String operation = arm.create("w-1").header("Azure-AsyncOperation");

        arm.delete(ArmClient.vm("w-1"), "forceDeletion=true");

        JsonNode status = arm.follow(operation).json();
        assertThat(status.path("status").asText()).isEqualTo("Canceled");
        assertThat(status.at("/error/code").asText()).isEqualTo("OperationPreempted");
        clock.advance(Duration.ofMinutes(2));
        assertThat(arm.get(ArmClient.vm("w-1")).status()).isEqualTo(404);
        assertThat(azure.report().totals().nics()).isZero();
    }

    @Test
    void anOperationIsFollowedToTheLetterAndForgottenAfterADay() throws Exception {
        String operation = arm.create("w-1").header("Azure-AsyncOperation");

        Answer rebuilt = arm.follow(operation.substring(0, operation.indexOf('?')) + "?api-version=" + ArmClient.API);
        assertThat(rebuilt.status()).isEqualTo(400);

        clock.advance(Duration.ofMinutes(5));
        assertThat(arm.follow(operation).json().path("status").asText()).isEqualTo("Succeeded");
        clock.advance(Duration.ofHours(24));
        arm.useToken(azure.token());
        assertThat(arm.follow(operation).status()).isEqualTo(404);
        assertThat(arm.get(ArmClient.vm("w-1")).status()).isEqualTo(200);
    }

    @Test
    void aMachineThatNeverReportsFailsAfterFortyMinutesAndRunsOn() throws Exception {
        azure.post(Fault.once(new FaultEffect.NeverReady(), FaultScope.everything()));
        String operation = arm.create("w-1").header("Azure-AsyncOperation");

        clock.advance(Duration.ofMinutes(40));
        assertThat(arm.follow(operation).json().path("status").asText()).isEqualTo("InProgress");
        clock.advance(Duration.ofSeconds(20));

        JsonNode status = arm.follow(operation).json();
        assertThat(status.path("status").asText()).isEqualTo("Failed");
        assertThat(status.at("/error/code").asText()).isEqualTo("OSProvisioningTimedOut");
        assertThat(statuses("w-1"))
                .containsExactly("ProvisioningState/failed/OSProvisioningTimedOut", "PowerState/running");
    }
}
