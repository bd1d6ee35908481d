package dev.shedmaster.lab.http;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request as it came.
 *
 * @param path decoded
 * @param caller the address that it came from
 * @param query parameters by their name in lower case; of several with one name the last
 * @param headers by their name in lower case; of several with one name the first
 */
public record LabRequest(
        String method,
        String path,
        String caller,
        Map<String, String> query,
        Map<String, String> headers,
        String body) {

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    public Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name.toLowerCase(Locale.ROOT)));
    }

    public boolean flag(String name) {
        return parameter(name).filter(value -> value.equalsIgnoreCase("true")).isPresent();
    }
}
