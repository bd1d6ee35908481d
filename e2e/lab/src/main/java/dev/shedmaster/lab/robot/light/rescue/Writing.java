package dev.shedmaster.lab.robot.light.rescue;

import dev.shedmaster.lab.robot.disk.DiskContent;
import dev.shedmaster.lab.robot.disk.InstalledOs;
import dev.shedmaster.lab.robot.disk.ServerDisk;
import dev.shedmaster.lab.robot.fault.FaultKind;
import dev.shedmaster.lab.robot.key.PublicKeyText;
import dev.shedmaster.lab.robot.light.ImageSource;
import dev.shedmaster.lab.robot.light.ImageSource.Fetched;
import dev.shedmaster.lab.robot.light.LightOptions;
import dev.shedmaster.lab.robot.system.BootedServer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An installation: disks are cleared, an image is fetched and written, and the system that came of it is configured. */
final class Writing extends LongWork {
    private final InstallOrder order;
    private final LightOptions options;
    private final ImageSource images;
    private @Nullable InstalledOs written;

    Writing(BootedServer server, InstallOrder order, LightOptions options, ImageSource images) {
        super(server);
        this.order = order;
        this.options = options;
        this.images = images;
    }

    /** The host keys of the system that was written; empty if none was. */
    Optional<List<String>> hostKeys() {
        return Optional.ofNullable(written)
                .map(os -> os.hostKeys().publicKeys().stream()
                        .map(PublicKeyText::line)
                        .toList());
    }

    @Override
    void begin() {
        ServerDisk root = diskNamed(order.ordered("root"));
        boolean hasScratch = !order.ordered("scratch").isEmpty();
        ServerDisk scratch = hasScratch && root != null ? diskNamed(order.ordered("scratch")) : null;
        if (root == null || (hasScratch && scratch == null)) {
            return;
        }
        List<ServerDisk> cleared = scratch == null ? List.of(root) : List.of(root, scratch);
        say("clearing "
                + cleared.stream().map(disk -> disk.spec().device()).collect(Collectors.joining(" "))
                + (hasScratch ? "" : " "));
        if (server.strikes(FaultKind.DISK_UNWRITABLE)) {
            cannotBeWritten(root);
            return;
        }
        cleared.forEach(disk -> disk.write(new DiskContent.Blank()));
        server.later(options.timings().clearing(), () -> fetch(root, scratch));
    }

    private void fetch(ServerDisk root, @Nullable ServerDisk scratch) {
        String source = order.source();
        say("writing " + source + " to " + root.spec().device());
        root.write(new DiskContent.Rubble());
        if (server.strikes(FaultKind.IMAGE_UNREACHABLE)) {
            fetched(root, scratch, new Fetched.Unreachable(28));
        } else if (!source.contains("://")) {
            // What the rescue system has itself.
            fetched(root, scratch, new Fetched.Whole(""));
        } else {
            Thread.ofVirtual().name("lab-image").start(() -> {
                Fetched fetched = images.fetch(source);
                server.later(Duration.ZERO, () -> fetched(root, scratch, fetched));
            });
        }
    }

    private void fetched(ServerDisk root, @Nullable ServerDisk scratch, Fetched fetched) {
        switch (fetched) {
            case Fetched.Unreachable(int curl) -> {
                root.write(new DiskContent.Blank());
                end(7, order.source() + " cannot be fetched (curl " + curl + ")");
            }
            case Fetched.Whole(String sum) -> write(options.timings().writing(), () -> compare(root, scratch, sum));
        }
    }

    private void compare(ServerDisk root, @Nullable ServerDisk scratch, String taken) {
        String wanted = order.ordered("sha256");
        String sum = server.strikes(FaultKind.CHECKSUM_MISMATCH) ? "0".repeat(64) : taken;
        if (!sum.isEmpty() && !wanted.isEmpty() && !sum.equals(wanted)) {
            root.write(new DiskContent.Blank());
            end(8, order.source() + " has the checksum " + sum + ", and spec.image says " + wanted);
        } else if (server.strikes(FaultKind.IMAGE_WITHOUT_SYSTEM)) {
            end(8, "no partition of the image holds a system (etc/os-release)");
        } else {
            say("configuring the system on " + root.spec().device() + "p1");
            server.later(options.timings().configuring(), () -> finish(root, scratch));
        }
    }

    private void finish(ServerDisk root, @Nullable ServerDisk scratch) {
        InstalledOs os = InstalledOs.fresh(
                        order.ordered("hostname"),
                        PublicKeyText.parse(order.ordered("key")).stream().toList())
                .marked(order.ordered("owner"), order.ordered("generation"));
        root.write(new DiskContent.Bootable(os));
        if (scratch != null) {
            scratch.write(new DiskContent.FileSystem("shedmaster"));
        }
        written = os;
        end(0, "written");
    }
}
