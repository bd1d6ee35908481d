package dev.shedmaster.kube.status;

import java.net.URI;
import java.net.URISyntaxException;

/** Reads the addresses in specs: the schema's pattern lets pass what is none after all. */
public final class Addresses {
    private static final int HIGHEST_PORT = 65_535;

    private Addresses() {}

    /**
     * The address in a field.
     *
     * @param field names it in errors, as {@code spec.url}
     * @throws IllegalArgumentException naming the field and what it must be
     */
    public static URI of(String field, String given) {
        try {
            URI address = new URI(given);
            if (address.getHost() == null) {
                throw unusable(field, given, "it names no host");
            }
            if (address.getPort() == 0 || address.getPort() > HIGHEST_PORT) {
                throw unusable(field, given, "ports are 1 to " + HIGHEST_PORT);
            }
            return address;
        } catch (URISyntaxException e) {
            throw unusable(field, given, e.getReason());
        }
    }

    private static IllegalArgumentException unusable(String field, String given, String why) {
        return new IllegalArgumentException(
                field + ": must be an address such as https://host.example.org/, is " + given + " (" + why + ")");
    }
}
