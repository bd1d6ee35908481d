package dev.shedmaster.lab.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shedmaster.lab.azure.estate.LifeRecord;
import dev.shedmaster.lab.azure.estate.Milestone;
import dev.shedmaster.lab.azure.fault.Fault;
import dev.shedmaster.lab.azure.fault.FaultEffect;
import dev.shedmaster.lab.azure.fault.FaultScope;
import dev.shedmaster.lab.time.Latency;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Machines with agents: they are started, end by themselves, lose their power, are evicted; and what it all costs. */
class LifeTest {
    private Lab lab;

    @BeforeEach
    void start() throws Exception {
        lab = Lab.start();
    }

    @AfterEach
    void stop() {
        lab.close();
    }

    private static ObjectNode withAgent(ObjectNode body) {
        return SampleVm.withCustomData(body, BootConfigs.ignition().toString());
    }

    private void bootWithAgent(ObjectNode body) throws Exception {
        assertThat(lab.arm.create("w-1", withAgent(body)).status()).isEqualTo(201);
        lab.clock.advance(Lab.CREATED);
        Awaitility.await().until(() -> life().milestones().containsKey(Milestone.AGENT_STARTED));
    }

    private LifeRecord life() {
        return lab.azure.lives().getLast();
    }

    @Test
    void theAgentCanBeUpBeforeAzureSaysSo() throws Exception {
        lab.arm.create("w-1", withAgent(SampleVm.body("w-1")));
        lab.clock.advance(Lab.ALLOCATION.plus(Lab.GUEST_BOOT));
        Awaitility.await().until(() -> lab.agents.started.size() == 1);
        assertThat(lab.arm
                        .get(ArmClient.vm("w-1"))
                        .json()
                        .at("/properties/provisioningState")
                        .asText())
                .isEqualTo("Creating");
    }

    @Test
    void whenTheAgentEndsTheGuestPowersOffAndIsPaidUntilItIsDeleted() throws Exception {
        bootWithAgent(SampleVm.body("w-1"));
        lab.agents.exit("w-1", 0);
        Awaitility.await().until(() -> lab.statuses("w-1").contains("PowerState/stopped"));
        assertThat(lab.azure.bootLog("w-1"))
                .anyMatch(line -> line.contains("exited with status 0"))
                .anyMatch(line -> line.contains("Powering off"));

        Duration before = life().billed();
        lab.clock.advance(Duration.ofMinutes(10));
        assertThat(life().billed()).isEqualTo(before.plusMinutes(10));
        lab.arm.delete(ArmClient.vm("w-1"), "forceDeletion=true");
        lab.clock.advance(Lab.FORCED_DELETION);
        Duration after = life().billed();
        lab.clock.advance(Duration.ofMinutes(10));
        assertThat(life().billed()).isEqualTo(after);
    }

    @Test
    void deletingCutsTheAgentsPowerAtOnce() throws Exception {
        bootWithAgent(SampleVm.body("w-1"));
        lab.arm.delete(ArmClient.vm("w-1"), "forceDeletion=true");
        Awaitility.await().until(() -> lab.agents.cut.equals(List.of("w-1")));
        assertThat(life().milestones()).doesNotContainKeys(Milestone.AGENT_EXITED, Milestone.STOPPED);
    }

    @Test
    void powerOffStopsAndStartBootsTheSameMachineAgain() throws Exception {
        bootWithAgent(SampleVm.body("w-1"));
        var off = lab.arm.post(ArmClient.vm("w-1") + "/powerOff", "skipShutdown=true");
        assertThat(off.status()).isEqualTo(202);
        lab.clock.advance(Lab.POWER_CHANGE);
        assertThat(lab.statuses("w-1")).containsExactly("ProvisioningState/succeeded", "PowerState/stopped");
        assertThat(lab.operationStatus(off.header("Azure-AsyncOperation"))).isEqualTo("Succeeded");

        lab.arm.post(ArmClient.vm("w-1") + "/start");
        lab.clock.advance(Lab.POWER_CHANGE.plus(Lab.GUEST_BOOT));
        Awaitility.await().until(() -> lab.agents.started.size() == 2);
        assertThat(lab.statuses("w-1")).contains("PowerState/running");
    }

