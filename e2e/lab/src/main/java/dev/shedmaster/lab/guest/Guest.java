package dev.shedmaster.lab.guest;

import dev.shedmaster.lab.agent.AgentProgram;
import dev.shedmaster.lab.agent.RunningAgent;
import dev.shedmaster.lab.guest.AgentUnit.OnExit;
import dev.shedmaster.lab.time.LabClock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The inside of one machine. It never waits for the agent: what takes time runs on threads of its own. */
public final class Guest {
    private static final String AGENT = "agent";

    private final GuestSeed seed;
    private final AgentProgram program;
    private final LabClock clock;
    private final BootLog log;
    private @Nullable Reading reading;
    private @Nullable PowerCycle cycle;

    /** What the first boot made of the configuration. */
    private record Reading(@Nullable GuestSystem system, boolean provisions) {}

    Guest(GuestSeed seed, AgentProgram program, LabClock clock) {
        this.seed = seed;
        this.program = program;
        this.clock = clock;
        this.log = new BootLog(clock);
    }

    /** Whether this system ever reports itself provisioned: one whose Ignition fails stops before it could. */
    public boolean provisions() {
        return reading().provisions();
    }

    public List<String> bootLog() {
        return log.lines();
    }

    /**
     * Power on. Ends whatever ran before.
     *
     * @param trouble why the agent does not come although the configuration is good; null when nothing is wrong
     */
    public void boot(GuestEvents events, @Nullable GuestTrouble trouble) {
        PowerCycle next = new PowerCycle(events);
        synchronized (this) {
            endCycle();
            cycle = next;
        }
        Thread.startVirtualThread(() -> next.run(trouble));
    }

    /** Power off, from one moment to the next. May be called again. */
    public synchronized void cutPower() {
        endCycle();
    }

    private void endCycle() {
        PowerCycle running = cycle;
        cycle = null;
        if (running != null) {
            running.cut();
        }
    }

    private synchronized Reading reading() {
        if (reading == null) {
            reading = read();
        }
        return reading;
    }

    private Reading read() {
        return switch (seed) {
            case GuestSeed.Machine(String hostName, FirstBoot firstBoot, String configuration) ->
                configuration == null
                        ? unconfigured()
                        : read(firstBoot, Base64.getDecoder().decode(configuration));
            case GuestSeed.WithFiles(String hostName, Map<String, byte[]> files) ->
                new Reading(PreparedImage.with(files, log), true);
        };
    }

    private Reading unconfigured() {
        log.say("systemd", "no custom data and no user data: nothing to set up");
        return new Reading(new GuestSystem(), true);
    }

    private Reading read(FirstBoot firstBoot, byte[] configuration) {
        String reader = firstBoot == FirstBoot.IGNITION ? "ignition" : "cloud-init";
        try {
            GuestSystem system = firstBoot == FirstBoot.IGNITION
                    ? IgnitionConfig.read(configuration, log)
                    : CloudConfig.read(configuration, log);
            return new Reading(system, true);
        } catch (FirstBootFailure failure) {
            log.say(reader, String.valueOf(failure.getMessage()));
            if (failure.machineStops()) {
                log.say("systemd", "Ignition failed. Entering emergency shell.");
            }
            return new Reading(null, !failure.machineStops());
        } catch (IllegalArgumentException broken) {
            log.say(reader, "cannot read the configuration: " + broken.getMessage());
            return new Reading(null, true);
        }
    }

    /** From power on to power off. */
    private final class PowerCycle {
        private final GuestEvents events;
        private boolean cut;
        private @Nullable RunningAgent agent;

        PowerCycle(GuestEvents events) {
            this.events = events;
        }

        void run(@Nullable GuestTrouble trouble) {
            log.say("systemd", "booting " + seed.hostName());
            GuestSystem system = reading().system();
            Optional<AgentUnit> unit = system == null ? Optional.empty() : AgentInspection.inspect(system, log);
            if (unit.isEmpty()) {
                log.say(AGENT, "the agent does not come");
            } else {
                switch (trouble) {
                    case null -> start(unit.get());
                    case GuestTrouble.Silent silent -> log.say(AGENT, "the agent does not come: " + silent.why());
                    case GuestTrouble.NotPrepared failure -> prepareInVain(unit.get(), failure.why());
                }
            }
        }

        /** To systemd, a service that could not be prepared has ended as one whose program failed. */
        private void prepareInVain(AgentUnit unit, String why) {
            if (isCut()) {
                return;
            }
            log.say("agent-prepare", "shedmaster: " + why);
            log.say("systemd", AgentInspection.UNIT + ": Control process exited, code=exited, status=1/FAILURE");
            ended(unit, 1, () -> prepareInVain(unit, why));
        }

        private void start(AgentUnit unit) {
            if (isCut()) {
                return;
            }
            RunningAgent started = program.start(unit.description());
            if (!adopt(started)) {
                started.close();
                return;
            }
            log.say(
                    AGENT,
                    "started as " + unit.description().nodeName() + " for "
                            + unit.description().jenkinsUrl());
            events.agentStarted();
            var _ = started.exit()
                    .handle((status, failure) -> Thread.startVirtualThread(
                            () -> exited(unit, failure == null && status != null ? status : 1)));
        }

        private synchronized boolean isCut() {
            return cut;
        }

        private synchronized boolean adopt(RunningAgent started) {
            if (!cut) {
                agent = started;
            }
            return !cut;
        }

        private void exited(AgentUnit unit, int status) {
            if (isCut()) {
                return;
            }
            log.say(AGENT, "exited with status " + status);
            events.agentExited();
            ended(unit, status, () -> start(unit));
        }

        private void ended(AgentUnit unit, int status, Runnable again) {
            boolean restarts =
                    unit.onExit() == OnExit.RESTART || (unit.onExit() == OnExit.RESTART_ON_FAILURE && status != 0);
            if (unit.onExit() == OnExit.POWER_OFF) {
                log.say("systemd", "Powering off.");
                events.poweredOff();
            } else if (restarts) {
                clock.schedule(unit.restartAfter(), () -> Thread.startVirtualThread(again));
            }
        }

        synchronized void cut() {
            cut = true;
            RunningAgent running = agent;
            agent = null;
            if (running != null) {
                Thread.startVirtualThread(running::close);
            }
        }
    }
}
