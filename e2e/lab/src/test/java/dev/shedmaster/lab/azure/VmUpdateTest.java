package dev.shedmaster.lab.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shedmaster.lab.azure.ArmClient.Answer;
import dev.shedmaster.lab.azure.fault.Fault;
import dev.shedmaster.lab.azure.fault.FaultEffect;
import dev.shedmaster.lab.azure.fault.FaultScope;
import dev.shedmaster.lab.azure.fault.KnownError;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls to a machine that exists: what can be changed, on what condition, and what comes in between. */
class VmUpdateTest {
    private Lab lab;

    @BeforeEach
    void start() throws Exception {
        lab = Lab.start(options -> options.withOperationTicketLength(5000));
    }

    @AfterEach
    void stop() {
        lab.close();
    }

    @Test
    void aPlainSecondPutUpdatesTagsButNotWhatIsFixed() throws Exception {
        lab.arm.create("w-1");
        lab.clock.advance(Duration.ofMinutes(1));
        var body = SampleVm.body("w-1");
        body.withObject("tags").put("state", "draining");

        Answer updated = lab.arm.put(ArmClient.vm("w-1"), body);
        assertThat(updated.status()).isEqualTo(200);
        assertThat(updated.json().at("/tags/state").asText()).isEqualTo("draining");

        Answer refused = lab.arm.put(ArmClient.vm("w-1"), SampleVm.withCustomData(SampleVm.body("w-1"), "{}"));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.errorCode()).isEqualTo("PropertyChangeNotAllowed");
        assertThat(refused.json().at("/error/target").asText()).isEqualTo("customData");
    }

    @Test
    void patchChangesTagsAndUserDataOnTheConditionOfItsTag() throws Exception {
        String etag = lab.arm.create("w-1").json().path("etag").asText();
        String change = "{\"tags\":{\"state\":\"busy\"},\"properties\":{\"userData\":\"bmV3\"}}";

        Answer stale = lab.arm.send("PATCH", lab.arm.uri(ArmClient.vm("w-1")), change, "If-Match", "\"0\"");
        assertThat(stale.status()).isEqualTo(412);
        Answer changed = lab.arm.send("PATCH", lab.arm.uri(ArmClient.vm("w-1")), change, "If-Match", etag);

        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.json().path("tags").properties()).hasSize(1);
        assertThat(changed.json().path("etag").asText()).isNotEqualTo(etag);
        assertThat(lab.arm
                        .get(ArmClient.vm("w-1"), "$expand=userData")
                        .json()
                        .at("/properties/userData")
                        .asText())
                .isEqualTo("bmV3");
    }

    @Test
    void aPutOnConditionOfATagNeedsTheMachine() throws Exception {
        assertThat(lab.arm
                        .put(ArmClient.vm("w-1"), SampleVm.body("w-1"), "If-Match", "*")
                        .status())
                .isEqualTo(412);
        assertThat(lab.azure.report().totals().machines()).isZero();
    }

    @Test
    void aPutOnAMachineThatGoesIsRefused() throws Exception {
        lab.arm.create("w-1");
        lab.arm.delete(ArmClient.vm("w-1"));
        Answer refused = lab.arm.put(ArmClient.vm("w-1"), SampleVm.body("w-1"));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.errorMessage()).contains("marked for deletion");
        assertThat(lab.arm.post(ArmClient.vm("w-1") + "/start").status()).isEqualTo(409);
    }

    @Test
    void aPutOnAMachineThatFoundNoHostTriesAgain() throws Exception {
        lab.azure.post(Fault.once(new FaultEffect.FailLater(KnownError.ALLOCATION_FAILED), FaultScope.everything()));
        lab.arm.create("w-1");
        lab.clock.advance(Lab.CREATED);
        assertThat(lab.statuses("w-1")).containsExactly("ProvisioningState/failed/AllocationFailed");

        Answer again = lab.arm.put(ArmClient.vm("w-1"), SampleVm.body("w-1"));
        assertThat(again.status()).isEqualTo(200);
        lab.clock.advance(Lab.CREATED);

        assertThat(lab.operationStatus(again.header("Azure-AsyncOperation"))).isEqualTo("Succeeded");
        assertThat(lab.azure.report().totals().nics()).isEqualTo(1);
    }

    @Test
    void anOperationsAddressMayBeLongerThanFourKilobytes() throws Exception {
        String operation = lab.arm.create("w-1").header("Azure-AsyncOperation");
        assertThat(operation).hasSizeGreaterThan(5000);
        assertThat(lab.operationStatus(operation)).isEqualTo("InProgress");
    }

    @Test
    void startingARunningMachineChangesNothingAndOneChangeGoesOnAtATime() throws Exception {
        ObjectNode body = SampleVm.withCustomData(
                SampleVm.body("w-1"), BootConfigs.ignition().toString());
        lab.arm.create("w-1", body);
        assertThat(lab.arm.post(ArmClient.vm("w-1") + "/powerOff").errorCode()).isEqualTo("AnotherOperationInProgress");
        lab.clock.advance(Lab.CREATED);
        Awaitility.await().until(() -> lab.agents.started.size() == 1);

        lab.arm.post(ArmClient.vm("w-1") + "/start");
        lab.clock.advance(Duration.ofMinutes(1));

        assertThat(lab.statuses("w-1")).containsExactly("ProvisioningState/succeeded", "PowerState/running");
        assertThat(lab.agents.started).hasSize(1);
        assertThat(lab.agents.cut).isEmpty();
        assertThat(lab.arm.post(ArmClient.vm("w-1") + "/restart").status()).isEqualTo(202);
        lab.clock.advance(Lab.POWER_CHANGE.plus(Lab.GUEST_BOOT));
        Awaitility.await().until(() -> lab.agents.started.size() == 2);
    }
}
