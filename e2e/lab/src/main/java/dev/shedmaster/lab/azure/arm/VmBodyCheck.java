package dev.shedmaster.lab.azure.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shedmaster.lab.azure.call.CallFacts.Priority;
import dev.shedmaster.lab.azure.catalog.ImageShelf;
import dev.shedmaster.lab.azure.catalog.ImageShelf.Image;
import dev.shedmaster.lab.azure.catalog.SizeCatalog;
import dev.shedmaster.lab.azure.catalog.VmSize;
import dev.shedmaster.lab.azure.estate.ResourceKey;
import dev.shedmaster.lab.azure.estate.Subnets;
import dev.shedmaster.lab.azure.estate.Tariff;
import dev.shedmaster.lab.azure.estate.VmPlan;
import dev.shedmaster.lab.azure.estate.VmPlan.Eviction;
import dev.shedmaster.lab.azure.fault.ArmError;
import dev.shedmaster.lab.azure.fault.ErrorPlace;
import dev.shedmaster.lab.azure.fault.KnownError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the body of a creating PUT and refuses what Azure would, before anything is looked at but the body itself. */
final class VmBodyCheck {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,62}[A-Za-z0-9_]|[A-Za-z0-9_]");
    private static final Set<String> ZONES = Set.of("1", "2", "3");
    private static final String PLACEMENT_SINCE = "2024-11-01";

    private final String subscription;
    private final Tariff tariff;
    private final StorageCheck storage;
    private final NetworkCheck network;
    private final OsProfileCheck osProfile = new OsProfileCheck();

    VmBodyCheck(String subscription, Tariff tariff, ImageShelf images, Subnets subnets) {
        this.subscription = subscription;
        this.tariff = tariff;
        this.storage = new StorageCheck(images);
        this.network = new NetworkCheck(subnets);
    }

    VmPlan check(String group, String name, String apiVersion, ObjectNode body) {
        Field root = Field.root(body);
        if (!NAME.matcher(name).matches()) {
            throw ArmError.of(
                            400,
                            "InvalidParameter",
                            "The entered resource name '" + name
                                    + "' is invalid: Linux machines have names of 1 to 64 letters, digits, '.', '_' and '-' that do not end"
                                    + " in '.' or '-'.",
                            "resourceName")
                    .refusal();
        }
        String location = location(root);
        Field properties = root.at("properties").required();
        VmSize size = size(properties, location);
        String id = "/subscriptions/" + subscription + "/resourceGroups/" + group
                + "/providers/Microsoft.Compute/virtualMachines/" + name;
        List<String> zones = zones(root, id, location);
        List<String> choices = zoneChoices(root, apiVersion, !zones.isEmpty());
        Image image = storage.image(properties, root, id, location, size);
        VmPlan.OsDisk osDisk = storage.osDisk(properties, name, image, size);
        Priority priority = priority(properties, id, name, location, size);
        Eviction eviction = eviction(properties, priority, osDisk.ephemeral());
        double maxPrice =
                maxPrice(properties, priority, ErrorPlace.of(id, name, location).with("size", size.name()));
        String customData = osProfile.check(properties, image);
        NetworkCheck.Interfaces interfaces = network.check(properties, id);
        VmPlan plan = new VmPlan(
                new ResourceKey(group, name),
                id,
                name,
                group,
                location,
                zones.isEmpty() ? null : zones.getFirst(),
                choices,
                size,
                priority,
                eviction,
                maxPrice,
                image,
                osDisk,
                storage.dataDisks(properties, name),
                interfaces.inline(),
                interfaces.existing(),
                customData,
                osProfile.userData(properties),
                properties
                        .at("diagnosticsProfile")
                        .at("bootDiagnostics")
                        .at("enabled")
                        .flag(false),
                root.at("tags").tags(),
                body);
        refuseOverpricedSpot(plan);
        return plan;
    }

    private String location(Field root) {
        Field field = root.at("location");
        if (!field.isPresent()) {
            throw ArmError.of(400, "LocationRequired", "The location property is required for this definition.")
                    .refusal();
        }
        String location = ArmRoute.location(field.text());
        if (!sizes().regions().contains(location)) {
            throw ArmError.of(
                            400,
                            "LocationNotAvailableForResourceType",
                            "The provided location '" + location
                                    + "' is not available for resource type 'Microsoft.Compute/virtualMachines'. List of available regions for"
                                    + " the resource type is '" + String.join(",", sizes().regions()) + "'.")
                    .refusal();
        }
        return location;
    }

    private SizeCatalog sizes() {
        return tariff.sizes();
    }

    private VmSize size(Field properties, String location) {
        Field field = properties.at("hardwareProfile").required().at("vmSize");
        String wanted = field.text();
        return sizes().find(wanted)
                .orElseThrow(() -> ArmError.of(
                                400,
                                "InvalidParameter",
                                "The value " + wanted
                                        + " provided for the VM size is not valid. The valid sizes in the current region are: "
                                        + sizes().all().stream()
                                                .map(VmSize::name)
                                                .collect(Collectors.joining(",")) + ". (" + location + ")",
                                "vmSize")
                        .refusal());
    }

    private static List<String> zones(Field root, String id, String location) {
        Field field = root.at("zones");
        List<String> zones = new ArrayList<>();
        for (int i = 0; i < field.size(); i++) {
            zones.add(field.at(i).text());
        }
        if (zones.size() > 1) {
            throw field.invalid(
                    "A virtual machine can be in at most one availability zone, but zones has " + zones.size() + ".");
        }
        if (!ZONES.containsAll(zones)) {
            throw ArmError.of(
                            400,
                            "InvalidAvailabilityZone",
                            "The zone(s) '" + String.join(",", zones) + "' for resource '" + id
                                    + "' is not supported. The supported zones for location '" + location
                                    + "' are '1,2,3'",
                            "zones")
                    .refusal();
        }
        return zones;
    }

    private static List<String> zoneChoices(Field root, String apiVersion, boolean pinned) {
        Field placement = root.at("placement");
        if (!placement.isPresent()) {
            return List.of();
        }
        if (apiVersion.compareTo(PLACEMENT_SINCE) < 0) {
            throw ArmError.of(
                            400,
                            "InvalidRequestContent",
                            "Could not find member 'placement' on object of type 'ResourceDefinition': it exists since api-version "
                                    + PLACEMENT_SINCE + ".",
                            "placement")
                    .refusal();
        }
        if (pinned) {
            throw placement.invalid("'zones' and 'placement' cannot both be given.");
        }
        String policy = placement.at("zonePlacementPolicy").text();
        if (!policy.equals("Any") && !policy.equals("Auto")) {
            throw placement.at("zonePlacementPolicy").invalid("The value '" + policy + "' is not valid: use Any.");
        }
        List<String> included = texts(placement.at("includeZones"));
        List<String> excluded = texts(placement.at("excludeZones"));
        if (!included.isEmpty() && !excluded.isEmpty()) {
            throw placement.invalid("Only one of includeZones and excludeZones can be given.");
        }
        List<String> choices = ZONES.stream()
                .sorted()
                .filter(zone -> included.isEmpty() || included.contains(zone))
                .filter(zone -> !excluded.contains(zone))
                .toList();
        if (choices.isEmpty()) {
            throw placement.invalid("No zone is left to choose from: the zones are 1, 2 and 3.");
        }
        return choices;
    }

    private static List<String> texts(Field field) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < field.size(); i++) {
            texts.add(field.at(i).text());
        }
        return texts;
    }

    private static Priority priority(Field properties, String id, String name, String location, VmSize size) {
        Field field = properties.at("priority");
        String wanted = field.optionalText().orElse("Regular");
        return switch (wanted.toLowerCase(Locale.ROOT)) {
            case "regular" -> Priority.REGULAR;
            // "Low" is the old word for it.
            case "spot", "low" -> {
                if (!size.spot()) {
                    throw KnownError.SPOT_NOT_FOR_SIZE
                            .in(ErrorPlace.of(id, name, location).with("size", size.name()))
                            .refusal();
                }
                yield Priority.SPOT;
            }
            default ->
                throw field.invalid(
                        "The value '" + wanted + "' of parameter 'priority' is not valid: use Regular or Spot.");
        };
    }

    private static Eviction eviction(Field properties, Priority priority, boolean ephemeral) {
        Field field = properties.at("evictionPolicy");
        String wanted = field.optionalText().orElse(null);
        if (wanted != null && priority != Priority.SPOT) {
            throw field.invalid("Eviction policy can be set only on Azure Spot Virtual Machines.");
        }
        Eviction eviction = eviction(field, wanted);
        if (priority == Priority.SPOT && ephemeral && eviction != Eviction.DELETE) {
            throw field.invalid(
                    "Azure Spot Virtual Machines with an ephemeral OS disk support only the eviction policy 'Delete'.");
        }
        return eviction;
    }

    private static Eviction eviction(Field field, @Nullable String wanted) {
        return switch (wanted == null ? "deallocate" : wanted.toLowerCase(Locale.ROOT)) {
            case "delete" -> Eviction.DELETE;
            case "deallocate" -> Eviction.DEALLOCATE;
            default -> throw field.invalid("The value '" + wanted + "' is not valid: use Delete or Deallocate.");
        };
    }

    private static double maxPrice(Field properties, Priority priority, ErrorPlace place) {
        Field profile = properties.at("billingProfile");
        Field field = profile.at("maxPrice");
        if (!field.isPresent()) {
            return -1;
        }
        if (priority != Priority.SPOT) {
            throw profile.invalid("Max price can be set only on Azure Spot Virtual Machines.");
        }
        double price = field.node().asDouble(0);
        if (!field.node().isNumber() || (price != -1 && price <= 0)) {
            throw KnownError.MAX_PRICE_INVALID.in(place).refusal();
        }
        return price;
    }

    private void refuseOverpricedSpot(VmPlan plan) {
        if (plan.isSpot() && plan.maxPrice() > 0 && plan.maxPrice() < tariff.hourly(plan)) {
            throw KnownError.SPOT_PRICE
                    .in(ErrorPlace.of(plan.id(), plan.name(), plan.location())
                            .with("size", plan.size().name()))
                    .refusal();
        }
    }
}
