package dev.shedmaster.kube.ci;

import dev.shedmaster.core.worker.CiRestart;
import dev.shedmaster.core.worker.WorkerSight.AgentSight;
import dev.shedmaster.core.worker.WorkerState.Job;
import dev.shedmaster.kube.feed.Afterthoughts;
import dev.shedmaster.kube.feed.Feed;
import dev.shedmaster.kube.feed.HeldAnswer;
import dev.shedmaster.kube.feed.Pace;
import dev.shedmaster.kube.feed.Reading;
import dev.shedmaster.port.AgentCredentials;
import dev.shedmaster.port.AgentOrder;
import dev.shedmaster.port.AgentState;
import dev.shedmaster.port.CiSession;
import dev.shedmaster.port.CiSnapshot;
import dev.shedmaster.port.CiSystem;
import dev.shedmaster.port.MissingPermission;
import dev.shedmaster.port.Nothing;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The connection to one CI system: its readings for everybody, and the calls for single agents. */
public final class CiLink implements AutoCloseable {
    /** However many ask for a reading: one takes about a tenth of that on a large system. */
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(500);

    /** An older reading says nothing about an agent: the CI system is as good as unreachable. */
    static final Duration TOO_OLD = Duration.ofMinutes(2);

    /** What jobs ask for cannot be read without what verification prepares, which somebody may have taken away. */
    private static final Duration VERIFIED_AT_LEAST_IF_OBSCURE = Duration.ofSeconds(30);

    /** Permissions are seldom taken away, and readings tell at once when the credentials are. */
    private static final Duration VERIFIED_FOR = Duration.ofMinutes(4);

    /** Every worker's calls are refused when a permission is gone: that is asked about once. */
    private static final Duration VERIFIED_AT_LEAST = Duration.ofSeconds(10);

    private final String name;
    private final CiSystem system;
    private final Feed<CiSnapshot> feed;
    private final InstantSource clock;
    private final Afterthoughts<AgentSight> since = new Afterthoughts<>();
    private volatile Instant answersSince;
    private volatile @Nullable Instant failingSince;
    private final HeldAnswer<List<MissingPermission>> verified;
    private final Consumer<Set<String>> wake;
    /** Touched by the feed's thread alone. */
    private boolean silent;

    /** What was missing when it was verified last; null if it never was. */
    private volatile @Nullable List<MissingPermission> missing;

    private volatile boolean leaving;

    private volatile Runnable onDoubt = () -> {};
    private volatile Runnable onVerdict = () -> {};

    /**
     * Links a CI system.
     *
     * @param wake is told of agents that we knew better than the reading before, and that the newest shows otherwise, and of
     *     all agents when nothing is known of them any more: a comparison of two readings tells nobody
     */
    public CiLink(
            String name,
            CiSystem system,
            Pace<CiSnapshot> pace,
            InstantSource clock,
            Consumer<Set<String>> wake,
            Feed.Listener<CiSnapshot> listener) {
        this.name = name;
        this.system = system;
        this.clock = clock;
        this.wake = wake;
        this.answersSince = clock.instant();
        this.verified = new HeldAnswer<>(system::verify, List::isEmpty, VERIFIED_FOR, clock);
        this.feed = new Feed<>(name, system::observe, pace, SHORTEST_PAUSE, clock, (before, now) -> {
            if (now.trouble() == null && now.begunAt() != null) {
                wake.accept(since.correctedBy(now.begunAt(), this::sight));
                silent = false;
                failingSince = null;
                if (now.value() != null && !now.value().obscure().isEmpty()) {
                    doubt(VERIFIED_AT_LEAST_IF_OBSCURE);
                }
            } else {
                answersSince = clock.instant();
                failingSince = failingSince == null ? answersSince : failingSince;
                verified.forget();
                fallSilent(now.value());
            }
            listener.read(before, now);
        });
    }

    /** Once the last reading that worked is too old, has everybody look again who has relied on it. */
    private void fallSilent(@Nullable CiSnapshot last) {
        if (!silent && last != null && !picture().fresh()) {
            silent = true;
            wake.accept(last.agents().keySet());
        }
    }

    /** Whom to wake when a refused call makes it doubtful what was verified. To be said before {@link #start}. */
    public CiLink onDoubt(Runnable wakes) {
        onDoubt = wakes;
        return this;
    }

    /** Whom to wake when it is another question whether agents may be made. To be said before {@link #start}. */
    public CiLink onVerdict(Runnable wakes) {
        onVerdict = wakes;
        return this;
    }

    public CiLink start() {
        feed.start();
        return this;
    }

    public Reading<CiSnapshot> latest() {
        return feed.latest();
    }

    /** Everything as the newest reading shows it. */
    public CiPicture picture() {
        Reading<CiSnapshot> reading = feed.latest();
        boolean fresh = reading.within(TOO_OLD, clock.instant()) != null;
        return new CiPicture(name, reading.value(), reading.begunAt(), failingSince, fresh);
    }

    /** Since when it has answered without a break, or since when we have asked. */
    public Instant answersSince() {
        return answersSince;
    }

    public AgentSight sight(String agent) {
        CiPicture picture = picture();
        AgentSight known = since.since(agent, picture.begunAt());
        return known == null ? picture.agent(agent) : known;
    }

