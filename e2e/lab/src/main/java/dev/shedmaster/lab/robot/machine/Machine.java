package dev.shedmaster.lab.robot.machine;

import dev.shedmaster.lab.robot.key.PublicKeyText;
import dev.shedmaster.lab.robot.ssh.SshDoor;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A machine from its power-on until it is off: one process of QEMU. */
public final class Machine {
    static final String NETWORK = "network";
    private static final Logger LOG = LoggerFactory.getLogger(Machine.class);
    private static final byte[] SSH = "SSH-".getBytes(StandardCharsets.US_ASCII);
    private static final int KNOCK_MILLIS = 1000;

    private final Chassis chassis;
    private final MachineWatcher watcher;
    private final InetSocketAddress knock;
    private final ControlLine control;
    private final Process process;

    private Machine(
            Chassis chassis, MachineWatcher watcher, InetSocketAddress knock, ControlLine control, Process process) {
        this.chassis = chassis;
        this.watcher = watcher;
        this.knock = knock;
        this.control = control;
        this.process = process;
    }

    /**
     * Turns a machine on.
     *
     * @throws IOException if QEMU cannot be started
     */
    public static Machine turnOn(Chassis chassis, FirstBoot firstBoot, MachineWatcher watcher) throws IOException {
        if (firstBoot instanceof FirstBoot.Rescue(List<PublicKeyText> authorized)) {
            Files.write(
                    chassis.authorizedKeys(),
                    authorized.stream().map(PublicKeyText::line).toList());
        }
        InetSocketAddress knock = freePlace();
        ControlLine control = new ControlLine(chassis.controlSocket());
        Process process = new ProcessBuilder(MachineCommand.of(chassis, firstBoot, knock))
                .redirectErrorStream(true)
                .start();
        Machine machine = new Machine(chassis, watcher, knock, control, process);
        // Nothing of it outlives this process.
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(process::destroyForcibly));
        Thread.ofVirtual().name("lab-machine-console").start(machine::followConsole);
        Thread.ofVirtual().name("lab-machine-control").start(machine::followControl);
        Thread.ofVirtual().name("lab-machine-knock").start(machine::awaitSsh);
        Thread.ofVirtual().name("lab-machine-end").start(machine::awaitEnd);
        return machine;
    }

    private static InetSocketAddress freePlace() throws IOException {
        try (ServerSocket tried = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new InetSocketAddress(tried.getInetAddress(), tried.getLocalPort());
        }
    }

    /** Whoever comes to the place comes to the machine's SSH server. */
    static String forward(InetSocketAddress place) {
        return "tcp:" + place.getAddress().getHostAddress() + ":" + place.getPort() + "-:22";
    }

    /** Lets others in at a place of this machine's; they reach what listens in there, if anything does. */
    public SshDoor listenAt(InetSocketAddress place) {
        control.type("hostfwd_add " + NETWORK + " " + forward(place));
        return new ForwardedDoor(place.getAddress(), place.getPort());
    }

    /** Ctrl+Alt+Del: systemd goes down in order and comes up again. */
    public void pressCtrlAltDel() {
        control.press("ctrl", "alt", "delete");
    }

    /** The power button, pressed shortly. */
    public void pressPower() {
        control.execute("system_powerdown");
    }

    /** Its processors stop where they are. */
    public void hang() {
        control.execute("stop");
    }

    /** The power fails. Waits until there is nothing left of it. */
    public void cut() {
        process.destroyForcibly();
        process.onExit().join();
    }

    private void followConsole() {
        try (BufferedReader lines = new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.ISO_8859_1));
                BufferedWriter log = Files.newBufferedWriter(
                        chassis.console(),
                        StandardCharsets.ISO_8859_1,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                log.append(line).append('\n').flush();
                watcher.said(this, line);
            }
        } catch (IOException ended) {
            LOG.debug("A machine says nothing more", ended);
        }
    }

    private void followControl() {
        boolean wantsToRestart = control.listen();
        int status = process.onExit().join().exitValue();
        if (status == 1) {
            LOG.error("QEMU has given up; {} may say why", chassis.console());
        }
        watcher.ended(this, wantsToRestart);
    }

    /** QEMU takes every connection, whether the machine does or not: only what its SSH server says first tells. */
    private void awaitSsh() {
        while (!hasEndedWithinASecond()) {
            if (isAnswered()) {
                watcher.answers(this);
                return;
            }
        }
    }

    /** One that has ended before it took its control line would be waited for forever. */
    private void awaitEnd() {
        process.onExit().join();
        control.close();
    }

    private boolean hasEndedWithinASecond() {
        try {
            process.onExit().get(KNOCK_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException stillOn) {
            return false;
        } catch (InterruptedException | ExecutionException unheardOf) {
            throw new IllegalStateException("Nobody interrupts the lab's threads", unheardOf);
        }
    }

    private boolean isAnswered() {
        try (Socket socket = new Socket()) {
            socket.connect(knock, KNOCK_MILLIS);
            socket.setSoTimeout(KNOCK_MILLIS);
            return Arrays.equals(socket.getInputStream().readNBytes(SSH.length), SSH);
        } catch (IOException notYet) {
            return false;
        }
    }
}
