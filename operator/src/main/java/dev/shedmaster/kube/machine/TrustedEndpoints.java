package dev.shedmaster.kube.machine;

import dev.shedmaster.machine.azure.AzureCloud;
import dev.shedmaster.machine.azure.AzureEndpoints;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Where the operator's own identity may be shown. An AzureSubscription with {@code workloadIdentity} or
 * {@code managedIdentity} brings no credential, it borrows the operator's; whoever may write one could send the operator's
 * tokens to an address of his own, were any address taken.
 *
 * @param allowed hosts beyond those of the Azure clouds, as the operator was started with, in small letters
 */
public record TrustedEndpoints(Set<String> allowed) {
    /** The option that adds hosts. */
    public static final String OPTION = "--allow-azure-endpoints";

    /** Only those of the Azure clouds. */
    public static final TrustedEndpoints CLOUDS_ONLY = new TrustedEndpoints(Set.of());

    private static final String INSTANCE_METADATA = "169.254.169.254";

    public TrustedEndpoints {
        allowed = allowed.stream()
                .map(host -> host.strip().toLowerCase(Locale.ROOT))
                .filter(host -> !host.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** @throws IllegalArgumentException naming the address that the operator's identity must not be shown to */
    void check(AzureEndpoints endpoints) {
        check(
                "resourceManager",
                endpoints.resourceManager(),
                isOfCloud(endpoints.resourceManager(), AzureCloud::hasResourceManager));
        check("authority", endpoints.authority(), isOfCloud(endpoints.authority(), AzureCloud::hasAuthority));
        check("instanceMetadata", endpoints.instanceMetadata(), isMetadata(endpoints.instanceMetadata()));
    }

    private void check(String field, URI address, boolean ofCloud) {
        if (!ofCloud && !allowed.contains(host(address))) {
            throw new IllegalArgumentException("spec.endpoints." + field + ": " + address + " is no address of an Azure"
                    + " cloud, and the operator's own identity is shown to no other: use auth.clientSecret, or start the"
                    + " operator with " + OPTION + "=" + host(address));
        }
    }

    private static boolean isOfCloud(URI address, Predicate<String> hosts) {
        return "https".equalsIgnoreCase(address.getScheme())
                && (address.getPort() == -1 || address.getPort() == 443)
                && hosts.test(host(address));
    }

    private static boolean isMetadata(URI address) {
        return "http".equalsIgnoreCase(address.getScheme())
                && (address.getPort() == -1 || address.getPort() == 80)
                && INSTANCE_METADATA.equals(host(address));
    }

    private static String host(URI address) {
        return address.getHost() == null ? "" : address.getHost().toLowerCase(Locale.ROOT);
    }
}
