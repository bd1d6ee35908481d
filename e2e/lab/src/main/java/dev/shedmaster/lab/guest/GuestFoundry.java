package dev.shedmaster.lab.guest;

import dev.shedmaster.lab.agent.AgentProgram;
import dev.shedmaster.lab.time.LabClock;

/** Makes the insides of machines, which all run the same agent program. */
public final class GuestFoundry {
    private final AgentProgram program;
    private final LabClock clock;

    public GuestFoundry(AgentProgram program, LabClock clock) {
        this.program = program;
        this.clock = clock;
    }

    public Guest guest(GuestSeed seed) {
        return new Guest(seed, program, clock);
    }
}