    /** What {@link CiSystem#verify} says; may be asked for often. */
    public Outcome<List<MissingPermission>> verify() {
        Outcome<List<MissingPermission>> outcome = verified.get();
        if (outcome instanceof Outcome.Done<List<MissingPermission>> done
                && !done.value().equals(missing)) {
            missing = done.value();
            onVerdict.run();
        }
        return outcome;
    }

    /**
     * The permissions without which no agent is of use, of those that were missing when they were verified last; nothing if
     * they never were.
     */
    public Optional<List<String>> agentsLack() {
        return Optional.ofNullable(missing)
                .map(all -> all.stream()
                        .filter(MissingPermission::stopsAgents)
                        .map(MissingPermission::name)
                        .toList());
    }

    /** What describes the CI system is being deleted: agents that are there go on, and no new one comes. */
    public void leave() {
        if (!leaving) {
            leaving = true;
            onVerdict.run();
        }
    }

    /** What describes the CI system is there, or there again: somebody may have taken it away by force and applied it anew. */
    public void stay() {
        if (leaving) {
            leaving = false;
            onVerdict.run();
        }
    }

    public boolean isLeaving() {
        return leaving;
    }

    /** The agent is registered from now on, whatever a reading says that began earlier. */
    public Outcome<AgentCredentials> enrol(AgentOrder order) {
        Outcome<AgentCredentials> outcome = heeding(system.enrol(order));
        if (outcome instanceof Outcome.Done) {
            since.put(order.name(), new AgentSight.Present(false, true, null, List.of()), clock.instant());
        }
        return outcome;
    }

    /** Asks for the agent now; what is found counts until a newer reading. */
    public Outcome<Nothing> look(String agent) {
        return ask(agent).map(found -> Nothing.NOTHING);
    }

    /** What {@link #look} finds, whatever readings say. */
    Outcome<AgentSight> ask(String agent) {
        Instant asked = clock.instant();
        return switch (system.inspect(agent)) {
            case Outcome.Done<AgentState> done -> saw(agent, sight(done.value()), asked);
            case Outcome.Failed<AgentState> failed ->
                failed.error() instanceof PortError.NotFound
                        ? saw(agent, new AgentSight.Absent(), asked)
                        : Outcome.failed(failed.error());
        };
    }

    public Outcome<Nothing> stopAccepting(String agent, String reason) {
        Instant asked = clock.instant();
        Outcome<Nothing> outcome = heeding(system.stopAccepting(agent, reason));
        return outcome instanceof Outcome.Failed<Nothing> failed && failed.error() instanceof PortError.NotFound
                ? saw(agent, new AgentSight.Absent(), asked).map(absent -> Nothing.NOTHING)
                : outcome;
    }

    /** Takes {@link #stopAccepting} back. */
    public Outcome<Nothing> acceptAgain(String agent) {
        return heeding(system.acceptAgain(agent));
    }

    /** The run of the CI system that has answered last. */
    public CiSession session() {
        return system.session();
    }

    /** Its last restart, as far as it concerns the agent and what is seen of it from now on; null if none is known. */
    public @Nullable CiRestart restart(String agent) {
        Instant at = system.session().restartedAt();
        if (at == null) {
            return null;
        }
        Reading<CiSnapshot> reading = feed.latest();
        CiSnapshot snapshot = reading.value();
        return new CiRestart(
                at,
                at.plus(system.takesUpWithin()),
                snapshot != null && snapshot.awaited().contains(agent),
                reading.begunAt() != null && reading.begunAt().isAfter(at));
    }

    public Outcome<Nothing> remove(String agent) {
        Outcome<Nothing> outcome = heeding(system.remove(agent));
        if (outcome instanceof Outcome.Done) {
            since.put(agent, new AgentSight.Absent(), clock.instant());
        }
        return outcome;
    }

    /** Takes away what was prepared at the CI system, once nothing is served there any more. */
    public Outcome<Nothing> withdraw() {
        return system.withdraw();
    }

    @Override
    public void close() {
        feed.close();
        system.close();
    }

    /** A permission may have been taken away since it was verified. */
    private <T> Outcome<T> heeding(Outcome<T> outcome) {
        boolean refused =
                outcome instanceof Outcome.Failed<T> failed && failed.error() instanceof PortError.Unauthorized;
        if (refused) {
            doubt(VERIFIED_AT_LEAST);
        }
        return outcome;
    }

    private void doubt(Duration verifiedAtLeast) {
        if (verified.forgetIfOlder(verifiedAtLeast)) {
            onDoubt.run();
        }
    }

    private Outcome<AgentSight> saw(String agent, AgentSight sight, Instant at) {
        since.put(agent, sight, at);
        return Outcome.done(sight);
    }

    static AgentSight sight(AgentState state) {
        return state.registered() || !state.jobs().isEmpty()
                ? new AgentSight.Present(
                        state.online(),
                        state.accepting() && state.registered(),
                        state.stoppedBecause(),
                        state.jobs().stream().map(CiLink::job).toList())
                : new AgentSight.Absent();
    }

    private static Job job(AgentState.RunningJob running) {
        return new Job(running.id(), running.name(), running.url());
    }
}
