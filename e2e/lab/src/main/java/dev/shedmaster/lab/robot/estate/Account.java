package dev.shedmaster.lab.robot.estate;

import dev.shedmaster.lab.StepLock;
import dev.shedmaster.lab.robot.fault.FaultBoard;
import dev.shedmaster.lab.robot.fault.FaultKind;
import dev.shedmaster.lab.robot.key.KeyRing;
import dev.shedmaster.lab.time.LabClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is rented under one account. Everything that reads or changes it, or a server of it, does so in a {@link
 * #locked} step.
 */
public final class Account {

    /** In gigabytes. */
    public record Traffic(double in, double out) {}

    private final LabClock clock;
    private final FaultBoard faults;
    private final StepLock lock;
    private final KeyRing keys = new KeyRing();
    private final Map<String, String> pointers = new TreeMap<>();
    private final Map<String, Traffic> traffic = new TreeMap<>();
    private final NavigableMap<Integer, DedicatedServer> servers = new TreeMap<>();

    public Account(LabClock clock, FaultBoard faults, StepLock lock) {
        this.clock = clock;
        this.faults = faults;
        this.lock = lock;
    }

    public <T> T locked(Supplier<T> step) {
        return lock.locked(step);
    }

    public void locked(Runnable step) {
        lock.locked(step);
    }

    public LabClock clock() {
        return clock;
    }

    public FaultBoard faults() {
        return faults;
    }

    public KeyRing keys() {
        return keys;
    }

    /** The names that addresses have in DNS, by address. */
    public Map<String, String> pointers() {
        return pointers;
    }

    /** What went through addresses, by address; what nothing went through is missing. */
    public Map<String, Traffic> traffic() {
        return traffic;
    }

    public void add(DedicatedServer server) {
        if (servers.putIfAbsent(server.number(), server) != null) {
            throw new IllegalArgumentException("number: the lab has a server " + server.number() + " already");
        }
    }

    /** All servers that stand in the lab, those that Robot does not show too. */
    public List<DedicatedServer> standing() {
        return List.copyOf(servers.values());
    }

    public Optional<DedicatedServer> standing(int number) {
        return Optional.ofNullable(servers.get(number));
    }

    /** The servers that Robot shows. */
    public List<DedicatedServer> shown() {
        List<DedicatedServer> shown = new ArrayList<>(servers.values());
        shown.removeIf(server -> faults.strikes(FaultKind.VANISHED, server.number()));
        return shown;
    }

    /** The server that Robot knows by its number, or by its main IPv4, which is documented as deprecated. */
    public Optional<DedicatedServer> shown(String numberOrAddress) {
        return named(numberOrAddress)
                .filter(server -> numberOrAddress.equals(Integer.toString(server.number())) || address(server) != null)
                .filter(server -> !faults.strikes(FaultKind.VANISHED, server.number()));
    }

    /** The server that is meant by a number or an IPv4, whether Robot shows it or not. */
    public Optional<DedicatedServer> named(String numberOrAddress) {
        return servers.values().stream()
                .filter(server -> numberOrAddress.equals(Integer.toString(server.number()))
                        || numberOrAddress.equals(server.spec().address()))
                .findFirst();
    }

    /** A server's IPv4 as Robot tells it. */
    public @Nullable String address(DedicatedServer server) {
        String address = server.spec().address();
        return address == null || faults.strikes(FaultKind.NO_SERVER_IP, server.number()) ? null : address;
    }
}
