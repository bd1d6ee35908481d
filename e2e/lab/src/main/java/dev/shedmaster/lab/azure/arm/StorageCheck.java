package dev.shedmaster.lab.azure.arm;

import dev.shedmaster.lab.azure.catalog.ImageShelf;
import dev.shedmaster.lab.azure.catalog.ImageShelf.Image;
import dev.shedmaster.lab.azure.catalog.VmSize;
import dev.shedmaster.lab.azure.catalog.VmSize.DiskPlacement;
import dev.shedmaster.lab.azure.estate.DeleteOption;
import dev.shedmaster.lab.azure.estate.VmPlan.DataDisk;
import dev.shedmaster.lab.azure.estate.VmPlan.OsDisk;
import dev.shedmaster.lab.azure.fault.ArmError;
import dev.shedmaster.lab.azure.fault.ErrorPlace;
import dev.shedmaster.lab.azure.fault.KnownError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The storage profile: image, OS disk, ephemeral or not, and data disks. */
final class StorageCheck {
    private static final Set<String> STORAGE_TYPES = Set.of(
            "Standard_LRS",
            "StandardSSD_LRS",
            "Premium_LRS",
            "StandardSSD_ZRS",
            "Premium_ZRS",
            "PremiumV2_LRS",
            "UltraSSD_LRS");

    private final ImageShelf images;

    StorageCheck(ImageShelf images) {
        this.images = images;
    }

    Image image(Field properties, Field root, String vmId, String location, VmSize size) {
        Field reference =
                properties.at("storageProfile").required().at("imageReference").required();
        Image image = find(reference, location);
        checkPlan(root.at("plan"), reference, image, vmId);
        if (image.arm() != size.arm()) {
            throw ArmError.of(
                            400,
                            "BadRequest",
                            "Cannot create a VM of size '" + size.name()
                                    + "' because this VM size only supports a CPU Architecture of '"
                                    + architecture(size.arm()) + "', but an image or disk with CPU Architecture '"
                                    + architecture(image.arm()) + "' was given.")
                    .refusal();
        }
        return image;
    }

    private static String architecture(boolean arm) {
        return arm ? "Arm64" : "x64";
    }

    private Image find(Field reference, String location) {
        for (String idField : List.of("id", "communityGalleryImageId", "sharedGalleryImageId")) {
            Optional<String> id = reference.at(idField).optionalText();
            if (id.isPresent()) {
                if (reference.at("version").isPresent()) {
                    throw reference
                            .at("version")
                            .invalid("A gallery image names its version in its id, not in 'version'.");
                }
                return images.findGallery(id.get())
                        .orElseThrow(() -> ArmError.of(
                                        404,
                                        "GalleryImageNotFound",
                                        "The gallery image " + id.get() + " is not available in " + location
                                                + " region. Please contact image owner to replicate to this region, or change your requested region.",
                                        "imageReference")
                                .refusal());
            }
        }
        String publisher = reference.at("publisher").text();
        String offer = reference.at("offer").text();
        String sku = reference.at("sku").text();
        String version = reference.at("version").text();
        return images.findPlatform(publisher, offer, sku, version)
                .orElseThrow(() -> ArmError.of(
                                404,
                                "PlatformImageNotFound",
                                "The platform image '" + publisher + ":" + offer + ":" + sku + ":" + version
                                        + "' is not available. Verify that all fields in the storage profile are correct. For more details about"
                                        + " storage profile information, please refer to https://aka.ms/storageprofile",
                                "imageReference")
                        .refusal());
    }

    private static void checkPlan(Field plan, Field reference, Image image, String vmId) {
        ErrorPlace place = ErrorPlace.of(vmId, "", "");
        if (!image.plan()) {
            if (plan.isPresent()) {
                throw KnownError.MARKETPLACE_INPUT
                        .in(place)
                        .withMessage(
                                "Unable to deploy from the Marketplace image: the image has no plan, but the request of VM '"
                                        + vmId + "' names one.")
                        .refusal();
            }
            return;
        }
        if (!plan.isPresent()) {
            throw KnownError.MARKETPLACE_INPUT.in(place).refusal();
        }
        boolean matches = plan.at("publisher")
                        .text()
                        .equalsIgnoreCase(reference.at("publisher").text())
                && plan.at("product")
                        .text()
                        .equalsIgnoreCase(reference.at("offer").text())
                && plan.at("name").text().equalsIgnoreCase(reference.at("sku").text());
        if (!matches) {
            throw KnownError.MARKETPLACE_INPUT
                    .in(place)
                    .withMessage("The plan of VM '" + vmId + "' does not match the image's publisher, offer and sku.")
                    .refusal();
        }
        if (!image.termsAccepted()) {
            throw KnownError.MARKETPLACE_ELIGIBILITY.in(place).refusal();
        }
    }

