package dev.shedmaster.suite.host;

import static dev.shedmaster.suite.host.Orders.done;
import static dev.shedmaster.suite.host.Orders.error;
import static dev.shedmaster.suite.host.Orders.freshName;
import static dev.shedmaster.suite.host.Orders.printed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shedmaster.core.stock.StoredImage;
import dev.shedmaster.port.HostDriver;
import dev.shedmaster.port.HostDriver.ImageOrder;
import dev.shedmaster.port.HostOrder;
import dev.shedmaster.port.PortError;
import dev.shedmaster.suite.Program;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Images of workers on a real server: curl, tar, qemu-img and systemd. */
class ImagesOnAServerTest extends ImagesContract {
    @RegisterExtension
    static final BareServer SERVER = new BareServer();

    @Override
    HostDriver driver() {
        return SERVER.driver();
    }

    @Override
    String world() {
        return SERVER.world();
    }

    /** What a fetching has left goes a moment after its end. */
    private static void awaitStock(String all) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(SERVER.does("ls /var/lib/shedmaster/images/.stock"))
                        .isEqualTo(all));
    }

    @Test
    void aWorkerSeesWhatWasInTheImage() throws Exception {
        try (RootShop shop = new RootShop(folder)) {
            RootShop.Root root = shop.root("seen");
            done(untilItEnds(new ImageOrder("seen-1", root.sha256(), "tar.gz", shop.url(world(), root.file()))));
            HostOrder order = with("seen-1", freshName(), "cat /name");
            assertThat(printed(driver(), order)).contains("seen");
            done(driver().stop(order.name()));
            awaitStock(root.sha256());
        }
    }

    @Test
    void aFetchingThatIsKilledSaysSoAndLeavesNothing() throws Exception {
        try (SlowShop shop = new SlowShop()) {
            String sha256 = "1".repeat(64);
            ImageOrder order = new ImageOrder("slow-1", sha256, "tar.gz", shop.url(world()));
            done(driver().fetch(order));
            shop.awaitVisitor();
            assertThat(done(driver().fetch(order))).isEqualTo(HostDriver.Fetching.GOING);

            SERVER.does("systemctl kill --signal=KILL shedmaster-fetch-111111111111.service");
            assertThat(error(untilItEnds(order)).message()).contains("was ended (signal)");
            awaitStock("");
        }
    }

    /** As after a lost power: nobody would find it again. */
    @Test
    void whatWasCutOffInTheMiddleIsCollected() {
        String sha256 = "2".repeat(64);
        SERVER.does("mkdir -p /var/lib/shedmaster/images/.stock/" + sha256 + ".part/root/usr");
        assertThat(done(driver().list()).images())
                .extracting(StoredImage::sha256)
                .doesNotContain(sha256);

        assertThat(done(driver().collect())).contains(new HostDriver.HostRemnant("image", sha256));
        awaitStock("");
    }

    @Test
    void whatIsNoSystemIsNotKept() throws Exception {
        try (RootShop shop = new RootShop(folder)) {
            new Program(Path.of("tar"), List.of(), Map.of())
                    .run("-czf", folder.resolve("none.tar.gz").toString(), "-C", "/etc", "hostname")
                    .mustSucceed();
            String sha256 = RootShop.sha256(folder.resolve("none.tar.gz"));
            assertThat(error(untilItEnds(new ImageOrder("none-1", sha256, "tar.gz", shop.url(world(), "none.tar.gz")))))
                    .isInstanceOfSatisfying(
                            PortError.Invalid.class,
                            wrong -> assertThat(wrong.message()).contains("there is no system in the image"));
            assertThat(error(untilItEnds(new ImageOrder("none-1", sha256, "tar.xz", shop.url(world(), "none.tar.gz"))))
                            .message())
                    .contains("cannot be unpacked");
            awaitStock("");
        }
    }

    /** It would give its guest whatever file of the server it names. */
    @Test
    void aDiskThatLeansOnAFileOfTheServerIsNotKept() throws Exception {
        SERVER.does("command -v qemu-img");
        try (RootShop shop = new RootShop(folder)) {
            image("whole.qcow2", "-f", "qcow2");
            image("leaning.qcow2", "-f", "qcow2", "-u", "-b", "/etc/shadow", "-F", "raw");
            String whole = RootShop.sha256(folder.resolve("whole.qcow2"));
            String leaning = RootShop.sha256(folder.resolve("leaning.qcow2"));

            assertThat(error(untilItEnds(
                            new ImageOrder("disk-1.qcow2", leaning, "qcow2", shop.url(world(), "leaning.qcow2")))))
                    .isInstanceOfSatisfying(
                            PortError.Invalid.class,
                            wrong -> assertThat(wrong.message()).contains("leans on another file"));
            done(untilItEnds(new ImageOrder("disk-1.qcow2", whole, "qcow2", shop.url(world(), "whole.qcow2"))));
            assertThat(SERVER.does("readlink -f /var/lib/shedmaster/images/disk-1.qcow2"))
                    .isEqualTo("/var/lib/shedmaster/images/.stock/" + whole + "/disk.qcow2");
        }
    }

    private void image(String file, String... options) {
        Program create = new Program(Path.of("qemu-img"), List.of("create", "-q"), Map.of());
        String[] words = new String[options.length + 2];
        System.arraycopy(options, 0, words, 0, options.length);
        words[options.length] = folder.resolve(file).toString();
        words[options.length + 1] = "16M";
        create.run(words).mustSucceed();
    }
}
