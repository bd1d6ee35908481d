package dev.shedmaster.lab.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.management.exception.ManagementException;
import com.azure.core.management.polling.PollResult;
import com.azure.core.util.Context;
import com.azure.core.util.polling.LongRunningOperationStatus;
import com.azure.core.util.polling.SyncPoller;
import com.azure.resourcemanager.compute.fluent.ComputeManagementClient;
import com.azure.resourcemanager.compute.fluent.VirtualMachinesClient;
import com.azure.resourcemanager.compute.fluent.models.ResourceSkuInner;
import com.azure.resourcemanager.compute.fluent.models.UsageInner;
import com.azure.resourcemanager.compute.fluent.models.VirtualMachineInner;
import com.azure.resourcemanager.compute.fluent.models.VirtualMachineInstanceViewInner;
import com.azure.resourcemanager.compute.models.ApiErrorException;
import com.azure.resourcemanager.compute.models.DeleteOptions;
import com.azure.resourcemanager.compute.models.DiffDiskPlacement;
import com.azure.resourcemanager.compute.models.InstanceViewTypes;
import com.azure.resourcemanager.resources.fluentcore.AzureServiceClient;
import dev.shedmaster.lab.agent.RecordedAgents;
import dev.shedmaster.lab.azure.estate.CapacityRule;
import dev.shedmaster.lab.azure.estate.Quotas;
import dev.shedmaster.lab.azure.estate.Timings;
import dev.shedmaster.lab.azure.fault.Fault;
import dev.shedmaster.lab.azure.fault.FaultEffect;
import dev.shedmaster.lab.azure.fault.FaultScope;
import dev.shedmaster.lab.azure.throttle.Limits;
import dev.shedmaster.lab.time.Latency;
import dev.shedmaster.lab.time.ScaledClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Microsoft's own client takes the stand-in for Azure: an oracle that this project has not written. */
class MicrosoftSdkTest {
    private static final Duration POLL = Duration.ofMillis(20);
    private static final String FAMILY = "standardDDSv5Family";

    private static RecordedAgents agents;
    private static AzureStandIn azure;
    private static ComputeManagementClient client;

    @BeforeAll
    static void start() throws Exception {
        agents = new RecordedAgents();
        Latency short_ = Latency.fixed(Duration.ofMillis(50));
        azure = AzureStandIn.start(Options.of(ScaledClock.real(), agents)
                .withTimings(Timings.instant().withBoot(short_, short_, short_).withRemoval(short_, short_))
                .withLimits(Limits.none())
                // The client obeys Retry-After before its own interval.
                .withPollInterval(Duration.ZERO)
                .withPageSize(2));
        client = MicrosoftSdk.client(azure);
    }

    @AfterAll
    static void stop() {
        azure.close();
    }

    @BeforeEach
    void clean() {
        azure.faults().clear();
        azure.changeQuotas(Quotas.plenty());
        azure.changeCapacity(List.of());
    }

    private static VirtualMachinesClient machines() {
        return client.getVirtualMachines();
    }

    private static SyncPoller<PollResult<VirtualMachineInner>, VirtualMachineInner> begin(String name) {
        return machines()
                .beginCreateOrUpdate(Options.GROUP, name, MicrosoftSdk.machine(name), null, "*", Context.NONE)
                .setPollInterval(POLL);
    }

    private static void delete(String name) {
        machines()
                .beginDelete(Options.GROUP, name, true, Context.NONE)
                .setPollInterval(POLL)
                .waitForCompletion();
    }

    @Test
    void itCreatesPollsReadsAndDeletesAMachineWithItsNic() {
        int agentsBefore = agents.started.size();
        SyncPoller<PollResult<VirtualMachineInner>, VirtualMachineInner> poller = begin("sdk-1");
        assertThat(poller.waitForCompletion().getStatus()).isEqualTo(LongRunningOperationStatus.SUCCESSFULLY_COMPLETED);

        VirtualMachineInner created = poller.getFinalResult();
        assertThat(created.provisioningState()).isEqualTo("Succeeded");
        assertThat(created.zones()).containsExactly("2");
        assertThat(created.tags()).containsEntry("fleet-worker", "sdk-1");
        assertThat(created.timeCreated()).isNotNull();
        assertThat(created.storageProfile().osDisk().diffDiskSettings().placement())
                .isEqualTo(DiffDiskPlacement.RESOURCE_DISK);
        assertThat(created.osProfile().customData()).isNull();
        assertThat(created.networkProfile().networkInterfaces()).singleElement().satisfies(nic -> {
            assertThat(nic.id()).contains("/networkInterfaces/sdk-1-nic-");
            assertThat(nic.primary()).isTrue();
            assertThat(nic.deleteOption()).isEqualTo(DeleteOptions.DELETE);
        });

        VirtualMachineInstanceViewInner view = machines().instanceView(Options.GROUP, "sdk-1");
        assertThat(view.statuses())
                .extracting(status -> status.code())
                .containsExactly("ProvisioningState/succeeded", "PowerState/running");
        assertThat(view.vmAgent().statuses().getFirst().displayStatus()).isEqualTo("Ready");
        VirtualMachineInner expanded = machines()
                .getByResourceGroupWithResponse(Options.GROUP, "sdk-1", InstanceViewTypes.INSTANCE_VIEW, Context.NONE)
                .getValue();
        assertThat(expanded.instanceView().statuses()).hasSize(2);
        Awaitility.await().until(() -> agents.started.size() > agentsBefore);
        assertThat(machines()
                        .retrieveBootDiagnosticsData(Options.GROUP, "sdk-1")
                        .serialConsoleLogBlobUri())
                .endsWith("serialconsole.log?sig=lab");

        delete("sdk-1");
        assertThatThrownBy(() -> machines().getByResourceGroup(Options.GROUP, "sdk-1"))
                .isInstanceOfSatisfying(
                        ManagementException.class,
                        missing -> assertThat(missing.getValue().getCode()).isEqualTo("ResourceNotFound"));
        assertThat(azure.report().totals().nics()).isZero();
        assertThat(machines()
                        .beginDelete(Options.GROUP, "sdk-1", true, Context.NONE)
                        .setPollInterval(POLL)
                        .waitForCompletion()
                        .getStatus())
                .as("what is not there can be deleted")
                .isEqualTo(LongRunningOperationStatus.SUCCESSFULLY_COMPLETED);
    }

