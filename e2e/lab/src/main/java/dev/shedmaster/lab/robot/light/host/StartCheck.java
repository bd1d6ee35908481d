package dev.shedmaster.lab.robot.light.host;

import dev.shedmaster.lab.robot.fault.FaultKind;
import dev.shedmaster.lab.robot.light.Refusal;
import dev.shedmaster.lab.robot.system.BootedServer;
import java.util.Collection;
import java.util.List;

/** What a start needs of its host. What is missing is said before anything is left behind. */
final class StartCheck {
    private static final String SCRATCH = "/var/lib/shedmaster";

    private final BootedServer server;
    private final Images images;

    StartCheck(BootedServer server, Images images) {
        this.server = server;
        this.images = images;
    }

    /** Refuses what cannot be started beside those that are there. */
    void check(WorkerOrder order, Collection<WorkerUnit> others) {
        switch (order.fact("form")) {
            case "container" -> images.check(order.image());
            case "machine" -> {
                if (!order.image().isEmpty()) {
                    images.check(order.image());
                }
            }
            default -> throw new Refusal(3, "the order's form is neither container nor machine");
        }
        others.stream().filter(WorkerUnit::lives).forEach(other -> checkNetwork(order, other));
        if (server.strikes(FaultKind.SCRATCH_FULL)) {
            throw new Refusal(
                    1,
                    "mkdir: cannot create directory '" + SCRATCH + "/units/" + order.name()
                            + "': No space left on device");
        }
        checkDevices(order);
        checkProgram(order);
        checkLimits(order);
    }

    private static void checkNetwork(WorkerOrder order, WorkerUnit other) {
        if (other.name().link().equals(order.name().link())) {
            throw new Refusal(
                    4, "another worker here has the interface " + order.name().link() + ": take another name");
        }
        if (other.order().fact("gateway").equals(order.fact("gateway"))) {
            throw new Refusal(
                    4,
                    "the addresses " + order.fact("gateway")
                            + "/30 are in use here: take another name, from which others follow");
        }
    }

    private void checkDevices(WorkerOrder order) {
        for (String device : order.devices()) {
            if (device.equals("kvm") && server.strikes(FaultKind.KVM_MISSING)) {
                throw new Refusal(6, "the host has no /dev/" + device + ", which the order asks for");
            }
        }
    }

    private static void checkProgram(WorkerOrder order) {
        String program = order.command().isEmpty() ? "" : order.command().getFirst();
        if (!order.isContainer() && !program.startsWith("qemu-system-")) {
            throw new Refusal(6, "the host has no " + program + ", which workers need");
        }
    }

    /** systemd takes no limit that is not a number. */
    private static void checkLimits(WorkerOrder order) {
        for (String limit : List.of("memory", "cpu", "stop-seconds")) {
            if (!order.fact(limit).matches("[0-9]{1,18}")) {
                throw new Refusal(1, "systemd did not start " + order.name() + ".service");
            }
        }
    }
}
