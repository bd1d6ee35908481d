package dev.shedmaster.lab.robot.light.host;

import dev.shedmaster.lab.guest.Guest;
import dev.shedmaster.lab.guest.GuestEvents;
import dev.shedmaster.lab.guest.GuestTrouble;
import dev.shedmaster.lab.robot.fault.Fault;
import dev.shedmaster.lab.robot.fault.FaultKind;
import dev.shedmaster.lab.robot.system.BootedServer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A worker's system, which boots for a while and then starts its agent. It turns itself off when that ends. */
final class AgentGuest implements WorkerGuest {
    private final BootedServer server;
    private final Guest guest;
    private final Duration bootTakes;
    private final Watch watch;
    private boolean isCut;

    AgentGuest(BootedServer server, Guest guest, Duration bootTakes, Watch watch) {
        this.server = server;
        this.guest = guest;
        this.bootTakes = bootTakes;
        this.watch = watch;
    }

    @Override
    public void boot() {
        Duration late =
                server.strike(FaultKind.WORKER_BOOTS_LATE).map(Fault::by).orElse(Duration.ZERO);
        server.later(bootTakes.plus(late), this::startAgent);
    }

    private void startAgent() {
        if (!isCut) {
            guest.boot(new Events(), trouble());
        }
    }

    private @Nullable GuestTrouble trouble() {
        return server.strikes(FaultKind.AGENT_NEVER_COMES) ? new GuestTrouble.Silent("it was told not to") : null;
    }

    @Override
    public void cut() {
        isCut = true;
        guest.cutPower();
    }

    @Override
    public List<String> printed() {
        return guest.bootLog();
    }

    /** They come on threads of the guest. */
    private final class Events implements GuestEvents {
        @Override
        public void agentStarted() {}

        @Override
        public void agentExited() {}

        @Override
        public void poweredOff() {
            server.later(Duration.ZERO, () -> {
                if (!isCut) {
                    isCut = true;
                    watch.exited(0);
                }
            });
        }
    }
}
