package dev.shedmaster.machine.azure;

import dev.shedmaster.machine.azure.AzureVmSettings.DiskPlacement;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a size's name tells. Azure's list of sizes takes up to half a minute to read, and the names follow
 * one scheme: {@code Standard_} family, vCPUs, features, version.
 *
 * @param name as the user wrote it
 * @param family the quota's name, such as {@code standardDDSv5Family}; compare without case
 * @param series the name without its vCPUs, such as {@code Dds_v5}: prices go by it
 * @param vcpus what it takes from a quota
 * @param usableVcpus what a machine of it has: less than {@code vcpus} for a constrained size, such as Standard_E4-2ds_v5
 * @param memory in GiB, empty where it is not known
 */
public record VmSize(
        String name,
        String family,
        String series,
        int vcpus,
        int usableVcpus,
        OptionalInt memory,
        String features,
        int version) {
    private static final Pattern SCHEME = Pattern.compile(
            "Standard_([A-Z]+)(\\d+)(?:-(\\d+))?([a-z]*)(?:_(?!v\\d+$)([A-Z0-9]+))?(?:_v(\\d+))?",
            Pattern.CASE_INSENSITIVE);

    /** Reads a size's name; empty if it does not follow the scheme. */
    public static Optional<VmSize> parse(String name) {
        Matcher matcher = SCHEME.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int vcpus;
        int usable;
        try {
            vcpus = Integer.parseInt(matcher.group(2));
            usable = matcher.group(3) == null ? vcpus : Integer.parseInt(matcher.group(3));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
        String letters = matcher.group(1).toUpperCase(Locale.ROOT);
        String features = matcher.group(4).toLowerCase(Locale.ROOT);
        String accelerator = matcher.group(5) == null ? "" : matcher.group(5).toUpperCase(Locale.ROOT);
        int version = matcher.group(6) == null ? 1 : Integer.parseInt(matcher.group(6));
        String suffix = matcher.group(6) == null ? "" : "v" + version;
        String family = "standard" + letters + features.toUpperCase(Locale.ROOT)
                + (accelerator.isEmpty() ? "" : "_" + accelerator) + suffix + "Family";
        String series = letters
                + features
                + (accelerator.isEmpty() ? "" : "_" + accelerator)
                + (suffix.isEmpty() ? "" : "_" + suffix);
        return Optional.of(new VmSize(
                name,
                family,
                series,
                vcpus,
                usable,
                accelerator.isEmpty() ? memory(letters, features, version, vcpus) : OptionalInt.empty(),
                features,
                version));
    }

    /**
     * After the pages of the families: D sizes from v3 have 4 GiB for each vCPU, E sizes 8 (the largest of them less), F sizes
     * 2 up to v2 and 4 from v6; an {@code l} means 2, an {@code m} of F 8. Of others nothing is claimed.
     */
    private static OptionalInt memory(String letters, String features, int version, int vcpus) {
        int perVcpu = switch (letters) {
            case "D" -> version < 3 || vcpus > 96 ? 0 : features.contains("l") ? 2 : 4;
            case "E" -> version < 3 || vcpus > (features.contains("p") ? 20 : 48) ? 0 : 8;
            case "F" -> version <= 2 || features.contains("l") ? 2 : version < 6 ? 0 : features.contains("m") ? 8 : 4;
            default -> 0;
        };
        return perVcpu == 0 ? OptionalInt.empty() : OptionalInt.of(perVcpu * vcpus);
    }

    /** The host's disk that an ephemeral OS disk goes to; null where the name does not tell, which leaves it to Azure. */
    public @Nullable DiskPlacement ephemeralPlacement() {
        if (features.contains("d")) {
            return version >= 6 ? DiskPlacement.NVME : DiskPlacement.RESOURCE;
        }
        return features.contains("s") && version <= 3 ? DiskPlacement.CACHE : null;
    }
}
