package dev.shedmaster.kube.stock;

import dev.shedmaster.core.slot.Architecture;
import dev.shedmaster.core.slot.Isolation;
import dev.shedmaster.port.HostDriver.ImageOrder;
import dev.shedmaster.port.Outcome;

/** Indexes of images, in which those of workers are known by their names. */
public interface WorkerImages {
    /**
     * Finds an image of workers. Asks over the network; may be repeated.
     *
     * @param onHost what hosts are to call it
     * @param index the URL of the index
     * @param isolation how the workers run: as what the image is wanted
     * @return {@code Invalid} naming the field if there is no such image, {@code Transient} if the index cannot be read
     */
    Outcome<ImageOrder> find(
            String onHost, String index, String name, String version, Architecture architecture, Isolation isolation);
}