    @Test
    void itListsThroughThePages() {
        List<String> names = List.of("list-1", "list-2", "list-3", "list-4", "list-5");
        names.forEach(name -> begin(name).waitForCompletion());

        assertThat(machines().listByResourceGroup(Options.GROUP).stream().map(VirtualMachineInner::name))
                .containsExactlyElementsOf(names);
        assertThat(machines().listByLocation("westeurope").stream()).hasSize(5);
        assertThat(machines().list("true", null, null, Context.NONE).stream()
                        .map(machine ->
                                machine.instanceView().statuses().getLast().code()))
                .containsOnly("PowerState/running")
                .hasSize(5);

        names.forEach(MicrosoftSdkTest::delete);
        assertThat(machines().listByResourceGroup(Options.GROUP).stream()).isEmpty();
    }

    @Test
    void aPutThatOnlyCreatesIsRefusedTheSecondTime() {
        begin("once").waitForCompletion();
        assertThatThrownBy(() -> begin("once")).isInstanceOfSatisfying(ManagementException.class, refused -> {
            assertThat(refused.getResponse().getStatusCode()).isEqualTo(412);
            assertThat(refused.getValue().getCode()).isEqualTo("PreconditionFailed");
        });
        delete("once");
    }

    @Test
    void aRefusalAtOnceKeepsItsCodeAndNumbers() {
        azure.changeQuotas(Quotas.plenty().withFamilyCores(FAMILY, 4));
        assertThatThrownBy(() -> begin("refused")).isInstanceOfSatisfying(ApiErrorException.class, refused -> {
            assertThat(refused.getResponse().getStatusCode()).isEqualTo(409);
            assertThat(refused.getValue().getCode()).isEqualTo("OperationNotAllowed");
            assertThat(refused.getValue().getMessage())
                    .contains("Current Limit: 4, Current Usage: 0, Additional Required: 8");
        });
    }

    @Test
    void throttlingKeepsItsDetails() {
        azure.post(Fault.once(
                new FaultEffect.Throttle(FaultEffect.Throttle.Source.COMPUTE, Duration.ofSeconds(7)),
                FaultScope.everything()));
        assertThatThrownBy(() -> begin("throttled")).isInstanceOfSatisfying(ManagementException.class, refused -> {
            assertThat(refused.getResponse().getStatusCode()).isEqualTo(429);
            assertThat(refused.getResponse().getHeaderValue(HttpHeaderName.RETRY_AFTER))
                    .isEqualTo("7");
            assertThat(refused.getValue().getDetails().getFirst().getCode()).isEqualTo("TooManyRequests");
        });
    }

    @Test
    void aFailureThroughTheOperationKeepsItsCode() {
        azure.changeCapacity(List.of(CapacityRule.of(FaultScope.everything().inZone("2"), 0)));

        assertThatThrownBy(() -> machines()
                        .beginCreateOrUpdateAsync(Options.GROUP, "full", MicrosoftSdk.machine("full"), null, "*")
                        .setPollInterval(POLL)
                        .last()
                        .flatMap(((AzureServiceClient) client)::getLroFinalResultOrError)
                        .block())
                .isInstanceOfSatisfying(
                        ManagementException.class,
                        failed -> assertThat(failed.getValue().getCode()).isEqualTo("ZonalAllocationFailed"));

        VirtualMachineInner left = machines().getByResourceGroup(Options.GROUP, "full");
        assertThat(left.provisioningState()).isEqualTo("Failed");
        delete("full");
        assertThat(azure.report().totals().nics()).isZero();
    }

    @Test
    void itReadsUsagesAndSizes() {
        begin("counted").waitForCompletion();
        Map<String, Integer> usages = new HashMap<>();
        for (UsageInner usage : client.getUsages().list("westeurope")) {
            usages.put(usage.name().value(), usage.currentValue());
        }
        assertThat(usages).containsEntry(FAMILY, 8).containsEntry("cores", 8).containsEntry("lowPriorityCores", 0);
        List<ResourceSkuInner> skus =
                client.getResourceSkus().list("location eq 'westeurope'", null, Context.NONE).stream()
                        .filter(sku -> sku.name().equals("Standard_D8ds_v6"))
                        .toList();
        assertThat(skus)
                .singleElement()
                .satisfies(sku -> assertThat(sku.capabilities()).anySatisfy(capability -> {
                    assertThat(capability.name()).isEqualTo("SupportedEphemeralOSDiskPlacements");
                    assertThat(capability.value()).isEqualTo("NvmeDisk");
                }));
        delete("counted");
    }
}
