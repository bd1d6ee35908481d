package dev.shedmaster.suite.run;

import java.time.Duration;
import java.util.Locale;

/** Numbers and times as people read them. */
final class Words {

    private Words() {}

    /** {@code 120}, {@code 1.5}. */
    static String number(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.format(Locale.ROOT, "%.1f", value);
    }

    /** {@code Booting} for {@code BOOTING}. */
    static String capitalised(String constant) {
        return constant.charAt(0) + constant.substring(1).toLowerCase(Locale.ROOT);
    }

    /** {@code booting} for {@code BOOTING}. */
    static String lower(String constant) {
        return constant.toLowerCase(Locale.ROOT);
    }

    /** {@code 45 s}, {@code 3 min}, {@code 2:05 h}. */
    static String span(Duration duration) {
        Duration shown = duration.isNegative() ? Duration.ZERO : duration;
        if (shown.toSeconds() < 60) {
            return shown.toSeconds() + " s";
        }
        if (shown.toMinutes() < 60) {
            return shown.toMinutes() + " min";
        }
        return String.format(Locale.ROOT, "%d:%02d h", shown.toHours(), shown.toMinutesPart());
    }
}
