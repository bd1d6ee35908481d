package dev.shedmaster.machine.azure;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Which field of ours an error of Azure's speaks of. */
final class FieldAtFault {
    /** Codes that mean the user has written something that cannot work, and which field. */
    private static final Map<String, String> WRONG_FIELDS = Map.ofEntries(
            Map.entry("platformimagenotfound", "image"),
            Map.entry("galleryimagenotfound", "image"),
            Map.entry("imagenotfound", "image"),
            Map.entry("imageversionnotfound", "image"),
            Map.entry("marketplacepurchaseeligibilityfailed", "image.plan"),
            Map.entry("resourcepurchasevalidationfailed", "image.plan"),
            Map.entry("vmmarketplaceinvalidinput", "image.plan"),
            Map.entry("maxpricevalueinvalid", "priority"),
            Map.entry("azurespotfeaturenotenabledforsubscription", "priority"),
            Map.entry("azurespotisnotsupportedforthisvmsize", "vmSizes"),
            Map.entry("resourcegroupnotfound", "resourceGroup"),
            Map.entry("scopelocked", "resourceGroup"),
            Map.entry("subscriptionnotfound", "subscriptionId"),
            Map.entry("invalidsubscriptionid", "subscriptionId"),
            Map.entry("disabledsubscription", "subscriptionId"),
            Map.entry("readonlydisabledsubscription", "subscriptionId"),
            Map.entry("locationnotavailableforresourcetype", "location"),
            Map.entry("invalidlocation", "location"),
            Map.entry("invalidavailabilityzone", "zones"),
            Map.entry("availabilityzonenotsupported", "zones"));

    private FieldAtFault() {}

    /** The field that certainly cannot work as the user has written it. */
    static Optional<String> byCode(ArmFailure failure) {
        return failure.items().stream()
                .flatMap(
                        item -> Optional.ofNullable(WRONG_FIELDS.get(item.code().toLowerCase(Locale.ROOT))).stream())
                .findFirst();
    }

    /** The field that refers to what the error names; nothing if it names nothing that a field refers to. */
    static Optional<String> byReference(ArmFailure failure) {
        String lower = failure.text().toLowerCase(Locale.ROOT);
        if (lower.contains("/subnets/")) {
            return Optional.of("subnetId");
        }
        if (lower.contains("/networksecuritygroups/")) {
            return Optional.of("networkSecurityGroupId");
        }
        if (lower.contains("/userassignedidentities/")) {
            return Optional.of("identities");
        }
        return lower.contains("/galleries/") || lower.contains("/images/") ? Optional.of("image") : Optional.empty();
    }

    /** The field that it is most likely about. */
    static String guess(ArmFailure failure) {
        return byReference(failure).orElseGet(() -> byTarget(failure));
    }

    private static String byTarget(ArmFailure failure) {
        String target = failure.items().stream()
                .map(ArmFailure.Item::target)
                .filter(item -> !item.isEmpty())
                .findFirst()
                .orElse("");
        return switch (target.toLowerCase(Locale.ROOT)) {
            case "vmsize", "hardwareprofile.vmsize" -> "vmSizes";
            case "imagereference", "storageprofile.imagereference" -> "image";
            case "customdata", "osprofile.customdata" -> "bootstrap";
            case "zones", "zone" -> "zones";
            case "location" -> "location";
            case "" -> "placements";
            default -> target.toLowerCase(Locale.ROOT).contains("disk") ? "osDisk" : target;
        };
    }
}
