package dev.shedmaster.machine.azure;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Azure's clouds. Each has its own Resource Manager, which takes tokens that are made out for it and for no other cloud's
 * (its {@code /metadata/endpoints} lists them), and authorities that give such tokens.
 */
public enum AzureCloud {
    PUBLIC("management.azure.com", List.of("login.microsoftonline.com")),
    US_GOVERNMENT("management.usgovcloudapi.net", List.of("login.microsoftonline.us")),
    CHINA("management.chinacloudapi.cn", List.of("login.chinacloudapi.cn", "login.partner.microsoftonline.cn"));

    private final String resourceManager;
    private final List<String> authorities;

    AzureCloud(String resourceManager, List<String> authorities) {
        this.resourceManager = resourceManager;
        this.authorities = authorities;
    }

    /** Whether some cloud's Resource Manager has that host. */
    public static boolean hasResourceManager(String host) {
        return Arrays.stream(values()).anyMatch(cloud -> cloud.resourceManager.equals(host));
    }

    /** Whether some cloud has an authority of that host. */
    public static boolean hasAuthority(String host) {
        return Arrays.stream(values()).anyMatch(cloud -> cloud.authorities.contains(host));
    }

    /**
     * The cloud at these addresses. A Resource Manager that is reached by another name than its own, as through a proxy, is
     * that of the authority's cloud; where that too has another name, it is the public one.
     */
    static AzureCloud at(@Nullable URI resourceManager, @Nullable URI authority) {
        return ofResourceManager(host(resourceManager))
                .or(() -> ofAuthority(host(authority)))
                .orElse(PUBLIC);
    }

    private static Optional<AzureCloud> ofResourceManager(String host) {
        return Arrays.stream(values())
                .filter(cloud -> cloud.resourceManager.equals(host))
                .findFirst();
    }

    private static Optional<AzureCloud> ofAuthority(String host) {
        return Arrays.stream(values())
                .filter(cloud -> cloud.authorities.contains(host))
                .findFirst();
    }

    private static String host(@Nullable URI address) {
        return address == null || address.getHost() == null
                ? ""
                : address.getHost().toLowerCase(Locale.ROOT);
    }

    URI resourceManager() {
        return URI.create("https://" + resourceManager);
    }

    URI authority() {
        return URI.create("https://" + authorities.getFirst());
    }

    /** What a token must be made out for. */
    String audience() {
        return "https://" + resourceManager;
    }
}
