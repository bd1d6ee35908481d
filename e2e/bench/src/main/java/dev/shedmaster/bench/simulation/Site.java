package dev.shedmaster.bench.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What a rule can see and do in a run. Its lists are copies. */
public interface Site {

    Instant now();

    /** The pools, cheapest first. */
    List<Pool> pools();

    /** The jobs that wait for a machine and for nothing else, those first that have waited longest. */
    List<Job> waiting();

    /** The machines that are not gone, oldest first. */
    List<Machine> machines();

    /** Asks the provider for a machine. It takes the call as soon as its rate limit allows. */
    Machine launch(Pool pool);

    /** The machine takes no further job. It goes at once if it has none, else when that has ended; never from under it. */
    void retire(Machine machine);

    /** Does something later. */
    void after(Duration pause, Runnable step);

    /** Does something again and again. */
    void every(Duration period, Duration first, Runnable step);

    /** An instant within a period, by chance: nobody starts in step with the jobs. */
    Duration phase(Duration period);
}
