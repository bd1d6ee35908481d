package dev.shedmaster.machine.azure;

import dev.shedmaster.core.placement.CapacityType;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The offerings of one placement, in the order in which they are to be tried: the first size in every zone, then the next
 * size in every zone. The user wrote the sizes in the order of his liking, and a size that is out in one zone is usually to
 * be had in the next. Without zones each size is asked of the region as a whole, where Azure picks the zone. The region is
 * no hidden last rung below named zones: whoever names zones says where machines may run, and a further placement without
 * zones says that they may run elsewhere too.
 */
public final class OfferingLadder {
    private OfferingLadder() {}

    /**
     * Makes the ladder of one placement.
     *
     * @param account {@code namespace/name} of the account
     * @param location the region, for prices; empty if not known
     * @param placement the placement's name
     * @return {@code Invalid} naming the field if a size or zone cannot be one
     */
    public static Outcome<List<Offering>> of(
            String account,
            String location,
            String placement,
            List<String> sizes,
            List<String> zones,
            CapacityType type) {
        List<Offering> offerings = new ArrayList<>();
        for (String name : sizes) {
            VmSize size = VmSize.parse(name).orElse(null);
            if (size == null) {
                return Outcome.failed(new PortError.Invalid(
                        "vmSizes",
                        "vmSizes: \"" + name
                                + "\" is not a size's name: write it as Azure does, such as Standard_D8ds_v5"));
            }
            if (zones.isEmpty()) {
                offerings.add(offering(account, location, placement, size, null, type));
            }
            for (String zone : zones) {
                if (!zone.matches("[1-9]")) {
                    return Outcome.failed(new PortError.Invalid(
                            "zones", "zones: \"" + zone + "\" is not a zone: zones are 1, 2 and 3"));
                }
                offerings.add(offering(account, location, placement, size, zone, type));
            }
        }
        return Outcome.done(List.copyOf(offerings));
    }

    private static Offering offering(
            String account, String location, String placement, VmSize size, @Nullable String zone, CapacityType type) {
        return new Offering(
                placement,
                account,
                size.name(),
                size.family(),
                zone,
                type,
                size.vcpus(),
                VmPrices.hourly(size, location, type));
    }
}
