package dev.shedmaster.kube.machine;

import dev.shedmaster.core.worker.Refusal;
import dev.shedmaster.core.worker.WorkerSight.MachineSight;
import dev.shedmaster.kube.feed.Afterthoughts;
import dev.shedmaster.kube.feed.Feed;
import dev.shedmaster.kube.feed.HeldAnswer;
import dev.shedmaster.kube.feed.Pace;
import dev.shedmaster.kube.feed.Reading;
import dev.shedmaster.kube.worker.Refusals;
import dev.shedmaster.port.AcceptedMachine;
import dev.shedmaster.port.Leftover;
import dev.shedmaster.port.MachineOrder;
import dev.shedmaster.port.MachineProvider;
import dev.shedmaster.port.MachineState;
import dev.shedmaster.port.Nothing;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The connection to one account that machines come from: its readings for everybody, and the calls for single machines. */
public final class MachineLink implements AutoCloseable {
    /** However much happens: providers count lists dearly. */
    private static final Duration SHORTEST_PAUSE = MachinePace.WHILE_CHANGING;

    /** An older reading says nothing about a machine: the provider is as good as unreachable. */
    static final Duration TOO_OLD = Duration.ofMinutes(3);

    /** Permissions are seldom taken away, and readings tell at once when the credentials are. */
    private static final Duration VERIFIED_FOR = Duration.ofMinutes(4);

    private final MachineProvider provider;
    private final Feed<Map<String, MachineState>> feed;
    private final InstantSource clock;
    private final Afterthoughts<MachineSight> since = new Afterthoughts<>();
    private final HeldAnswer<Nothing> verified;

    /**
     * Links an account.
     *
     * @param followed operation by machine name, for the machines whose creation is not known to have ended
     * @param wake is told of machines that we knew better than the reading before, and that the newest shows otherwise: a
     *     comparison of the two tells nobody
     */
    public MachineLink(
            String name,
            MachineProvider provider,
            Supplier<Map<String, String>> followed,
            Pace<Map<String, MachineState>> pace,
            InstantSource clock,
            Consumer<Set<String>> wake,
            Feed.Listener<Map<String, MachineState>> listener) {
        this(name, provider, followed, pace, SHORTEST_PAUSE, clock, wake, listener);
    }

    /**
     * Links an account that may be read as often as that.
     *
     * @param shortestPause between two readings, however much happens
     */
    public MachineLink(
            String name,
            MachineProvider provider,
            Supplier<Map<String, String>> followed,
            Pace<Map<String, MachineState>> pace,
            Duration shortestPause,
            InstantSource clock,
            Consumer<Set<String>> wake,
            Feed.Listener<Map<String, MachineState>> listener) {
        this.provider = provider;
        this.clock = clock;
        this.verified = new HeldAnswer<>(provider::verify, nothing -> true, VERIFIED_FOR, clock);
        this.feed =
                new Feed<>(name, () -> provider.observe(followed.get()), pace, shortestPause, clock, (before, now) -> {
                    if (now.trouble() == null && now.begunAt() != null) {
                        wake.accept(since.correctedBy(now.begunAt(), this::sight));
                    } else {
                        verified.forget();
                    }
                    listener.read(before, now);
                });
    }

    public MachineLink start() {
        feed.start();
        return this;
    }

    /** Something has happened there: reads as soon as it may. */
    public void hurry() {
        feed.hurry();
    }

    public MachineSight sight(String machine) {
        Reading<Map<String, MachineState>> reading = feed.latest();
        MachineSight known = since.since(machine, reading.begunAt());
        if (known != null) {
            return known;
        }
        Map<String, MachineState> machines = reading.within(TOO_OLD, clock.instant());
        if (machines == null) {
            return new MachineSight.Unknown();
        }
        MachineState state = machines.get(machine);
        return state == null ? new MachineSight.Unlisted() : sight(state);
    }

    /** The machines that the newest reading shows, by name; none if it is too old to say how things are. */
    public Map<String, MachineState> machines() {
        Map<String, MachineState> machines = feed.latest().within(TOO_OLD, clock.instant());
        return machines == null ? Map.of() : machines;
    }

    /** What {@link MachineProvider#verify} says; may be asked for often. */
    public Outcome<Nothing> verify() {
        return verified.get();
    }

    /** What {@link MachineProvider#quotas} says. */
    public Outcome<Nothing> quotas() {
        return provider.quotas();
    }

    /**
     * An accepted machine exists from now on, whatever a reading says that began earlier. One that was not clearly refused
     * may exist too: that it was absent before proves nothing any more.
     */
    public Outcome<AcceptedMachine> create(MachineOrder order) {
        since.forget(order.name());
        Outcome<AcceptedMachine> outcome = provider.create(order);
        if (outcome instanceof Outcome.Done) {
            since.put(order.name(), new MachineSight.Starting(), clock.instant());
            feed.hurry();
        }
        return outcome;
    }

    /** Asks for the machine now; what is found counts until a newer reading. */
    public Outcome<Nothing> look(String machine) {
        Instant asked = clock.instant();
        return switch (provider.inspect(machine)) {
            case Outcome.Done<MachineState> done -> saw(machine, sight(done.value()), asked);
            case Outcome.Failed<MachineState> failed ->
                failed.error() instanceof PortError.NotFound
                        ? saw(machine, new MachineSight.Absent(), asked)
                        : Outcome.failed(failed.error());
        };
    }

    /** A deletion that was started counts as under way until a newer reading says otherwise. */
    public Outcome<Nothing> delete(String machine) {
        Outcome<Nothing> outcome = provider.delete(machine);
        if (outcome instanceof Outcome.Done) {
            since.put(machine, new MachineSight.Leaving(), clock.instant());
            feed.hurry();
        }
        return outcome;
    }

    public Outcome<Set<Leftover>> leftovers(Set<String> known) {
        return provider.leftovers(known);
    }

    public Outcome<Nothing> collect(Leftover leftover) {
        return provider.collect(leftover);
    }

    @Override
    public void close() {
        feed.close();
        provider.close();
    }

    private Outcome<Nothing> saw(String machine, MachineSight sight, Instant at) {
        since.put(machine, sight, at);
        return Outcome.done(Nothing.NOTHING);
    }

    private static MachineSight sight(MachineState state) {
        return switch (state.phase()) {
            case CREATING -> new MachineSight.Starting();
            case RUNNING -> new MachineSight.Running();
            case STOPPED -> new MachineSight.Stopped();
            case DELETING -> new MachineSight.Leaving();
            case FAILED ->
                new MachineSight.Broken(
                        state.failure() == null
                                ? new Refusal.Unsure("the provider does not say why")
                                : Refusals.of(state.failure()));
        };
    }
}
