package dev.shedmaster.lab.azure.arm;

import dev.shedmaster.lab.azure.call.AzureCall;
import dev.shedmaster.lab.azure.estate.ResourceKey;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a path and method mean. Segments are compared without regard to case, names are kept as the caller wrote them.
 *
 * @param name of the resource, or the id of an operation; empty for lists
 */
record ArmRoute(
        AzureCall call,
        String subscription,
        @Nullable String resourceGroup,
        @Nullable String location,
        String name) {

    /** The route; empty when there is no such thing here. */
    static Optional<ArmRoute> of(String method, String path) {
        List<String> segments =
                Arrays.stream(path.split("/")).filter(part -> !part.isEmpty()).toList();
        if (segments.size() < 3 || !is(segments, 0, "subscriptions")) {
            return Optional.empty();
        }
        String subscription = segments.get(1);
        if (is(segments, 2, "providers")) {
            return inSubscription(method, subscription, segments.subList(3, segments.size()));
        }
        if (!is(segments, 2, "resourceGroups") || segments.size() < 4) {
            return Optional.empty();
        }
        String group = segments.get(3);
        if (segments.size() == 4) {
            return method.equals("GET")
                    ? Optional.of(new ArmRoute(AzureCall.GET_RESOURCE_GROUP, subscription, group, null, group))
                    : Optional.empty();
        }
        return is(segments, 4, "providers")
                ? inGroup(method, subscription, group, segments.subList(5, segments.size()))
                : Optional.empty();
    }

    private static boolean is(List<String> segments, int at, String word) {
        return at < segments.size() && segments.get(at).equalsIgnoreCase(word);
    }

    private static Optional<ArmRoute> inSubscription(String method, String subscription, List<String> rest) {
        if (!method.equals("GET") || rest.size() < 2) {
            return Optional.empty();
        }
        boolean compute = is(rest, 0, "Microsoft.Compute");
        if (is(rest, 1, "locations")) {
            return inLocation(subscription, rest, compute);
        }
        if (rest.size() != 2) {
            return Optional.empty();
        }
        AzureCall call = switch (lower(rest.get(0)) + "/" + lower(rest.get(1))) {
            case "microsoft.compute/virtualmachines" -> AzureCall.LIST_ALL_VMS;
            case "microsoft.compute/skus" -> AzureCall.GET_SKUS;
            case "microsoft.compute/disks" -> AzureCall.LIST_DISKS;
            case "microsoft.network/networkinterfaces" -> AzureCall.LIST_NICS;
            case "microsoft.network/publicipaddresses" -> AzureCall.LIST_PUBLIC_IPS;
            default -> null;
        };
        return call == null ? Optional.empty() : Optional.of(new ArmRoute(call, subscription, null, null, ""));
    }

    private static Optional<ArmRoute> inLocation(String subscription, List<String> rest, boolean compute) {
        if (rest.size() == 5 && is(rest, 3, "operations")) {
            return Optional.of(
                    new ArmRoute(AzureCall.GET_OPERATION, subscription, null, location(rest.get(2)), rest.get(4)));
        }
        if (rest.size() != 4 || !compute) {
            return Optional.empty();
        }
        AzureCall call = switch (lower(rest.get(3))) {
            case "virtualmachines" -> AzureCall.LIST_VMS_BY_LOCATION;
            case "usages" -> AzureCall.GET_USAGES;
            default -> null;
        };
        return call == null
                ? Optional.empty()
                : Optional.of(new ArmRoute(call, subscription, null, location(rest.get(2)), ""));
    }

    private static Optional<ArmRoute> inGroup(String method, String subscription, String group, List<String> rest) {
        if (rest.size() < 2) {
            return Optional.empty();
        }
        String type = lower(rest.get(0)) + "/" + lower(rest.get(1));
        String name = rest.size() > 2 ? rest.get(2) : "";
        AzureCall call = switch (rest.size()) {
            case 2 -> method.equals("GET") ? list(type) : null;
            case 3 -> single(method, type);
            case 4 -> type.equals("microsoft.compute/virtualmachines") ? action(method, lower(rest.get(3))) : null;
            case 5 ->
                method.equals("GET") && type.equals("microsoft.network/virtualnetworks") && is(rest, 3, "subnets")
                        ? AzureCall.GET_SUBNET
                        : null;
            default -> null;
        };
        return call == null ? Optional.empty() : Optional.of(new ArmRoute(call, subscription, group, null, name));
    }

    private static @Nullable AzureCall list(String type) {
        return switch (type) {
            case "microsoft.compute/virtualmachines" -> AzureCall.LIST_VMS;
            case "microsoft.compute/disks" -> AzureCall.LIST_DISKS;
            case "microsoft.network/networkinterfaces" -> AzureCall.LIST_NICS;
            case "microsoft.network/publicipaddresses" -> AzureCall.LIST_PUBLIC_IPS;
            default -> null;
        };
    }

    private static @Nullable AzureCall single(String method, String type) {
        return switch (method + " " + type) {
            case "PUT microsoft.compute/virtualmachines" -> AzureCall.PUT_VM;
            case "PATCH microsoft.compute/virtualmachines" -> AzureCall.PATCH_VM;
            case "GET microsoft.compute/virtualmachines" -> AzureCall.GET_VM;
            case "DELETE microsoft.compute/virtualmachines" -> AzureCall.DELETE_VM;
            case "GET microsoft.compute/disks" -> AzureCall.GET_DISK;
            case "DELETE microsoft.compute/disks" -> AzureCall.DELETE_DISK;
            case "PUT microsoft.network/networkinterfaces" -> AzureCall.PUT_NIC;
            case "GET microsoft.network/networkinterfaces" -> AzureCall.GET_NIC;
            case "DELETE microsoft.network/networkinterfaces" -> AzureCall.DELETE_NIC;
            case "GET microsoft.network/publicipaddresses" -> AzureCall.GET_PUBLIC_IP;
            case "DELETE microsoft.network/publicipaddresses" -> AzureCall.DELETE_PUBLIC_IP;
            default -> null;
        };
    }

    private static @Nullable AzureCall action(String method, String action) {
        return switch (method + " " + action) {
            case "GET instanceview" -> AzureCall.GET_INSTANCE_VIEW;
            case "POST start" -> AzureCall.START_VM;
            case "POST poweroff" -> AzureCall.POWER_OFF_VM;
            case "POST restart" -> AzureCall.RESTART_VM;
            case "POST deallocate" -> AzureCall.DEALLOCATE_VM;
            case "POST simulateeviction" -> AzureCall.SIMULATE_EVICTION;
            case "POST retrievebootdiagnosticsdata" -> AzureCall.BOOT_DIAGNOSTICS;
            default -> null;
        };
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** "West Europe" and "westeurope" are the same place. */
    static String location(String text) {
        return lower(text).replace(" ", "");
    }

    /** The group of a route that has one. */
    String group() {
        if (resourceGroup == null) {
            throw new IllegalStateException(call + " has no resource group");
        }
        return resourceGroup;
    }

    ResourceKey key() {
        return new ResourceKey(group(), name);
    }

    boolean concernsOneMachine() {
        return switch (call) {
            case PUT_VM,
                    PATCH_VM,
                    GET_VM,
                    GET_INSTANCE_VIEW,
                    DELETE_VM,
                    START_VM,
                    POWER_OFF_VM,
                    RESTART_VM,
                    DEALLOCATE_VM,
                    SIMULATE_EVICTION,
                    BOOT_DIAGNOSTICS -> true;
            default -> false;
        };
    }
}
