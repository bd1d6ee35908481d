package dev.shedmaster.lab.robot.light.host;

import dev.shedmaster.lab.robot.disk.SystemFiles;
import dev.shedmaster.lab.robot.fault.FaultKind;
import dev.shedmaster.lab.robot.light.ImageSource;
import dev.shedmaster.lab.robot.light.LightOptions;
import dev.shedmaster.lab.robot.light.Refusal;
import dev.shedmaster.lab.robot.light.host.WorkerUnit.End;
import dev.shedmaster.lab.robot.light.host.WorkerUnit.State;
import dev.shedmaster.lab.robot.system.BootedServer;
import dev.shedmaster.lab.robot.system.CommandResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The workers of one boot of a host: they and what is known of them are lost with it, but for their folders on the disk. To be used in
 * a step of the account only.
 */
final class Units {
    private static final int JOURNALS = 1000;
    private static final int EXIT_OF_KILLED = 137;

    private final BootedServer server;
    private final LightOptions options;
    private final Set<String> rooms;
    private final Images images;
    private final StartCheck check;
    private final WorkerGuests guests;
    private final Memory memory;
    private final NavigableMap<String, WorkerUnit> units = new TreeMap<>();
    /** Of those that are gone. */
    private final Map<String, String> journals = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > JOURNALS;
        }
    };

    /** @param files what is on the disk: the workers' folders and images */
    Units(BootedServer server, LightOptions options, SystemFiles files, ImageSource source) {
        this.server = server;
        this.options = options;
        this.rooms = files.rooms();
        this.images = new Images(server, files, options, source, units::values);
        this.check = new StartCheck(server, images);
        this.guests = new WorkerGuests(server, options);
        this.memory = new Memory(server.hardware().memoryBytes());
    }

    /** In the order of their names. */
    Collection<WorkerUnit> all() {
        return units.values();
    }

    Images images() {
        return images;
    }

    Memory memory() {
        return memory;
    }

    Set<String> rooms() {
        return rooms;
    }

    Optional<WorkerUnit> living(String name) {
        return Optional.ofNullable(units.get(name)).filter(WorkerUnit::lives);
    }

    CommandResult start(WorkerOrder order) {
        String name = order.name().text();
        WorkerUnit known = units.get(name);
        if (known != null) {
            if (!known.order().owner().equals(order.owner())) {
                throw new Refusal(4, "a worker " + name + " of another owner is there");
            }
            if (known.end() != null || known.lives()) {
                return CommandResult.succeeded("");
            }
            // A start that was cut off in the middle.
            remove(known);
        }
        check.check(order, units.values());
        WorkerUnit unit = new WorkerUnit(order, now());
        units.put(name, unit);
        if (server.strikes(FaultKind.START_HANGS)) {
            return CommandResult.never();
        }
        rooms.add(name);
        images.started(name, order.image());
        unit.use(order.number("memory"));
        unit.run(guests.guest(order, status -> exited(unit, status)));
        earlyEnd(unit).ifPresent(status -> exited(unit, status));
        relieveMemory();
        return server.strikes(FaultKind.LOST_START_ANSWER) ? CommandResult.lost() : CommandResult.succeeded("");
    }

    /** With which status a worker ends before anything in it has begun; empty if it does not. */
    private Optional<Integer> earlyEnd(WorkerUnit unit) {
        boolean wantsKvm = !unit.order().isContainer()
                && unit.order().command().stream().anyMatch(word -> word.equals("kvm") || word.startsWith("kvm,"));
        return server.strikes(FaultKind.WORKER_DIES_AT_START) || (wantsKvm && server.strikes(FaultKind.KVM_MISSING))
                ? Optional.of(1)
                : Optional.empty();
    }

    private void exited(WorkerUnit unit, int status) {
        if (unit.lives()) {
            end(unit, End.exited(status, now()));
        }
    }

    private void end(WorkerUnit unit, End how) {
        unit.ended(how);
        rooms.remove(unit.name().text());
    }

    CommandResult stop(WorkerName name, String installation) {
        WorkerUnit unit = units.get(name.text());
        if (unit == null) {
            rooms.remove(name.text());
            return CommandResult.succeeded("");
        }
        if (!unit.order().isOfInstallation(installation)) {
            throw new Refusal(4, "the worker " + name + " is another installation's");
        }
        if (!unit.lives()) {
            remove(unit);
            return CommandResult.succeeded("");
        }
        if (unit.state() != State.DEACTIVATING) {
            unit.deactivate();
        }
        Duration takes = shutdown(unit);
        if (takes.isZero()) {
            removeStopped(unit);
        } else {
            server.later(takes, () -> removeStopped(unit));
        }
        return CommandResult.succeeded("").after(takes);
    }

    private Duration shutdown(WorkerUnit unit) {
        Duration most = Duration.ofSeconds(unit.order().number("stop-seconds"));
        Duration usual = options.timings().workerShutdown();
        return usual.compareTo(most) < 0 ? usual : most;
    }

    private void removeStopped(WorkerUnit unit) {
        if (units.get(unit.name().text()) == unit) {
            if (unit.lives()) {
                unit.stopped();
            }
            remove(unit);
        }
    }

    private void remove(WorkerUnit unit) {
        String name = unit.name().text();
        units.remove(name);
        rooms.remove(name);
        journals.put(name, unit.printed());
    }

    /** What a worker has printed in this boot; empty if it has printed nothing. */
    String printed(WorkerName name) {
        @Nullable WorkerUnit unit = units.get(name.text());
        return journals.getOrDefault(name.text(), "") + (unit == null ? "" : unit.printed());
    }

    /** Removes the records of starts that were cut off; their names. */
    List<String> dropCutOff() {
        List<WorkerUnit> cutOff = units.values().stream()
                .filter(unit -> !unit.lives() && unit.end() == null)
                .toList();
        cutOff.forEach(this::remove);
        return cutOff.stream().map(unit -> unit.name().text()).toList();
    }

    /** Removes the folders of workers that do not live; their names. */
    List<String> dropRooms() {
        List<String> left =
                rooms.stream().filter(name -> living(name).isEmpty()).toList();
        rooms.removeAll(left);
        return new ArrayList<>(left);
    }

    boolean kill(String name) {
        Optional<WorkerUnit> unit = living(name);
        unit.ifPresent(found -> end(found, End.killed(now())));
        return unit.isPresent();
    }

    /** What uses more than it may is killed within its bounds; else the largest goes if there is not enough for all. */
    boolean useMemory(String name, long bytes) {
        Optional<WorkerUnit> unit = living(name);
        unit.ifPresent(found -> {
            found.use(bytes);
            if (bytes > found.order().number("memory")) {
                runOutOfMemory(found);
            }
            relieveMemory();
        });
        return unit.isPresent();
    }

    private void relieveMemory() {
        for (Optional<WorkerUnit> victim = memory.victim(units.values());
                victim.isPresent();
                victim = memory.victim(units.values())) {
            runOutOfMemory(victim.get());
        }
    }

    /** A container's first process tells of its payload's death; QEMU is the unit's own process. */
    private void runOutOfMemory(WorkerUnit unit) {
        end(unit, unit.order().isContainer() ? End.exited(EXIT_OF_KILLED, now()) : End.killed(now()));
    }

    /** The boot is over: nothing of them is left but their folders. */
    void end() {
        units.values().forEach(WorkerUnit::cut);
    }

    /** By the host's own clock. */
    private Instant now() {
        return options.timeOfDay(server.clock()).instant();
    }
}