    @Test
    void aMachineOnAnEphemeralDiskCannotBeDeallocated() throws Exception {
        bootWithAgent(SampleVm.body("w-1"));
        var refused = lab.arm.post(ArmClient.vm("w-1") + "/deallocate");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.errorMessage()).contains("ephemeral");
    }

    @Test
    void aDeallocatedMachineCostsNothing() throws Exception {
        bootWithAgent(SampleVm.onManagedDisk(SampleVm.body("w-1"), "Delete"));
        lab.arm.post(ArmClient.vm("w-1") + "/deallocate");
        lab.clock.advance(Lab.POWER_CHANGE);
        Duration before = life().billed();
        lab.clock.advance(Duration.ofHours(1));
        assertThat(life().billed()).isEqualTo(before).isEqualTo(Lab.OS_PROVISIONING);
    }

    @Test
    void anEvictedSpotMachineIsGone() throws Exception {
        bootWithAgent(SampleVm.spot(SampleVm.body("w-1")));
        lab.azure.evict("w-1");
        Awaitility.await().until(() -> lab.agents.cut.equals(List.of("w-1")));
        assertThat(lab.arm.get(ArmClient.vm("w-1")).status()).isEqualTo(404);
        assertThat(lab.arm.delete(ArmClient.vm("w-1")).status()).isEqualTo(204);
        assertThat(lab.azure.report().totals().nics()).isZero();
        assertThat(life().milestones()).containsKeys(Milestone.EVICTED, Milestone.GONE);
    }

    @Test
    void anEvictedSpotMachineWithThePolicyDeallocateStays() throws Exception {
        ObjectNode body = SampleVm.onManagedDisk(SampleVm.spot(SampleVm.body("w-1")), "Delete");
        SampleVm.properties(body).put("evictionPolicy", "Deallocate");
        bootWithAgent(body);
        lab.azure.evict("w-1");
        assertThat(lab.statuses("w-1")).contains("PowerState/deallocated");
    }

    @Test
    void anEvictionIsAnnouncedInScheduledEventsHalfAMinuteAhead() throws Exception {
        lab.azure.post(Fault.once(new FaultEffect.Evict(Duration.ofMinutes(5)), FaultScope.everything()));
        bootWithAgent(SampleVm.spot(SampleVm.body("w-1")));
        assertThat(events()).isEmpty();

        lab.clock.advance(Duration.ofMinutes(5).minus(Lab.OS_PROVISIONING));
        assertThat(events()).hasSize(1);
        JsonNode event = events().get(0);
        assertThat(event.path("EventType").asText()).isEqualTo("Preempt");
        assertThat(event.at("/Resources/0").asText()).isEqualTo("w-1");
        assertThat(lab.arm.get(ArmClient.vm("w-1")).status()).isEqualTo(200);

        lab.clock.advance(Duration.ofSeconds(30));
        assertThat(lab.arm.get(ArmClient.vm("w-1")).status()).isEqualTo(404);
    }

    private JsonNode events() throws Exception {
        return lab.arm
                .send(
                        "GET",
                        URI.create(lab.azure.imdsUrl("w-1") + "/metadata/scheduledevents?api-version=2020-07-01"),
                        "",
                        "Metadata",
                        "true")
                .json()
                .path("Events");
    }

    @Test
    void theGuestMayApproveItsEviction() throws Exception {
        bootWithAgent(SampleVm.spot(SampleVm.body("w-1")));
        assertThat(lab.arm.post(ArmClient.vm("w-1") + "/simulateEviction").status())
                .isEqualTo(204);
        String id = events().at("/0/EventId").asText();
        var approved = lab.arm.send(
                "POST",
                URI.create(lab.azure.imdsUrl("w-1") + "/metadata/scheduledevents?api-version=2020-07-01"),
                "{\"StartRequests\":[{\"EventId\":\"" + id + "\"}]}",
                "Metadata",
                "true");
        assertThat(approved.status()).isEqualTo(200);
        assertThat(lab.arm.get(ArmClient.vm("w-1")).status()).isEqualTo(404);
    }

    @Test
    void userDataIsInInstanceMetadataAndCustomDataIsNot() throws Exception {
        ObjectNode body = SampleVm.body("w-1");
        SampleVm.properties(body).put("userData", "aGVsbG8=");
        bootWithAgent(body);
        String base = lab.azure.imdsUrl("w-1") + "/metadata/instance/compute";
        var userData = lab.arm.send(
                "GET", URI.create(base + "/userData?api-version=2021-01-01&format=text"), "", "Metadata", "true");
        assertThat(userData.response().body()).isEqualTo("aGVsbG8=");
        var compute = lab.arm.send("GET", URI.create(base + "?api-version=2021-02-01"), "", "Metadata", "true");
        assertThat(compute.json().path("name").asText()).isEqualTo("w-1");
        assertThat(compute.json().path("customData").asText()).isEmpty();
    }

    @Test
    void aSlowBootAndABrokenImageKeepTheAgentAway() throws Exception {
        lab.azure.post(Fault.once(
                new FaultEffect.SlowBoot(Latency.fixed(Duration.ofMinutes(10))),
                FaultScope.everything().named("slow")));
        lab.azure.post(Fault.once(
                new FaultEffect.NoAgent("no network"), FaultScope.everything().named("deaf")));
        lab.arm.create("slow", withAgent(SampleVm.body("slow")));
        lab.arm.create("deaf", withAgent(SampleVm.body("deaf")));
        lab.clock.advance(Lab.CREATED);
        Awaitility.await()
                .until(() -> lab.azure.bootLog("deaf").stream()
                        .anyMatch(line -> line.endsWith("the agent does not come: no network")));
        assertThat(lab.agents.started).isEmpty();
        lab.clock.advance(Duration.ofMinutes(10));
        Awaitility.await().until(() -> lab.agents.started.size() == 1);
    }

    @Test
    void aMachineThatCannotBePreparedSaysWhyAndPowersItselfOff() throws Exception {
        lab.azure.post(Fault.once(new FaultEffect.PreparationFails("no Java"), FaultScope.everything()));
        lab.arm.create("w-1", withAgent(SampleVm.body("w-1")));
        lab.clock.advance(Lab.CREATED);
        Awaitility.await().until(() -> lab.statuses("w-1").contains("PowerState/stopped"));
        assertThat(lab.azure.bootLog("w-1"))
                .anyMatch(line -> line.endsWith("shedmaster: no Java"))
                .anyMatch(line -> line.contains("Powering off"));
        assertThat(lab.agents.started).isEmpty();
        assertThat(life().milestones())
                .containsKey(Milestone.STOPPED)
                .doesNotContainKeys(Milestone.AGENT_STARTED, Milestone.AGENT_EXITED);
    }

    @Test
    void aUnitThatRestartsIsPreparedAgain() throws Exception {
        lab.azure.post(Fault.once(new FaultEffect.PreparationFails("no Java"), FaultScope.everything()));
        String unit = BootConfigs.UNIT.replace(
                "ExecStopPost=/usr/bin/systemctl poweroff", "Restart=on-failure\nRestartSec=5");
        lab.arm.create(
                "w-1",
                SampleVm.withCustomData(
                        SampleVm.body("w-1"),
                        BootConfigs.ignition(BootConfigs.ENVIRONMENT, unit).toString()));
        lab.clock.advance(Lab.CREATED);
        Awaitility.await().until(() -> {
            lab.clock.advance(Duration.ofSeconds(5));
            return lab.azure.bootLog("w-1").stream()
                            .filter(line -> line.endsWith("shedmaster: no Java"))
                            .count()
                    > 1;
        });
        assertThat(lab.agents.started).isEmpty();
        assertThat(lab.statuses("w-1")).contains("PowerState/running");
    }

    @Test
    void anAgentThatTheUnitRestartsComesAgain() throws Exception {
        String unit =
                BootConfigs.UNIT.replace("ExecStopPost=/usr/bin/systemctl poweroff", "Restart=always\nRestartSec=5");
        lab.arm.create(
                "w-1",
                SampleVm.withCustomData(
                        SampleVm.body("w-1"),
                        BootConfigs.ignition(BootConfigs.ENVIRONMENT, unit).toString()));
        lab.clock.advance(Lab.CREATED);
        Awaitility.await().until(() -> life().milestones().containsKey(Milestone.AGENT_STARTED));
        lab.agents.exit("w-1", 1);
        Awaitility.await().until(() -> {
            lab.clock.advance(Duration.ofSeconds(5));
            return lab.agents.started.size() == 2;
        });
        assertThat(lab.statuses("w-1")).contains("PowerState/running");
    }

    @Test
    void theBillIsTheTimeFromRunningToGoneAtTheTableRate() throws Exception {
        lab.arm.create("w-1");
        lab.arm.create("s-1", SampleVm.spot(SampleVm.body("s-1")));
        lab.clock.advance(Lab.ALLOCATION.plus(Duration.ofHours(1)));

        JsonNode state = lab.arm.lab("GET", "state", "").json();

        assertThat(state.at("/bill/seconds").asInt()).isEqualTo(7200);
        assertThat(state.at("/bill/dollars").asDouble()).isCloseTo(0.544 * 1.3, within(0.0001));
        JsonNode machine = state.at("/machines/0");
        assertThat(machine.path("name").asText()).isEqualTo("w-1");
        assertThat(machine.path("dollars").asDouble()).isCloseTo(0.544, within(0.0001));
        assertThat(machine.at("/milestones/createCalled").asText()).isEqualTo(Lab.START.toString());
        assertThat(machine.at("/milestones/running").asText())
                .isEqualTo(Lab.START.plus(Lab.ALLOCATION).toString());
        assertThat(state.at("/calls/PUT_VM/201").asInt()).isEqualTo(2);
        assertThat(lab.arm.lab("GET", "creations", "").json()).hasSize(2);
        assertThat(lab.arm.lab("GET", "state?brief=true", "").json().has("machines"))
                .isFalse();
    }
}
