package dev.shedmaster.lab.robot.light.host;

import dev.shedmaster.lab.robot.fault.FaultKind;
import dev.shedmaster.lab.robot.system.BootedServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;

/** What workers need of a host, tried. Each line is a name, ok or failed, and why. */
final class Trials {
    private static final int PATIENCE_MILLIS = 10_000;

    private final BootedServer server;
    private final HostClock clock;
    private final Scratch scratch;

    Trials(BootedServer server, HostClock clock, Scratch scratch) {
        this.server = server;
        this.clock = clock;
        this.scratch = scratch;
    }

    /** Opens a connection for real, and waits for it: not to be called in a step. */
    String text(String peer, String port) {
        String network = network(peer, port);
        return server.locked(() -> kvm()
                        + ok("tun", "")
                        + scratch()
                        + clock()
                        + ok("limits", "")
                        + ok("tools", "")
                        + ok("rules", ""))
                + network;
    }

    private String kvm() {
        return server.strikes(FaultKind.KVM_MISSING) ? failed("kvm", "there is no /dev/kvm") : ok("kvm", "");
    }

    private String scratch() {
        long free = scratch.freeBytes();
        return free == 0
                ? failed("scratch", "touch: cannot touch '/var/lib/shedmaster/.probe': No space left on device")
                : ok("scratch", free + " bytes are free in /var/lib/shedmaster");
    }

    private String clock() {
        return clock.read().isSynchronised() ? ok("clock", "") : failed("clock", "the clock is not synchronised");
    }

    private static String network(String peer, String port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(peer, Integer.parseInt(port)), PATIENCE_MILLIS);
            return ok("network", "");
        } catch (IOException | IllegalArgumentException unreached) {
            return failed("network", "bash: /dev/tcp/" + peer + "/" + port + ": " + reason(unreached));
        }
    }

    private static String reason(Exception unreached) {
        return switch (unreached) {
            case ConnectException refused -> "Connection refused";
            case UnknownHostException unknown -> "Name or service not known";
            default -> "Connection timed out";
        };
    }

    private static String ok(String trial, String why) {
        return line(trial, "ok", why);
    }

    private static String failed(String trial, String why) {
        return line(trial, "failed", why);
    }

    /** The line's own end has become a blank. */
    private static String line(String trial, String how, String why) {
        return trial + " " + how + " " + why + " \n";
    }
}
