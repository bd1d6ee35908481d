package dev.shedmaster.machine.robot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.shedmaster.port.DedicatedServers.RescueBoot;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads what Robot tells of a boot into the rescue system. */
final class RescueReading {
    private static final String PREFIX = "SHA256:";

    /** A SHA-256 sum in Base64. Answers of older times had MD5 sums in their place, by which nothing is pinned. */
    private static final Pattern SHA_256 = Pattern.compile("[A-Za-z0-9+/]{43}=?");

    private RescueReading() {}

    /**
     * Reads {@code /boot/…/rescue/last}. The host keys, one for each algorithm, are told some seconds before the rescue system
     * takes connections, as sums without a prefix; the keys themselves are not.
     */
    static RescueBoot read(JsonNode rescue) {
        return new RescueBoot(RobotJson.time(rescue, "boot_time"), hostKeys(rescue.path("host_key")));
    }

    private static Set<String> hostKeys(JsonNode list) {
        return RobotJson.items(list).stream()
                .map(item -> RobotJson.text(item.path("key"), "fingerprint"))
                .map(sum -> sum.startsWith(PREFIX) ? sum.substring(PREFIX.length()) : sum)
                .filter(sum -> SHA_256.matcher(sum).matches())
                .map(sum -> PREFIX + sum.replace("=", ""))
                .collect(Collectors.toUnmodifiableSet());
    }
}