    OsDisk osDisk(Field properties, String vmName, Image image, VmSize size) {
        Field disk = properties.at("storageProfile").at("osDisk").required();
        String create = disk.at("createOption").text();
        if (!create.equalsIgnoreCase("FromImage")) {
            throw disk.at("createOption")
                    .invalid("The createOption '" + create + "' does not go with an image reference: use FromImage.");
        }
        int gib = disk.at("diskSizeGB").isPresent() ? disk.at("diskSizeGB").number() : image.sizeGib();
        if (gib < image.sizeGib()) {
            throw disk.at("diskSizeGB")
                    .invalid("The specified disk size " + gib
                            + " GB is smaller than the size of the corresponding disk in the VM image: "
                            + image.sizeGib()
                            + " GB. This is not allowed. Please choose equal or greater size or do not specify an explicit"
                            + " size.");
        }
        boolean ephemeral = disk.at("diffDiskSettings").isPresent();
        DeleteOption onDelete = deleteOption(disk, ephemeral ? DeleteOption.DELETE : DeleteOption.DETACH);
        if (ephemeral) {
            checkEphemeral(disk, gib, image, size, onDelete);
        }
        String name = disk.at("name").optionalText().orElse(vmName + "_OsDisk_1_" + hex());
        return new OsDisk(name, ephemeral, gib, storageType(disk), onDelete);
    }

    private static String hex() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    private static String storageType(Field disk) {
        Field type = disk.at("managedDisk").at("storageAccountType");
        String wanted = type.optionalText().orElse("Standard_LRS");
        if (!STORAGE_TYPES.contains(wanted)) {
            throw type.invalid("The value '" + wanted + "' is not one of the storage account types "
                    + STORAGE_TYPES.stream().sorted().toList() + ".");
        }
        return wanted;
    }

    private static void checkEphemeral(Field disk, int gib, Image image, VmSize size, DeleteOption onDelete) {
        Field settings = disk.at("diffDiskSettings");
        if (!settings.at("option").text().equals("Local")) {
            throw settings.at("option").invalid("The only option of an ephemeral OS disk is Local.");
        }
        if (!disk.at("caching").optionalText().orElse("").equals("ReadOnly")) {
            throw disk.at("caching").invalid("Ephemeral OS disks need the caching 'ReadOnly'.");
        }
        if (onDelete != DeleteOption.DELETE) {
            throw disk.at("deleteOption").invalid("An ephemeral OS disk can only have the deleteOption 'Delete'.");
        }
        if (image.specialized()) {
            throw settings.invalid("Ephemeral OS disks do not support specialized images.");
        }
        DiskPlacement placement = placement(settings.at("placement"), size);
        int available = size.ephemeralGib(placement);
        if (available == 0) {
            throw settings.at("placement")
                    .invalid("Ephemeral OS disk is not supported for VM size " + size.name()
                            + " with the DiffDiskPlacement " + placement.wireName() + ".");
        }
        if (gib > available) {
            throw disk.at("diskSizeGB")
                    .invalid("OS disk of Ephemeral VM with size greater than " + available
                            + " GB is not allowed for VM size " + size.name() + " when the DiffDiskPlacement is "
                            + placement.wireName() + ".");
        }
    }

    private static DiskPlacement placement(Field field, VmSize size) {
        Optional<String> wanted = field.optionalText();
        if (wanted.isEmpty()) {
            return Arrays.stream(DiskPlacement.values())
                    .filter(placement -> size.ephemeralGib(placement) > 0)
                    .findFirst()
                    .orElse(DiskPlacement.CACHE);
        }
        return Arrays.stream(DiskPlacement.values())
                .filter(placement -> placement.wireName().equalsIgnoreCase(wanted.get()))
                .findFirst()
                .orElseThrow(() -> field.invalid(
                        "The value '" + wanted.get() + "' is not valid: use CacheDisk, ResourceDisk or NvmeDisk."));
    }

    List<DataDisk> dataDisks(Field properties, String vmName) {
        Field list = properties.at("storageProfile").at("dataDisks");
        List<DataDisk> disks = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            Field disk = list.at(i);
            if (!disk.at("createOption").text().equalsIgnoreCase("Empty")) {
                throw disk.at("createOption").invalid("The lab's Azure makes only empty data disks.");
            }
            int lun = disk.at("lun").number();
            disks.add(new DataDisk(
                    disk.at("name").optionalText().orElse(vmName + "_disk" + (i + 2) + "_" + hex()),
                    lun,
                    disk.at("diskSizeGB").number(),
                    storageType(disk),
                    deleteOption(disk, DeleteOption.DETACH)));
        }
        return disks;
    }

    static DeleteOption deleteOption(Field owner, DeleteOption otherwise) {
        Field field = owner.at("deleteOption");
        return field.optionalText()
                .map(text -> DeleteOption.named(text)
                        .orElseThrow(
                                () -> field.invalid("The value '" + text + "' is not valid: use Delete or Detach.")))
                .orElse(otherwise);
    }
}
