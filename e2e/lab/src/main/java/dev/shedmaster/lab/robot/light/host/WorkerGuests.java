package dev.shedmaster.lab.robot.light.host;

import dev.shedmaster.lab.guest.FirstBoot;
import dev.shedmaster.lab.guest.GuestFoundry;
import dev.shedmaster.lab.guest.GuestSeed;
import dev.shedmaster.lab.robot.light.LightOptions;
import dev.shedmaster.lab.robot.system.BootedServer;
import dev.shedmaster.lab.time.Latency;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes what runs in workers, by their orders. */
final class WorkerGuests {
    private static final String SHELL_IMAGE = "busybox";
    /** Long enough that nothing waits for it. */
    private static final Duration NEVER = Duration.ofDays(3650);

    private static final Pattern IGNITION =
            Pattern.compile("name=opt/(?:org\\.flatcar-linux|com\\.coreos)/config,file=.*/files/([^/,]+)");
    private static final Pattern SEED = Pattern.compile("node-name=seed,.*filename=.*/files/([^/,]+)");

    private final BootedServer server;
    private final LightOptions options;
    private final GuestFoundry foundry;
    private final SplittableRandom random;

    WorkerGuests(BootedServer server, LightOptions options) {
        this.server = server;
        this.options = options;
        this.foundry = new GuestFoundry(options.agents(), server.clock());
        this.random = new SplittableRandom(server.bootId().hashCode());
    }

    WorkerGuest guest(WorkerOrder order, WorkerGuest.Watch watch) {
        if (order.isContainer() && order.fact("image").equals(SHELL_IMAGE)) {
            return new ScriptGuest(server, script(order.command()), order.files(), watch);
        }
        Latency latency = order.isContainer()
                ? options.timings().containerBoot()
                : options.timings().machineBoot();
        return new AgentGuest(
                server, foundry.guest(seed(order)), latency.draw(random).orElse(NEVER), watch);
    }

    private static String script(List<String> command) {
        boolean isScript = command.size() > 2
                && command.get(0).equals("/bin/sh")
                && command.get(1).equals("-c");
        return isScript ? command.get(2) : String.join(" ", command);
    }

    private static GuestSeed seed(WorkerOrder order) {
        String name = order.name().text();
        if (!order.isContainer()) {
            Optional<byte[]> ignition = named(IGNITION, order);
            if (ignition.isPresent()) {
                return machine(name, FirstBoot.IGNITION, ignition.get());
            }
            Optional<byte[]> seed = named(SEED, order);
            if (seed.isPresent()) {
                return machine(name, FirstBoot.CLOUD_INIT, userData(seed.get()));
            }
        }
        return new GuestSeed.WithFiles(name, order.files());
    }

    private static GuestSeed machine(String name, FirstBoot firstBoot, byte[] configuration) {
        return new GuestSeed.Machine(name, firstBoot, Base64.getEncoder().encodeToString(configuration));
    }

    /** The file of the order that QEMU's command hands on in this way. */
    private static Optional<byte[]> named(Pattern way, WorkerOrder order) {
        Map<String, byte[]> files = order.files();
        return order.command().stream()
                .map(way::matcher)
                .filter(Matcher::find)
                .map(found -> files.get(found.group(1)))
                .filter(file -> file != null)
                .findFirst();
    }

    /** A disk of cloud-init's has its files in one piece, whatever its file system is: the text that begins as user data does. */
    private static byte[] userData(byte[] disk) {
        String text = new String(disk, StandardCharsets.ISO_8859_1);
        int from = Math.max(0, text.indexOf("#cloud-config"));
        int end = text.indexOf('\0', from);
        return Arrays.copyOfRange(disk, from, end < 0 ? disk.length : end);
    }
}
