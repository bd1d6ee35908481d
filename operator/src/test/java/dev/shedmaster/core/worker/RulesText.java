package dev.shedmaster.core.worker;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Rules as tests write them: what differs from the defaults, such as {@code maxJobs=1 drainTimeout=30m}. */
final class RulesText {
    private static final Set<String> NAMES = Set.of(
            "createTimeout",
            "bootTimeout",
            "registrationTimeout",
            "silenceTimeout",
            "deleteTimeout",
            "drainTimeout",
            "maxAge",
            "maxJobs",
            "keepFailedFor");

    private final Map<String, String> values = new HashMap<>();

    private RulesText(String text) {
        for (String assignment : text.strip().split(" +")) {
            if (!assignment.isEmpty()) {
                String[] parts = assignment.split("=", 2);
                if (parts.length != 2 || !NAMES.contains(parts[0])) {
                    throw new IllegalArgumentException("unknown rule: " + assignment);
                }
                values.put(parts[0], parts[1]);
            }
        }
    }

    static WorkerRules of(String text) {
        RulesText given = new RulesText(text);
        WorkerRules defaults = WorkerRules.DEFAULT;
        String maxJobs = given.values.get("maxJobs");
        return new WorkerRules(
                given.length("createTimeout").orElse(defaults.createTimeout()),
                given.length("bootTimeout").orElse(defaults.bootTimeout()),
                given.length("registrationTimeout").orElse(defaults.registrationTimeout()),
                given.length("silenceTimeout").orElse(defaults.silenceTimeout()),
                given.length("deleteTimeout").orElse(defaults.deleteTimeout()),
                given.length("drainTimeout"),
                given.length("maxAge"),
                maxJobs == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(maxJobs)),
                given.length("keepFailedFor").orElse(defaults.keepFailedFor()));
    }

    static Duration duration(String words) {
        return Duration.parse("PT" + words.toUpperCase(Locale.ROOT));
    }

    private Optional<Duration> length(String name) {
        return Optional.ofNullable(values.get(name)).map(RulesText::duration);
    }
}
