package dev.shedmaster.port;

import dev.shedmaster.core.host.HostSight.Shell;

/**
 * Where one knocks to learn what system a server runs, of which nothing is taken for granted. An instance holds one server's address
 * and the host keys that it may have, and may be called from many threads at once; its calls block (callers use virtual threads) and
 * each ends within a bound.
 */
public interface ServerDoor extends AutoCloseable {

    /** What answers. To whom has none of the host keys nothing is said. Changes nothing; may be repeated. */
    Shell look();

    /**
     * Asks the system to reboot, if that is still the boot: another boot is left alone, which is {@code NotFound}. May be repeated.
     * After {@code Transient} it may have been heard.
     */
    Outcome<Nothing> reboot(String bootId);

    @Override
    void close();
}
