package dev.shedmaster.port;

import dev.shedmaster.core.host.HardwareReport;
import java.util.List;

/**
 * Runs workers on one server of our own, of which it takes for granted that it boots and can be reached. An instance
 * holds one server's address and keys and may be called from many threads at once; its calls block (callers use virtual
 * threads) and each ends within a bound.
 *
 * <p>Every call may fail with {@code Transient}, when the server cannot be reached, does not answer in time or says
 * that it did not work; with {@code Unauthorized}, when it turns our key away; with {@code Invalid} on {@code
 * hostKeys}, when it has another key than those that were given: somebody else may answer in its place, so nothing is
 * said to it; and with {@code NotFound}, when {@link #install} is still to come.
 */
public interface HostDriver extends AutoCloseable {

    /**
     * Puts our program on the server, at once and whole, or leaves it where the same one is there. May be repeated,
     * also while workers run.
     */
    Outcome<Nothing> install();

    /** Reads all there is to know of the server in one command. Changes nothing. */
    Outcome<HostReport> list();

    /**
     * Starts one worker, create-only. May be repeated with the same order: there is one unit of that name, whether it
     * was started before, runs, or has ended since the server's last boot. {@code AlreadyExists} if the name, or the
     * addresses that follow from it, are another's, which is left as it is; {@code Invalid} names what the server or
     * the order lacks. These leave nothing behind; after {@code Transient} it may have been started.
     */
    Outcome<Nothing> start(HostOrder order);

    /**
     * Ends a worker: its guest may shut down in order for as long as its order allows, then it is killed. All of it is
     * removed: its unit, network, disk and secrets, and the record of how it ended. May be repeated; done, not {@code
     * NotFound}, when nothing is there. {@code AlreadyExists} if it is of another installation: it is left alone.
     */
    Outcome<Nothing> stop(String worker);

    /**
     * The end of what a worker has printed since the server's last boot; empty if it has printed nothing. May hold what
     * a job has printed. May be repeated.
     *
     * @param maxBytes how much of it at most, up to a mebibyte
     */
    Outcome<String> logs(String worker, int maxBytes);

    /**
     * Removes what workers that are gone have left: interfaces, rules, mounts, loop devices, disks, processes. Touches
     * nothing of one that runs, and nothing that bears no worker's name. May be repeated.
     *
     * @return what it has removed
     */
    Outcome<List<HostRemnant>> collect();

    /**
     * Tries what workers need of the server. Leaves nothing behind; may be repeated.
     *
     * @param peer a host that can be reached from there, such as the CI system's, to which a connection is opened
     * @param port where it listens
     */
    Outcome<List<HostProbe>> probe(String peer, int port);

    /**
     * Brings an image to where workers run it, or goes on with it: to be called again, every few seconds, until it is
     * there. What it takes is done in the background; jobs go before it. An image of that name that was fetched before
     * gives its name to the new one, and workers that run it keep it. {@code Transient} if it cannot be fetched or
     * unpacked, {@code Invalid} on {@code image} if it is not what it should be and on {@code host} if the server lacks
     * a tool; the next call begins anew. {@code AlreadyExists} if somebody has put something of that name there.
     */
    Outcome<Fetching> fetch(ImageOrder order);

    /**
     * Takes an image away that was fetched. May be repeated; done when it is not there. {@code AlreadyExists} if a worker
     * runs it.
     *
     * @param sha256 the checksum of what was fetched
     */
    Outcome<Nothing> drop(String sha256);

    /**
     * Reads what the hardware says of itself: disks by smartctl, temperatures and memory errors by Linux's hwmon and EDAC, arrays by
     * its md. Takes up to twelve seconds where a disk does not answer. What the server cannot tell is unknown, and no failure. Changes
     * nothing, and may be repeated; {@code Invalid} also where a program of an older operator is there, that has yet to be replaced by
     * {@link #install}.
     */
    Outcome<HardwareReport> health();

    @Override
    void close();

    /**
     * An image for workers.
     *
     * @param name what orders call it, with {@code .qcow2} behind it if it is a disk
     * @param sha256 the checksum of what is fetched, in hexadecimal digits
     * @param format {@code tar}, {@code tar.zst}, {@code tar.xz} or {@code tar.gz} of a container's root, or {@code qcow2}
     * @param url where it is fetched from, by HTTP or HTTPS; may hold a password
     */
    record ImageOrder(String name, String sha256, String format, String url) {
        @Override
        public String toString() {
            return "ImageOrder[name=" + name + ", sha256=" + sha256 + ", format=" + format + "]";
        }
    }

    /** How far an image is that a server fetches. */
    enum Fetching {
        GOING,
        DONE
    }

    /**
     * What a worker that is gone has left.
     *
     * @param kind such as {@code interface}
     * @param name what the server calls it
     */
    record HostRemnant(String kind, String name) {}

    /**
     * How one trial went.
     *
     * @param name {@code kvm}, {@code tun}, {@code scratch}, {@code clock}, {@code limits}, {@code tools}, {@code
     *     rules} or {@code network}
     * @param succeeded whether it is as workers need it; a server without {@code kvm} may still run workers that ask
     *     for none
     * @param detail why not, or what there is to say beside
     */
    record HostProbe(String name, boolean succeeded, String detail) {}
}
