package dev.shedmaster.suite.host;

import static dev.shedmaster.suite.host.Orders.awaitPhase;
import static dev.shedmaster.suite.host.Orders.done;
import static dev.shedmaster.suite.host.Orders.error;
import static dev.shedmaster.suite.host.Orders.freshName;
import static dev.shedmaster.suite.host.Orders.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.shedmaster.core.stock.StoredImage;
import dev.shedmaster.port.HostDriver;
import dev.shedmaster.port.HostDriver.Fetching;
import dev.shedmaster.port.HostDriver.ImageOrder;
import dev.shedmaster.port.HostOrder;
import dev.shedmaster.port.HostReport.Phase;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How images of workers come to a host and go again, whatever host it is: a real one, or the lab's light one. */
abstract class ImagesContract {
    static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String NAME = "worker-1";

    @TempDir
    Path folder;

    private @Nullable RootShop shop;

    abstract HostDriver driver();

    /** The address at which the host reaches this machine. */
    abstract String world();

    @BeforeEach
    void open() throws IOException {
        shop = new RootShop(folder);
        done(driver().install());
    }

    @AfterEach
    void close() {
        for (StoredImage image : images()) {
            if (!image.sha256().isEmpty()) {
                done(driver().drop(image.sha256()));
            }
        }
        shop().close();
    }

    private RootShop shop() {
        return Objects.requireNonNull(shop);
    }

    private List<StoredImage> images() {
        return Objects.requireNonNull(done(driver().list()).images());
    }

    private List<StoredImage> fetched() {
        return images().stream()
                .filter(image -> !image.sha256().isEmpty())
                .sorted(Comparator.comparing(StoredImage::name))
                .toList();
    }

    Outcome<Fetching> untilItEnds(ImageOrder order) {
        return await().atMost(PATIENCE)
                .until(() -> driver().fetch(order), told -> !told.equals(Outcome.done(Fetching.GOING)));
    }

    private ImageOrder made(String root) throws IOException, InterruptedException {
        RootShop.Root made = shop().root(root);
        return new ImageOrder(NAME, made.sha256(), "tar.gz", shop().url(world(), made.file()));
    }

    /** A worker that runs a line of shell in that image. */
    static HostOrder with(String image, String worker, String script) {
        HostOrder usual = order(worker, script);
        HostOrder.Container container = (HostOrder.Container) usual.form();
        return new HostOrder(
                worker,
                usual.owner(),
                new HostOrder.Container(image, false, container.command(), List.of(), Set.of()),
                usual.limits(),
                usual.reach(),
                usual.files());
    }

    @Test
    void anImageIsFetchedServesAndGoesWhenNobodyRunsIt() throws Exception {
        ImageOrder order = made("one");
        String worker = freshName();
        assertThat(error(driver().start(with(NAME, worker, "true")))).isInstanceOf(PortError.Invalid.class);

        assertThat(done(driver().fetch(order))).isEqualTo(Fetching.GOING);
        done(untilItEnds(order));
        assertThat(fetched()).singleElement().satisfies(image -> {
            assertThat(image.name()).isEqualTo(NAME);
            assertThat(image.sha256()).isEqualTo(order.sha256());
            assertThat(image.usedAt()).isNotNull();
            assertThat(image.isUsed()).isFalse();
        });
        assertThat(done(driver().fetch(order))).as("asked again").isEqualTo(Fetching.DONE);

        done(driver().start(with(NAME, worker, "sleep 1000")));
        awaitPhase(driver(), worker, Phase.RUNNING);
        assertThat(fetched()).singleElement().matches(StoredImage::isUsed, "is used");
        assertThat(error(driver().drop(order.sha256()))).isInstanceOf(PortError.AlreadyExists.class);

        done(driver().stop(worker));
        done(driver().drop(order.sha256()));
        assertThat(fetched()).isEmpty();
        done(driver().drop(order.sha256()));
        assertThat(error(driver().start(with(NAME, worker, "true")))).isInstanceOf(PortError.Invalid.class);
    }

    @Test
    void whoRunsAnImageKeepsItWhenItsNameIsGivenToAnother() throws Exception {
        ImageOrder first = made("one");
        ImageOrder second = made("two");
        String worker = freshName();
        done(untilItEnds(first));
        done(driver().start(with(NAME, worker, "sleep 1000")));
        awaitPhase(driver(), worker, Phase.RUNNING);

        done(untilItEnds(second));
        assertThat(fetched())
                .extracting(StoredImage::name, StoredImage::sha256, StoredImage::isUsed)
                .containsExactly(tuple("", first.sha256(), true), tuple(NAME, second.sha256(), false));
        done(driver().stop(worker));
    }

    @Test
    void whatCannotBeFetchedSaysWhyAndCanBeTriedAgain() throws Exception {
        ImageOrder order = made("one");
        ImageOrder nowhere = new ImageOrder(NAME, order.sha256(), "tar.gz", shop().url(world(), "no-such-file"));

        assertThat(error(untilItEnds(nowhere)))
                .isInstanceOfSatisfying(
                        PortError.Transient.class,
                        failed -> assertThat(failed.message()).contains("cannot be fetched"));
        done(untilItEnds(order));
        assertThat(fetched()).hasSize(1);
    }

    @Test
    void whatHasAnotherChecksumIsNotKept() throws Exception {
        ImageOrder order = made("one");
        ImageOrder other = new ImageOrder(NAME, "0".repeat(63) + "1", "tar.gz", order.url());

        assertThat(error(untilItEnds(other))).isInstanceOfSatisfying(PortError.Invalid.class, wrong -> {
            assertThat(wrong.field()).isEqualTo("image");
            assertThat(wrong.message()).contains("has the checksum " + order.sha256());
        });
        assertThat(fetched()).isEmpty();
    }

    @Test
    void whatSomebodyHasPutThereIsLeftAlone() throws Exception {
        ImageOrder order = made("one");
        assertThat(images()).extracting(StoredImage::name).contains("busybox");

        ImageOrder taken = new ImageOrder("busybox", order.sha256(), "tar.gz", order.url());
        assertThat(error(driver().fetch(taken))).isInstanceOf(PortError.AlreadyExists.class);
        String worker = freshName();
        done(driver().start(order(worker, "true")));
        done(driver().stop(worker));
    }
}
