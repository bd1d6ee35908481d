package dev.shedmaster.kube.host;

import dev.shedmaster.port.Installation.Image;
import dev.shedmaster.port.Outcome;

/** Indexes of images, in which they are known by their names. */
public interface HostImages {
    /**
     * Finds the image of a whole disk. Asks over the network; may be repeated.
     *
     * @param index the URL of the index
     * @param architecture {@code arm64} or {@code amd64}
     * @return {@code Invalid} naming the field if there is no such image, {@code Transient} if the index cannot be read
     */
    Outcome<Image> find(String index, String name, String version, String architecture);
}
