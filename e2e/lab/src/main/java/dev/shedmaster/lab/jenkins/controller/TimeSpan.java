package dev.shedmaster.lab.jenkins.controller;

/** A length of time as the controller says it: the two largest units that matter. */
final class TimeSpan {
    private static final long SECOND = 1000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private TimeSpan() {}

    static String of(long millis) {
        if (millis >= DAY) {
            return two(millis / DAY, "day", millis % DAY / HOUR, "hr");
        } else if (millis >= HOUR) {
            return two(millis / HOUR, "hr", millis % HOUR / MINUTE, "min");
        } else if (millis >= MINUTE) {
            return two(millis / MINUTE, "min", millis % MINUTE / SECOND, "sec");
        } else if (millis >= 10 * SECOND) {
            return millis / SECOND + " sec";
        } else if (millis >= 100) {
            long tenths = millis / 100;
            return (tenths % 10 == 0 ? String.valueOf(tenths / 10) : tenths / 10 + "." + tenths % 10) + " sec";
        }
        return Math.max(0, millis) + " ms";
    }

    private static String two(long large, String largeUnit, long small, String smallUnit) {
        return large + " " + largeUnit + " " + small + " " + smallUnit;
    }
}
