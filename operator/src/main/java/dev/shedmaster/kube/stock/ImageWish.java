package dev.shedmaster.kube.stock;

import dev.shedmaster.core.slot.Architecture;
import dev.shedmaster.core.slot.Isolation;
import dev.shedmaster.kube.host.HostCard;
import dev.shedmaster.kube.machine.HostNeed;
import dev.shedmaster.kube.machine.PoolImage;
import dev.shedmaster.port.HostDriver.ImageOrder;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.util.Objects;
import java.util.Optional;

/**
 * An image that a pool wants on a host.
 *
 * @param pool {@code namespace/name}
 * @param onHost what the host calls it
 */
record ImageWish(String pool, PoolImage image, String onHost, Architecture architecture, Isolation isolation) {

    /** What a pool that selects the host wants there; nothing if none of its workers comes there, or a person puts it there. */
    static Optional<ImageWish> of(String pool, HostNeed need, HostCard card) {
        if (!need.selects(pool, card) || !need.image().isFetched()) {
            return Optional.empty();
        }
        return need.imageOn(card)
                .map(onHost -> new ImageWish(
                        pool,
                        need.image(),
                        onHost,
                        card.view().architecture(),
                        Objects.requireNonNull(
                                need.shape().isolationOn(card.view().virtualization()))));
    }

    /** What a host is told to fetch. */
    Outcome<ImageOrder> order(WorkerImages indexes) {
        String url = image.spec().url();
        if (url != null) {
            return Outcome.done(
                    new ImageOrder(onHost, Objects.requireNonNull(image.spec().sha256()), format(url), url));
        }
        return indexes.find(
                        onHost,
                        String.valueOf(image.spec().index()),
                        String.valueOf(image.spec().name()),
                        String.valueOf(image.spec().version()),
                        architecture,
                        isolation)
                .mapError(ImageWish::inTheFieldsWords);
    }

    private static PortError inTheFieldsWords(PortError error) {
        return error instanceof PortError.Invalid wrong
                ? new PortError.Invalid("hosts.image", "hosts.image: " + wrong.message())
                : error;
    }

    /** By the ending, which the API server has looked at. */
    private static String format(String url) {
        if (url.endsWith(".qcow2")) {
            return "qcow2";
        }
        return url.substring(url.lastIndexOf(".tar") + 1);
    }
}
