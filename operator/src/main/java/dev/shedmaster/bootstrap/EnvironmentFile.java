package dev.shedmaster.bootstrap;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * A file of settings as systemd's {@code EnvironmentFile=} and a POSIX shell read it alike: plain where that is safe, else
 * in double quotes with the four characters escaped that mean something there to both.
 */
final class EnvironmentFile {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+,=-]*");

    private EnvironmentFile() {}

    /** One line a setting, in the map's order. */
    static String of(Map<String, String> settings) {
        StringBuilder text = new StringBuilder();
        settings.forEach((key, value) ->
                text.append(key).append('=').append(quoted(value)).append('\n'));
        return text.toString();
    }

    private static String quoted(String value) {
        return PLAIN.matcher(value).matches() ? value : '"' + value.replaceAll("[\\\\\"$`]", "\\\\$0") + '"';
    }
}
