package dev.shedmaster.kube.machine;

import dev.shedmaster.api.v1alpha1.WorkerImage;
import dev.shedmaster.core.slot.Isolation;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a pool's workers on hosts run, and what hosts call it.
 *
 * @param spec as the user has written it
 */
public record PoolImage(WorkerImage spec) {
    private static final int TELLING_BYTES = 4;

    /** The name of disks of virtual machines ends so. */
    private static final String DISK = ".qcow2";

    /** Whether hosts fetch it by themselves. */
    public boolean isFetched() {
        return spec.version() != null || spec.url() != null;
    }

    /**
     * What hosts call it, without what is behind a disk's. Two images that are not the same have two names; an index is asked for none of
     * them, so that workers can be made of what is there while it does not answer.
     */
    public String name() {
        if (spec.sha256() != null) {
            return spec.sha256();
        }
        if (spec.version() == null) {
            return String.valueOf(spec.name());
        }
        String readable = spec.name() + "-" + spec.version().replace('+', '_');
        return readable + "-" + digest(spec.index() + " " + spec.name() + " " + spec.version());
    }

    /** What a host calls it on which workers run so. */
    public String nameFor(Isolation isolation) {
        return isolation == Isolation.VIRTUAL_MACHINE ? name() + DISK : name();
    }

    /** What people call it. */
    public String text() {
        if (spec.url() != null) {
            return spec.url();
        }
        return spec.version() == null ? String.valueOf(spec.name()) : spec.name() + " " + spec.version();
    }

    private static String digest(String text) {
        try {
            byte[] whole = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(whole, 0, TELLING_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
