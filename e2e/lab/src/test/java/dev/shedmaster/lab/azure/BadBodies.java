package dev.shedmaster.lab.azure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Bodies of creating PUTs with one fault each: what it is, how it is made, and the status, code and words of the refusal. */
final class BadBodies {
    private BadBodies() {}

    private static Arguments bad(String what, Consumer<ObjectNode> change, int status, String code, String message) {
        return Arguments.of(what, change, status, code, message);
    }

    private static ObjectNode properties(ObjectNode body) {
        return SampleVm.properties(body);
    }

    static ObjectNode image(ObjectNode body) {
        return properties(body).withObject("storageProfile").withObject("imageReference");
    }

    private static ObjectNode os(ObjectNode body) {
        return properties(body).withObject("osProfile");
    }

    private static ObjectNode network(ObjectNode body) {
        return properties(body).withObject("networkProfile");
    }

    private static ObjectNode ip(ObjectNode body) {
        return (ObjectNode) SampleVm.inlineNic(body).at("/properties/ipConfigurations/0/properties");
    }

    static Stream<Arguments> all() {
        return Stream.of(
                bad("no location", body -> body.remove("location"), 400, "LocationRequired", "location"),
                bad(
                        "location nowhere",
                        body -> body.put("location", "moon"),
                        400,
                        "LocationNotAvailableForResourceType",
                        "westeurope"),
                bad("no properties", body -> body.remove("properties"), 400, "InvalidParameter", "'properties'"),
                bad(
                        "no size",
                        body -> properties(body).remove("hardwareProfile"),
                        400,
                        "InvalidParameter",
                        "'properties.hardwareProfile'"),
                bad(
                        "unknown size",
                        body -> SampleVm.ofSize(body, "Standard_D9_v9"),
                        400,
                        "InvalidParameter",
                        "Standard_D9_v9"),
                bad("bad zone", body -> SampleVm.inZone(body, "4"), 400, "InvalidAvailabilityZone", "'1,2,3'"),
                bad(
                        "two zones",
                        body -> SampleVm.inZone(SampleVm.inZone(body, "1"), "2"),
                        400,
                        "InvalidParameter",
                        "at most one"),
                bad(
                        "no storage",
                        body -> properties(body).remove("storageProfile"),
                        400,
                        "InvalidParameter",
                        "storageProfile"),
                bad(
                        "no image",
                        body -> properties(body).withObject("storageProfile").remove("imageReference"),
                        400,
                        "InvalidParameter",
                        "imageReference"),
                bad(
                        "unknown platform image",
                        body -> image(body).put("sku", "unstable"),
                        404,
                        "PlatformImageNotFound",
                        "kinvolk:flatcar-container-linux-corevm-amd64:unstable"),
                bad(
                        "unknown gallery image",
                        body -> image(body).removeAll().put("id", "/subscriptions/x/galleries/y/images/z"),
                        404,
                        "GalleryImageNotFound",
                        "/images/z"),
                bad(
                        "gallery image with version",
                        body -> image(body)
                                .removeAll()
                                .put("id", Options.galleryImageId(SampleVm.SUBSCRIPTION))
                                .put("version", "1"),
                        400,
                        "InvalidParameter",
                        "version"),
                bad(
                        "plan missing",
                        body -> image(body).put("offer", "flatcar-container-linux-free"),
                        400,
                        "VMMarketplaceInvalidInput",
                        "Plan information"),
                bad(
                        "plan not wanted",
                        body -> body.putObject("plan").put("name", "x"),
                        400,
                        "VMMarketplaceInvalidInput",
                        "no plan"),
                bad(
                        "arm image on x64",
                        body -> image(body)
                                .put("offer", "flatcar-container-linux-corevm")
                                .put("sku", "stable"),
                        400,
                        "BadRequest",
                        "Arm64"),
                bad(
                        "disk too small",
                        body -> SampleVm.osDisk(body).put("diskSizeGB", 10),
                        400,
                        "InvalidParameter",
                        "smaller than the size"),
                bad(
                        "disk attach",
                        body -> SampleVm.osDisk(body).put("createOption", "Attach"),
                        400,
                        "InvalidParameter",
                        "FromImage"),
                bad(
                        "ephemeral not local",
                        body -> SampleVm.osDisk(body)
                                .withObject("diffDiskSettings")
                                .put("option", "Remote"),
                        400,
                        "InvalidParameter",
                        "Local"),
                bad(
                        "ephemeral caching",
                        body -> SampleVm.osDisk(body).put("caching", "ReadWrite"),
                        400,
                        "InvalidParameter",
                        "ReadOnly"),
                bad(
                        "ephemeral detach",
                        body -> SampleVm.osDisk(body).put("deleteOption", "Detach"),
                        400,
                        "InvalidParameter",
                        "Delete"),
                bad(
                        "ephemeral too big",
                        body -> SampleVm.osDisk(body).put("diskSizeGB", 512),
                        400,
                        "InvalidParameter",
                        "greater than 300 GB is not allowed for VM size Standard_D8ds_v5 when the DiffDiskPlacement is ResourceDisk"),
                bad(
                        "resource disk on v6",
                        body -> SampleVm.ofSize(body, "Standard_D8ds_v6"),
                        400,
                        "InvalidParameter",
                        "not supported for VM size Standard_D8ds_v6"),
                bad(
                        "no local disk at all",
                        body -> SampleVm.ofSize(body, "Standard_D8as_v5"),
                        400,
                        "InvalidParameter",
                        "not supported for VM size Standard_D8as_v5"),
                bad(
                        "unknown storage type",
                        body -> SampleVm.osDisk(body).withObject("managedDisk").put("storageAccountType", "Tape"),
                        400,
                        "InvalidParameter",
                        "Tape"),
                bad(
                        "unknown priority",
                        body -> properties(body).put("priority", "High"),
                        400,
                        "InvalidParameter",
                        "Regular or Spot"),
                bad(
                        "eviction policy on demand",
                        body -> properties(body).put("evictionPolicy", "Delete"),
                        400,
                        "InvalidParameter",
                        "Spot"),
                bad(
                        "spot with ephemeral disk deallocated",
                        body -> SampleVm.properties(SampleVm.spot(body)).put("evictionPolicy", "Deallocate"),
                        400,
                        "InvalidParameter",
                        "only the eviction policy 'Delete'"),
                bad(
                        "spot size",
                        body -> {
                            SampleVm.ofSize(SampleVm.spot(body), "Standard_B2s");
                            SampleVm.onManagedDisk(body, "Delete");
                        },
                        409,
                        "AzureSpotIsNotSupportedForThisVMSize",
                        "Standard_B2s"),
                bad(
                        "max price 0",
                        body -> properties(SampleVm.spot(body))
                                .withObject("billingProfile")
                                .put("maxPrice", 0),
                        400,
                        "MaxPriceValueInvalid",
                        "-1"),
                bad(
                        "max price too low",
                        body -> properties(SampleVm.spot(body))
                                .withObject("billingProfile")
                                .put("maxPrice", 0.01),
                        409,
                        "SpotPriceGreaterThanProvidedMaxPrice",
                        "Standard_D8ds_v5"),
                bad(
                        "no network",
                        body -> properties(body).remove("networkProfile"),
                        400,
                        "InvalidParameter",
                        "networkProfile"),
                bad(
                        "no NIC",
                        body -> network(body).remove("networkInterfaceConfigurations"),
                        400,
                        "InvalidParameter",
                        "at least one network interface"),
                bad(
                        "no network api version",
                        body -> network(body).remove("networkApiVersion"),
                        400,
                        "InvalidParameter",
                        "networkApiVersion"),
                bad(
                        "old network api version",
                        body -> network(body).put("networkApiVersion", "2019-01-01"),
                        400,
                        "InvalidParameter",
                        "2020-11-01"),
                bad(
                        "unknown subnet",
                        body -> ip(body).withObject("subnet").put("id", "/nowhere"),
                        400,
                        "InvalidResourceReference",
                        "/nowhere"),
                bad(
                        "NIC without addresses",
                        body -> SampleVm.inlineNic(body)
                                .withObject("properties")
                                .remove("ipConfigurations"),
                        400,
                        "InvalidParameter",
                        "ipConfigurations"),
                bad(
                        "basic address",
                        body -> ip(body).putObject("publicIPAddressConfiguration")
                                .put("name", "ip")
                                .putObject("sku")
                                .put("name", "Basic"),
                        400,
                        "InvalidParameter",
                        "retired"),
                bad(
                        "no os profile",
                        body -> properties(body).remove("osProfile"),
                        400,
                        "InvalidParameter",
                        "osProfile"),
                bad(
                        "no computer name",
                        body -> os(body).remove("computerName"),
                        400,
                        "InvalidParameter",
                        "computerName"),
                bad(
                        "reserved user",
                        body -> os(body).put("adminUsername", "root"),
                        400,
                        "InvalidParameter",
                        "not allowed"),
                bad(
                        "no way to log in",
                        body -> os(body).withObject("linuxConfiguration").remove("ssh"),
                        400,
                        "InvalidParameter",
                        "SSH"),
                bad(
                        "key elsewhere",
                        body -> os(body).put("adminUsername", "other"),
                        400,
                        "InvalidParameter",
                        "/home/other/.ssh/authorized_keys"),
                bad(
                        "custom data no base64",
                        body -> os(body).put("customData", "{not base64}"),
                        400,
                        "InvalidParameter",
                        "Custom data in OSProfile must be in Base64 encoding and with a maximum length of 87380 characters."),
                bad(
                        "custom data too long",
                        body -> os(body).put("customData", Base64.getEncoder().encodeToString(new byte[65_536])),
                        400,
                        "InvalidParameter",
                        "87380"),
                bad(
                        "user data no base64",
                        body -> properties(body).put("userData", "!"),
                        400,
                        "InvalidParameter",
                        "User data"),
                bad(
                        "too many tags",
                        body -> {
                            for (int i = 0; i < 60; i++) {
                                body.withObject("tags").put("tag-" + i, "x");
                            }
                        },
                        400,
                        "InvalidTags",
                        "at most 50"),
                bad(
                        "long tag",
                        body -> body.withObject("tags").put("long", "x".repeat(257)),
                        400,
                        "InvalidTagLength",
                        "256"),
                bad(
                        "tag with a slash",
                        body -> body.withObject("tags").put("a/b", "x"),
                        400,
                        "InvalidTagNameCharacters",
                        "a/b"),
                bad(
                        "number as text",
                        body -> SampleVm.osDisk(body).put("diskSizeGB", "64"),
                        400,
                        "InvalidRequestContent",
                        "diskSizeGB"),
                bad(
                        "placement and zones",
                        body -> SampleVm.inZone(body, "1")
                                .putObject("placement")
                                .put("zonePlacementPolicy", "Any"),
                        400,
                        "InvalidParameter",
                        "placement"));
    }
}
