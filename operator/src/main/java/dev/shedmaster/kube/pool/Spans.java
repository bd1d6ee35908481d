package dev.shedmaster.kube.pool;

import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the durations and quantities of specs. Their form was checked by the schema. */
public final class Spans {
    private static final Pattern DURATION = Pattern.compile("(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?");
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;

    private Spans() {}

    /** {@code 1h30m}. */
    public static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (text.isEmpty() || !matcher.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is not a duration such as 1h30m");
        }
        return Duration.ofHours(part(matcher, 1)).plusMinutes(part(matcher, 2)).plusSeconds(part(matcher, 3));
    }

    /** {@code 64Gi}, in GiB, rounded up. */
    public static int gibibytes(String quantity) {
        return Math.toIntExact((bytes(quantity) + GIB - 1) / GIB);
    }

    /** {@code 64Gi}, in MiB, rounded up. */
    public static long mebibytes(String quantity) {
        return Math.ceilDiv(bytes(quantity), MIB);
    }

    /** {@code 64Gi}, in bytes. */
    public static long bytes(String quantity) {
        return Quantity.getAmountInBytes(Quantity.parse(quantity)).longValue();
    }

    private static long part(Matcher matcher, int group) {
        String digits = matcher.group(group);
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
