package dev.shedmaster.machine.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.shedmaster.port.MachineOrder;
import dev.shedmaster.port.MachineProvider;
import dev.shedmaster.port.MachineProviderContract;
import dev.shedmaster.port.PortError;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AzureProviderContractTest extends MachineProviderContract {
    private static final String NAME = "sm-pool-aaaaaaaa";

    private final AzureLab lab = new AzureLab();

    @AfterEach
    void close() {
        lab.close();
    }

    @Override
    protected MachineProvider provider() {
        return lab.provider();
    }

    @Override
    protected MachineOrder order(String name, String workerUid) {
        return lab.order(name, workerUid, AzureLab.spot("1"));
    }

    @Override
    protected void settle() {
        lab.advance(Duration.ofMinutes(5));
    }

    @Override
    protected void powerOff(String machine) {
        lab.endAgent(machine);
    }

    @Override
    protected void strangersMachine(String name) {
        String subnet = lab.flatcar().subnetId();
        String body = """
                {"location": "westeurope", "tags": {"shedmaster-installation": "another"}, "properties": {
                  "hardwareProfile": {"vmSize": "Standard_D8ds_v5"},
                  "storageProfile": {
                    "imageReference": {"publisher": "kinvolk", "offer": "flatcar-container-linux-corevm-amd64",
                                       "sku": "stable-gen2", "version": "latest"},
                    "osDisk": {"createOption": "FromImage", "deleteOption": "Delete",
                               "managedDisk": {"storageAccountType": "Standard_LRS"}}},
                  "networkProfile": {"networkApiVersion": "2022-11-01", "networkInterfaceConfigurations": [
                    {"name": "nic", "properties": {"primary": true, "deleteOption": "Delete", "ipConfigurations": [
                      {"name": "ip", "properties": {"subnet": {"id": "%s"}}}]}}]},
                  "osProfile": {"computerName": "host", "adminUsername": "core", "linuxConfiguration": {
                    "disablePasswordAuthentication": true,
                    "ssh": {"publicKeys": [{"path": "/home/core/.ssh/authorized_keys",
                                            "keyData": "%s"}]}}}}}
                """.formatted(subnet, new ThrowawayKey().line());
        HttpResponse<String> answer = lab.raw("PUT", lab.machinePath(name) + "?api-version=2025-04-01", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    @Test
    void theDiskIsAsLargeAsTheOrderSays() {
        done(provider().create(lab.order(NAME, "uid-1", AzureLab.spot("1"), lab.flatcar(118))));
        settle();
        assertThat(shown(lab.machinePath(NAME), "2025-04-01")
                        .at("/properties/storageProfile/osDisk/diskSizeGB")
                        .asInt())
                .isEqualTo(118);
    }

    @Test
    void aManagedDiskToo() {
        done(provider().create(lab.order(NAME, "uid-1", AzureLab.spot("1"), lab.flatcarOnManagedDisk(118))));
        settle();
        String disk = lab.machinePath(NAME).replace("/virtualMachines/", "/disks/") + "-os";
        assertThat(shown(disk, "2025-01-02").at("/properties/diskSizeGB").asInt())
                .isEqualTo(118);
    }

    @Test
    void aDiskThatTheHostHasNoRoomForIsToldWithItsField() {
        MachineOrder order = lab.order(NAME, "uid-1", AzureLab.spot("1"), lab.flatcar(400));
        assertThat(failed(provider().create(order))).isInstanceOfSatisfying(PortError.Invalid.class, invalid -> {
            assertThat(invalid.field()).isEqualTo("osDisk");
            assertThat(invalid.message()).contains("300 GB", "Standard_D8ds_v5");
        });
    }

    private JsonNode shown(String path, String version) {
        HttpResponse<String> answer = lab.raw("GET", path + "?api-version=" + version, null);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.read(answer.body().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    protected int machines() {
        return lab.azure().report().totals().machines();
    }

    @Override
    protected int orphans() {
        var totals = lab.azure().report().totals();
        return totals.orphanedNics() + totals.orphanedDisks() + totals.orphanedPublicIps();
    }
}
