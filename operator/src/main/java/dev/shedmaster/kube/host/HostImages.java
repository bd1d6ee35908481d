package dev.shedmaster.kube.host;

import dev.shedmaster.api.v1alpha1.BareMetalHost;
import dev.shedmaster.port.Outcome;

/** Where the systems of hosts are fetched from. */
public interface HostImages {
    /**
     * Finds the image that a host's spec names. May ask an index over the network; may be repeated.
     *
     * @return {@code Invalid} naming the field if there is no such image, {@code Transient} if the index cannot be read
     */
    Outcome<HostImageFile> find(BareMetalHost host);

    /**
     * A raw image of a whole disk.
     *
     * @param url where it is fetched from
     * @param sha256 the checksum of what is fetched
     */
    record HostImageFile(String url, String sha256) {}
}
