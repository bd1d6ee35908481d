package dev.shedmaster.lab.azure.identity;

/** For whom a token is. */
final class Audience {
    static final String RESOURCE_MANAGER = "https://management.azure.com";
    private static final String CLASSIC = "https://management.core.windows.net";

    private Audience() {}

    static String ofScope(String scope) {
        return withoutSlash(scope.substring(0, scope.length() - "/.default".length()));
    }

    static boolean isResourceManager(String audience) {
        String bare = withoutSlash(audience);
        return bare.equals(RESOURCE_MANAGER) || bare.equals(CLASSIC);
    }

    private static String withoutSlash(String text) {
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }
}
