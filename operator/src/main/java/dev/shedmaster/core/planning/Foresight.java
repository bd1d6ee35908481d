package dev.shedmaster.core.planning;

/**
 * Work that is not queued yet. Whoever knows of it (a pipeline's next stage, a learned habit) says it here; the planner
 * treats it like demand that comes last and is given up first.
 *
 * @param announced slots for jobs that are known to come within the time that a worker takes to start
 * @param buffer slots to keep free for jobs that nobody can know
 * @param basis what both numbers rest on, for a person: {@code "Tue 10:00, 95 % of windows"}
 */
public record Foresight(int announced, int buffer, String basis) {
    public static final Foresight NONE = new Foresight(0, 0, "");

    public int slots() {
        return announced + buffer;
    }
}
