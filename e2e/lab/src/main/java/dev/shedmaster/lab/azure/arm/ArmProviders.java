package dev.shedmaster.lab.azure.arm;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shedmaster.lab.azure.catalog.ImageShelf;
import dev.shedmaster.lab.azure.estate.Estate;
import dev.shedmaster.lab.azure.estate.Timings;
import dev.shedmaster.lab.azure.estate.VmBirth;
import dev.shedmaster.lab.azure.estate.VmPower;
import dev.shedmaster.lab.azure.estate.VmRemoval;
import dev.shedmaster.lab.azure.fault.FaultBoard;
import dev.shedmaster.lab.http.LabAnswer;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** The resource providers behind the front door. */
public final class ArmProviders {

    /** What happens to machines. */
    public record Lives(VmBirth birth, VmPower power, VmRemoval removal) {}

    /**
     * How the answers look.
     *
     * @param base Resource Manager's own address, for the links in answers
     * @param serialLogs where boot logs can be fetched
     * @param pollInterval what {@code Retry-After} advises, in the client's time
     */
    public record Manners(URI base, URI serialLogs, String subscription, Duration pollInterval, int pageSize) {}

    private final VmEndpoints machines;
    private final VmListEndpoints lists;
    private final PowerEndpoints power;
    private final OperationEndpoints operations;
    private final DiskEndpoints disks;
    private final NetworkEndpoints network;
    private final CatalogEndpoints catalog;
    private final Map<String, String> groups;

    public ArmProviders(
            Estate estate,
            Lives lives,
            FaultBoard faults,
            ImageShelf images,
            Timings timings,
            Map<String, String> groups,
            Manners manners) {
        ArmAnswers answers = new ArmAnswers(manners.base(), manners.subscription(), manners.pollInterval());
        VmBodyCheck check = new VmBodyCheck(
                manners.subscription(),
                estate.tariff(),
                images,
                estate.network().subnets());
        this.machines = new VmEndpoints(estate, lives.birth(), lives.removal(), check, faults, answers);
        this.lists = new VmListEndpoints(estate, faults, manners.base(), timings.listLag(), manners.pageSize());
        this.power = new PowerEndpoints(estate, lives.power(), lives.removal(), answers, manners.serialLogs());
        this.operations = new OperationEndpoints(estate, faults, answers);
        this.disks = new DiskEndpoints(estate, answers);
        this.network = new NetworkEndpoints(estate, answers);
        this.catalog = new CatalogEndpoints(estate);
        this.groups = Map.copyOf(groups);
    }

    LabAnswer answer(ArmCall call) {
        return switch (call.route().call()) {
            case PUT_VM -> machines.put(call);
            case PATCH_VM -> machines.patch(call);
            case GET_VM -> machines.get(call);
            case GET_INSTANCE_VIEW -> machines.instanceView(call);
            case DELETE_VM -> machines.delete(call);
            case START_VM -> power.start(call);
            case POWER_OFF_VM -> power.powerOff(call);
            case RESTART_VM -> power.restart(call);
            case DEALLOCATE_VM -> power.deallocate(call);
            case SIMULATE_EVICTION -> power.simulateEviction(call);
            case BOOT_DIAGNOSTICS -> power.bootDiagnostics(call);
            case LIST_VMS -> lists.inGroup(call);
            case LIST_ALL_VMS -> lists.all(call);
            case LIST_VMS_BY_LOCATION -> lists.inLocation(call);
            case GET_OPERATION -> operations.get(call);
            case GET_USAGES -> catalog.usages(call);
            case GET_SKUS -> catalog.skus(call);
            case LIST_DISKS -> disks.list(call);
            case GET_DISK -> disks.get(call);
            case DELETE_DISK -> disks.delete(call);
            case LIST_NICS -> network.listNics(call);
            case GET_NIC -> network.getNic(call);
            case PUT_NIC -> network.putNic(call);
            case DELETE_NIC -> network.deleteNic(call);
            case LIST_PUBLIC_IPS -> network.listPublicIps(call);
            case GET_PUBLIC_IP -> network.getPublicIp(call);
            case DELETE_PUBLIC_IP -> network.deletePublicIp(call);
            case GET_SUBNET -> network.getSubnet(call);
            case GET_RESOURCE_GROUP -> resourceGroup(call);
            case AUTHORITY_TOKEN, METADATA_TOKEN ->
                throw new IllegalStateException(call.route().call() + " is no call to Resource Manager");
        };
    }

    private LabAnswer resourceGroup(ArmCall call) {
        String name = call.route().name();
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("id", "/subscriptions/" + call.route().subscription() + "/resourceGroups/" + name)
                .put("name", name)
                .put("type", "Microsoft.Resources/resourceGroups")
                .put("location", groups.get(name.toLowerCase(Locale.ROOT)));
        body.putObject("properties").put("provisioningState", "Succeeded");
        return LabAnswer.json(200, body);
    }
}
