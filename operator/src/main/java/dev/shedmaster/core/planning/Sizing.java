package dev.shedmaster.core.planning;

import org.jspecify.annotations.Nullable;

/**
 * How a pool's wanted size comes about: {@code wanted = busy + idle + starting + forMinimum + forJobs + ahead}.
 *
 * @param wanted live workers, limited by nothing but the pool's own max
 * @param busy workers with a job
 * @param idle connected workers that stay
 * @param starting workers on their way up
 * @param forMinimum to be made for the pool's minimum
 * @param minimum the pool's minimum
 * @param forJobs to be made for queued jobs
 * @param ahead to be made ahead of demand
 * @param created how many of the wanted ones are made now
 * @param limit what keeps the others from being made; null if they all are made
 */
public record Sizing(
        int wanted,
        int busy,
        int idle,
        int starting,
        int forMinimum,
        int minimum,
        int forJobs,
        int ahead,
        int created,
        @Nullable Reason limit)
        implements Reason {

    @Override
    public String text() {
        StringBuilder text = new StringBuilder("want ").append(wanted);
        String between = " = ";
        between = term(text, between, busy, " busy");
        between = term(text, between, idle, " idle");
        between = term(text, between, starting, " starting");
        between = term(text, between, forMinimum, " for the minimum of " + minimum);
        between = term(text, between, forJobs, " for queued jobs");
        term(text, between, ahead, " ahead of demand");
        if (created > 0 || limit != null) {
            text.append("; make ").append(created);
        }
        if (limit != null) {
            text.append(", limited by: ").append(limit.text());
        }
        return text.toString();
    }

    private static String term(StringBuilder text, String between, int count, String what) {
        if (count == 0) {
            return between;
        }
        text.append(between).append(count).append(what);
        return " + ";
    }
}
