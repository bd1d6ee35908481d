package dev.shedmaster.machine.azure;

import dev.shedmaster.port.MachineOwner;
import dev.shedmaster.port.PortError;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whose machines these are, and how much may be had.
 *
 * @param name how offerings name the account: {@code namespace/name} of its object
 * @param installation identifies this installation of the operator among all that may share the resource group
 * @param resourceGroup exists already and is never created or deleted by us
 * @param location the region, as Azure spells it: {@code westeurope}
 */
public record AzureAccount(
        String name,
        String installation,
        String subscriptionId,
        String resourceGroup,
        String location,
        AzureEndpoints endpoints,
        AzureAuth auth,
        Limits limits,
        RequestRates rates) {

    /** Test clusters of the operating system's own test tool live in groups of this name, and are reaped there by others. */
    private static final String FOREIGN_GROUP = "kola-cluster";

    /**
     * What the user grants, whatever the quota is; null is no limit.
     *
     * @param vcpus of all machines together
     * @param workers how many machines
     */
    public record Limits(@Nullable Integer vcpus, @Nullable Integer workers) {
        public static final Limits NONE = new Limits(null, null);
    }

    /** What makes the account unusable before any call is made. */
    Optional<PortError.Invalid> problem() {
        if (resourceGroup.toLowerCase(Locale.ROOT).startsWith(FOREIGN_GROUP)) {
            return invalid(
                    "resourceGroup",
                    "\"" + resourceGroup + "\" begins with \"" + FOREIGN_GROUP
                            + "\", a name that other tools create and delete: give the workers a group of their own");
        }
        if (!resourceGroup.matches("[\\p{L}\\p{N}_().-]{0,89}[\\p{L}\\p{N}_()-]")) {
            return invalid("resourceGroup", "\"" + resourceGroup + "\" cannot be the name of a resource group");
        }
        if (!subscriptionId.matches("[0-9a-fA-F-]{36}")) {
            return invalid("subscriptionId", "\"" + subscriptionId + "\" is not a subscription's ID (a UUID)");
        }
        if (!location.matches("[a-z0-9]{1,40}")) {
            return invalid(
                    "location",
                    "\"" + location + "\" is not a region's name: write it as Azure does, such as westeurope");
        }
        if (installation.isBlank() || installation.length() > OwnerTags.MAX_VALUE) {
            return invalid("installation", "must have 1 to " + OwnerTags.MAX_VALUE + " characters");
        }
        return Optional.empty();
    }

    private static Optional<PortError.Invalid> invalid(String field, String why) {
        return Optional.of(new PortError.Invalid(field, field + ": " + why));
    }

    /**
     * Whether the worker can have its machine by this account: references stay within a namespace. Accounts of other
     * namespaces may use the same resource group, and their workers need not be known to us.
     *
     * @param worker {@code namespace/name}
     */
    boolean mayServe(String worker) {
        return MachineOwner.isBeside(name, worker);
    }

    String groupPath() {
        return "/subscriptions/" + subscriptionId + "/resourceGroups/" + resourceGroup;
    }

    String computePath() {
        return "/subscriptions/" + subscriptionId + "/providers/Microsoft.Compute";
    }
}
