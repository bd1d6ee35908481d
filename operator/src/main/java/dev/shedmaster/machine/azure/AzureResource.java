package dev.shedmaster.machine.azure;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The kinds of resource that a machine consists of. */
enum AzureResource {
    MACHINE(
            "virtual machine",
            "Microsoft.Compute/virtualMachines",
            "2025-04-01",
            RequestKind.LIST_VMS,
            RequestKind.GET_VM),
    INTERFACE("network interface", "Microsoft.Network/networkInterfaces", "2025-03-01"),
    DISK("disk", "Microsoft.Compute/disks", "2025-01-02"),
    ADDRESS("public IP address", "Microsoft.Network/publicIPAddresses", "2025-03-01");

    private final String word;
    private final String type;
    private final String apiVersion;
    private final RequestKind list;
    private final RequestKind get;

    AzureResource(String word, String type, String apiVersion) {
        this(word, type, apiVersion, RequestKind.READ_OTHER, RequestKind.READ_OTHER);
    }

    AzureResource(String word, String type, String apiVersion, RequestKind list, RequestKind get) {
        this.word = word;
        this.type = type;
        this.apiVersion = apiVersion;
        this.list = list;
        this.get = get;
    }

    String word() {
        return word;
    }

    String apiVersion() {
        return apiVersion;
    }

    RequestKind list() {
        return list;
    }

    RequestKind get() {
        return get;
    }

    String path(AzureAccount account) {
        return account.groupPath() + "/providers/" + type;
    }

    /** The kind of the resource with this identifier; empty if it is none of these or not in the account's group. */
    static Optional<AzureResource> ofId(AzureAccount account, String id) {
        String lower = id.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(resource -> {
                    String prefix = resource.path(account).toLowerCase(Locale.ROOT) + "/";
                    return lower.startsWith(prefix)
                            && lower.length() > prefix.length()
                            && lower.indexOf('/', prefix.length()) < 0;
                })
                .findFirst();
    }
}
