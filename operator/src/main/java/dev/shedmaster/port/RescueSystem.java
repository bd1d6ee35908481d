package dev.shedmaster.port;

import dev.shedmaster.core.host.Hardware;
import dev.shedmaster.core.host.Trouble;
import java.util.List;

/**
 * What is done to a server from inside of its rescue system, which runs from the network and has the server's disks for itself. An
 * instance holds one server's address and the host keys of one boot, and may be called from many threads at once; its calls block
 * (callers use virtual threads) and each ends within a bound.
 *
 * <p>Every call may fail with {@code Transient}, when the server cannot be reached or does not answer in time; with {@code
 * Unauthorized}, when it turns our key away; and with {@code Invalid} on {@code hostKeys}, when it has another key than those of that
 * boot: somebody else may answer in its place, so nothing is said to it. What takes long goes on by itself on the server, once in a
 * boot, and is asked for again and again until it has ended.
 */
public interface RescueSystem extends AutoCloseable {

    /** Reads what the server is and what it is made of. Changes nothing. */
    Outcome<RescueReport> inspect();

    /** The same, with the marks on its disks and what they say of their own health. Changes nothing; takes some seconds a disk. */
    Outcome<RescueReport> examine();

    /**
     * Starts to install a system, unless this boot has begun to install one, and says how far that is. May be repeated, and is meant to
     * be. What was on the disks is lost from its first call on.
     */
    Outcome<Progress> install(Installation order);

    /** The host keys of the system that was installed in this boot, as public keys in OpenSSH's form. May be repeated. */
    Outcome<List<String>> hostKeys();

    /** Starts to wipe all disks, unless this boot has begun to, and says how far that is. May be repeated, and is meant to be. */
    Outcome<Progress> wipe();

    @Override
    void close();

    /**
     * What answers.
     *
     * @param bootId another one after each boot
     * @param hostName {@code rescue} of a rescue system
     * @param hardware without marks and health unless they were asked for
     */
    record RescueReport(String bootId, String hostName, Hardware hardware) {}

    /** How far something is that takes long. */
    sealed interface Progress {
        /**
         * It goes on.
         *
         * @param step what it does now, for a person
         */
        record Going(String step) implements Progress {}

        /** It has ended well. */
        record Done() implements Progress {}

        /** It has ended, and did not succeed; it is not started again in this boot. */
        record Failed(Trouble trouble) implements Progress {}
    }
}
