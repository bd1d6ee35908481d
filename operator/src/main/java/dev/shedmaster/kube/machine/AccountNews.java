package dev.shedmaster.kube.machine;

import dev.shedmaster.api.v1alpha1.AzureSubscription;
import dev.shedmaster.kube.feed.Feed;
import dev.shedmaster.kube.status.KnownObjects;
import dev.shedmaster.kube.status.Names;
import dev.shedmaster.port.Nothing;
import dev.shedmaster.port.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Predicate;

/**
 * Has the status of an account told anew once it no longer says what is so: soon after something happened, however much
 * happens only every few seconds, and not at all while nothing changes.
 */
public final class AccountNews implements AutoCloseable {
    /** A status is for people; a thousand workers that start at once change it a thousand times. */
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(3);

    /** What we are told of is to be seen a moment later: an object that goes is still there when its end is announced. */
    private static final int LOOKS_AFTER_NEWS = 2;

    /** Nobody tells that an offering may be tried again. A look costs no call. */
    private static final Duration AT_LEAST_EVERY = Duration.ofSeconds(30);

    private final KnownObjects<AzureSubscription> subscriptions;
    private final Predicate<AzureSubscription> outdated;
    private final InstantSource clock;
    private final Feed<Nothing> looks;
    private final Duration settlesWithin;
    private volatile Instant stirredAt = Instant.MIN;

    /**
     * Looks at nothing before {@link #start}.
     *
     * @param outdated whether the object's status no longer says what is so
     */
    public AccountNews(
            KnownObjects<AzureSubscription> subscriptions, Predicate<AzureSubscription> outdated, InstantSource clock) {
        this(subscriptions, outdated, clock, SHORTEST_PAUSE);
    }

    AccountNews(
            KnownObjects<AzureSubscription> subscriptions,
            Predicate<AzureSubscription> outdated,
            InstantSource clock,
            Duration pause) {
        this.subscriptions = subscriptions;
        this.outdated = outdated;
        this.clock = clock;
        this.settlesWithin = pause.multipliedBy(LOOKS_AFTER_NEWS);
        this.looks = new Feed<>(
                "account statuses",
                this::look,
                (before, now) -> isSettled() ? AT_LEAST_EVERY : pause,
                pause,
                clock,
                (before, now) -> {});
    }

    public void start() {
        looks.start();
    }

    /** Something happened that may change what a status says. */
    public void wake() {
        stirredAt = clock.instant();
        looks.hurry();
    }

    @Override
    public void close() {
        looks.close();
    }

    private boolean isSettled() {
        return stirredAt.isBefore(clock.instant().minus(settlesWithin));
    }

    private Outcome<Nothing> look() {
        subscriptions.objects().filter(outdated).map(Names::of).map(Names::id).forEach(subscriptions::wake);
        return Outcome.done(Nothing.NOTHING);
    }
}
