package dev.shedmaster.suite.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.lab.azure.Options;
import dev.shedmaster.suite.world.World;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** A machine in the lab's resource group, as anybody sees it by Azure's API. */
public record GroupMachine(World world, String name) {

    /**
     * Makes one, as somebody would who has nothing to do with us.
     *
     * @param tags as in JSON, without the brackets
     */
    public static GroupMachine made(World world, String name, String tags) {
        String subscription = world.lab().azure().options().account().subscriptionId();
        String body = """
                {
                  "location": "westeurope",
                  "tags": {%s},
                  "properties": {
                    "hardwareProfile": {"vmSize": "Standard_D2ds_v5"},
                    "storageProfile": {
                      "imageReference": {"id": "%s"},
                      "osDisk": {"createOption": "FromImage", "deleteOption": "Delete", "diskSizeGB": 64,
                                 "managedDisk": {"storageAccountType": "Standard_LRS"}}
                    },
                    "osProfile": {
                      "computerName": "somebody", "adminUsername": "core",
                      "linuxConfiguration": {
                        "disablePasswordAuthentication": true,
                        "ssh": {"publicKeys": [{
                          "path": "/home/core/.ssh/authorized_keys",
                          "keyData": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJfFSWkvcFjLYqm6JXy6mYMVqMGFxyVhOD0sIB0hnJDe lab"}]}
                      }
                    },
                    "networkProfile": {
                      "networkApiVersion": "2022-11-01",
                      "networkInterfaceConfigurations": [{
                        "name": "%s-nic",
                        "properties": {"primary": true, "deleteOption": "Delete", "ipConfigurations": [
                          {"name": "ip1", "properties": {"primary": true, "subnet": {"id": "%s"}}}]}
                      }]
                    }
                  }
                }
                """.formatted(tags, Options.galleryImageId(subscription), name, Options.subnetId(subscription));
        GroupMachine machine = new GroupMachine(world, name);
        HttpResponse<String> answer = machine.call("PUT", HttpRequest.BodyPublishers.ofString(body));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return machine;
    }

    /** Whether Azure has it. */
    public boolean exists() {
        return call("GET", HttpRequest.BodyPublishers.noBody()).statusCode() == 200;
    }

    /** Its owner takes it away. */
    public void delete() {
        HttpResponse<String> answer = call("DELETE", HttpRequest.BodyPublishers.noBody());
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 204);
    }

    private HttpResponse<String> call(String method, HttpRequest.BodyPublisher body) {
        String subscription = world.lab().azure().options().account().subscriptionId();
        URI address = URI.create(world.lab().azure().armUrl().toString().replaceAll("/$", "") + "/subscriptions/"
                + subscription + "/resourceGroups/" + Options.GROUP + "/providers/Microsoft.Compute/virtualMachines/"
                + name + "?api-version=2024-07-01");
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(address)
                            .method(method, body)
                            .header("Content-Type", "application/json")
                            .header(
                                    "Authorization",
                                    "Bearer " + world.lab().azure().token())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(method + " " + address + " got no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted during " + method + " " + address, e);
        }
    }
}
