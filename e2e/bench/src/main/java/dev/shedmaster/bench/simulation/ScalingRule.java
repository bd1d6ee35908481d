package dev.shedmaster.bench.simulation;

/** How a system sizes its fleet. A value: each run starts it anew. */
public interface ScalingRule {

    /** What a table calls it, with the settings that matter. */
    String name();

    /** Whether a machine runs one job and no more. */
    boolean singleUse();

    /** Sets it to work at the beginning of a run, before anything is asked for. */
    Scaler start(Site site);
}
