package dev.shedmaster.machine.host;

import dev.shedmaster.core.placement.Blockage;
import dev.shedmaster.core.placement.HostSlot;
import dev.shedmaster.port.AcceptedMachine;
import dev.shedmaster.port.HostDriver;
import dev.shedmaster.port.HostReport;
import dev.shedmaster.port.HostReport.HostUnit;
import dev.shedmaster.port.Leftover;
import dev.shedmaster.port.MachineName;
import dev.shedmaster.port.MachineOrder;
import dev.shedmaster.port.MachineOwner;
import dev.shedmaster.port.MachineProvider;
import dev.shedmaster.port.MachineState;
import dev.shedmaster.port.Nothing;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * The workers on one host, whose unit of systemd each is. What there is is known from the readings of whoever looks after
 * the host, so that no look at a worker costs a call; a start is one command.
 */
public final class HostMachines implements MachineProvider {
    /** An older reading says nothing: the host is as good as silent. Hosts are read every few seconds. */
    private static final Duration TOO_OLD = Duration.ofSeconds(45);

    /** A host that takes nobody shows so in the next plan; until then others are not sent there. */
    private static final Duration PASSED_OVER = Duration.ofSeconds(30);

    private static final String KIND = "unit";

    private final String host;
    private final String installation;
    private final Supplier<HostNow> now;
    private final UnitBook book;
    private final InstantSource clock;

    /**
     * Runs workers on a host.
     *
     * @param host {@code namespace/name}
     * @param installation whose units are ours
     * @param now what is known of it
     * @param aside where workers are stopped: a guest may take a minute to shut down
     */
    public HostMachines(String host, String installation, Supplier<HostNow> now, Executor aside, InstantSource clock) {
        this.host = host;
        this.installation = installation;
        this.now = now;
        this.book = new UnitBook(aside, clock);
        this.clock = clock;
    }

    /** Whoever looks after the host closes its driver. */
    @Override
    public void close() {}

    @Override
    public Outcome<AcceptedMachine> create(MachineOrder order) {
        HostNow known = now.get();
        HostDriver driver = known.driver();
        String closed = known.closed() == null && driver == null ? "it cannot be reached" : known.closed();
        // What may have been started before a crash is asked for again whatever the host says: only it can tell.
        if (known.losesAll() || (closed != null && order.first())) {
            return Outcome.failed(nobodyNow(String.valueOf(closed)));
        }
        if (driver == null) {
            return Outcome.failed(new PortError.Transient("host " + host + " cannot be reached"));
        }
        return GuestOrders.of(order, known.accelerator())
                .then(guest -> book.starting(order.name(), () -> driver.start(guest)))
                .map(started -> new AcceptedMachine(host + "/" + order.name(), ""))
                .mapError(this::refusal);
    }

    private PortError nobodyNow(String why) {
        String message = "host " + host + " takes no worker now: " + why;
        Blockage blockage = new Blockage(
                new Blockage.WholeAccount(HostSlot.account(host)),
                clock.instant().plus(PASSED_OVER),
                message);
        return new PortError.CapacityExhausted(blockage, message);
    }

    private PortError refusal(PortError error) {
        return switch (error) {
            case PortError.NotFound missing -> new PortError.Transient("host " + host + ": " + missing.message());
            case PortError.Invalid invalid
            when invalid.field().equals("hostKeys") ->
                new PortError.Unauthorized("host " + host + ": " + invalid.message());
            case PortError.Invalid invalid
            when invalid.field().equals("host") ->
                new PortError.Invalid("hosts", "host " + host + " cannot run it: " + invalid.message());
            default -> error;
        };
    }

    @Override
    public Outcome<Map<String, MachineState>> observe(Map<String, String> followed) {
        HostNow known = now.get();
        if (known.losesAll()) {
            return Outcome.done(Map.of());
        }
        return reading(known).map(report -> {
            Map<String, MachineState> machines = new HashMap<>();
            report.units().stream()
                    .filter(this::isOurs)
                    .forEach(unit -> machines.put(unit.name(), UnitBook.state(unit)));
            return book.upToDate(machines, known.readAt());
        });
    }

    private Outcome<HostReport> reading(HostNow known) {
        HostReport report = known.report();
        Instant readAt = known.readAt();
        if (known.trouble() != null) {
            return Outcome.failed(known.trouble());
        }
        if (report == null || readAt == null || readAt.plus(TOO_OLD).isBefore(clock.instant())) {
            return Outcome.failed(new PortError.Transient("host " + host + " has not said anything lately"));
        }
        return Outcome.done(report);
    }

