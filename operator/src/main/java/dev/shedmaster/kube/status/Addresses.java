package dev.shedmaster.kube.status;

import java.net.URI;
import java.net.URISyntaxException;

/** Reads the addresses in specs: the schema's pattern lets pass what is none after all. */
public final class Addresses {
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
            if (address.getHost() != null) {
                return address;
            }
            throw unusable(field, given, "it names no host");
        } catch (URISyntaxException e) {
            throw unusable(field, given, e.getReason());
        }
    }

    private static IllegalArgumentException unusable(String field, String given, String why) {
        return new IllegalArgumentException(
                field + ": must be an address such as https://host.example.org/, is " + given + " (" + why + ")");
    }
}