    /** A reading that is newer than all that we did to the machine is as good as a question. */
    @Override
    public Outcome<MachineState> inspect(String machine) {
        HostNow known = now.get();
        if (known.losesAll()) {
            return Outcome.failed(missing(machine));
        }
        Outcome<HostReport> reading = reading(known);
        if (reading instanceof Outcome.Done<HostReport> && book.isOlderThan(machine, known.readAt())) {
            return reading.then(report -> find(machine, report));
        }
        HostDriver driver = known.driver();
        return driver == null
                ? Outcome.failed(new PortError.Transient("host " + host + " cannot be reached"))
                : driver.list().mapError(this::refusal).then(report -> find(machine, report));
    }

    private Outcome<MachineState> find(String machine, HostReport report) {
        for (HostUnit unit : report.units()) {
            if (unit.name().equals(machine)) {
                return isOurs(unit)
                        ? Outcome.done(UnitBook.state(unit))
                        : Outcome.failed(new PortError.AlreadyExists(anothers(machine)));
            }
        }
        return Outcome.failed(missing(machine));
    }

    private PortError missing(String machine) {
        return new PortError.NotFound("host " + host + " has no worker " + machine);
    }

    private String anothers(String machine) {
        return "host " + host + " has a unit " + machine + " that is not ours";
    }

    @Override
    public Outcome<Nothing> delete(String machine) {
        HostNow known = now.get();
        if (known.losesAll()) {
            return Outcome.done(Nothing.NOTHING);
        }
        HostReport report = known.report();
        if (report != null && report.units().stream().anyMatch(unit -> isAnothers(unit, machine))) {
            return Outcome.failed(new PortError.AlreadyExists(anothers(machine)));
        }
        HostDriver driver = known.driver();
        return driver == null
                ? Outcome.failed(new PortError.Transient("host " + host + " cannot be reached"))
                : book.stop(machine, () -> driver.stop(machine)).mapError(this::refusal);
    }

    private boolean isAnothers(HostUnit unit, String machine) {
        return unit.name().equals(machine) && unit.owner() != null && !isOurs(unit);
    }

    private boolean isOurs(HostUnit unit) {
        MachineOwner owner = unit.owner();
        return owner != null
                && owner.installation().equals(installation)
                && MachineName.parse(unit.name()).isPresent();
    }

    @Override
    public Outcome<Set<Leftover>> leftovers(Set<String> known) {
        HostNow here = now.get();
        if (here.losesAll()) {
            return Outcome.done(Set.of());
        }
        return reading(here).map(report -> {
            Set<Leftover> leftovers = new HashSet<>();
            for (HostUnit unit : report.units()) {
                MachineOwner owner = unit.owner();
                if (owner != null
                        && isOurs(unit)
                        && MachineOwner.isBeside(host, owner.worker())
                        && !known.contains(owner.worker())) {
                    leftovers.add(new Leftover(host + "/" + unit.name(), KIND, unit.name(), owner.worker()));
                }
            }
            return leftovers;
        });
    }

    @Override
    public Outcome<Nothing> collect(Leftover leftover) {
        if (!leftover.id().equals(host + "/" + leftover.name())) {
            return Outcome.failed(new PortError.Invalid("id", "id: " + leftover.id() + " is no unit of host " + host));
        }
        return switch (inspect(leftover.name())) {
            case Outcome.Failed<MachineState>(PortError.NotFound none) -> Outcome.done(Nothing.NOTHING);
            case Outcome.Failed<MachineState> failed -> Outcome.failed(failed.error());
            case Outcome.Done<MachineState> done when isOf(done.value(), leftover.worker()) -> delete(leftover.name());
            case Outcome.Done<MachineState> done ->
                Outcome.failed(new PortError.AlreadyExists(anothers(leftover.name())));
        };
    }

    private static boolean isOf(MachineState unit, String worker) {
        return unit.owner() != null && unit.owner().worker().equals(worker);
    }

    @Override
    public Outcome<Nothing> verify() {
        HostNow known = now.get();
        return known.losesAll()
                ? Outcome.failed(nobodyNow(String.valueOf(known.closed())))
                : reading(known).map(report -> Nothing.NOTHING);
    }

    /** What a host has is known to who plans. */
    @Override
    public Outcome<Nothing> quotas() {
        return Outcome.done(Nothing.NOTHING);
    }
}
