package dev.shedmaster.kube.fleet;

import dev.shedmaster.core.placement.Blockage;
import dev.shedmaster.core.placement.Blockage.ClosedAccount;
import dev.shedmaster.core.placement.Blockage.Closure;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.core.placement.OfferingMemory;
import dev.shedmaster.core.worker.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/**
 * What providers have refused lately, for the planner and for workers that look for the next offering. Kept in memory
 * only: after a restart the first refusals teach it again.
 */
public final class FleetMemory {
    /**
     * How long an account stays closed that lets nobody read, though nobody says again that it is: each reading says so, and
     * statuses tell until when.
     */
    private static final Duration UNREADABLE_FOR = Duration.ofHours(1);

    /** The same of an account that is being deleted: another one of its name must not wait for long. */
    private static final Duration LEAVES_FOR = Duration.ofMinutes(1);

    private final AtomicReference<OfferingMemory> memory = new AtomicReference<>(OfferingMemory.EMPTY);
    private final InstantSource clock;
    private final Runnable onChange;
    private final Runnable onAccountChange;

    public FleetMemory(InstantSource clock, Runnable onChange) {
        this(clock, onChange, () -> {});
    }

    /**
     * Knows of no refusal yet.
     *
     * @param onChange is run whenever something is learned or forgotten
     * @param onAccountChange is run when an account is closed or opened
     */
    public FleetMemory(InstantSource clock, Runnable onChange, Runnable onAccountChange) {
        this.clock = clock;
        this.onChange = onChange;
        this.onAccountChange = onAccountChange;
    }

    public OfferingMemory current() {
        return memory.get();
    }

    public void learn(Blockage blockage) {
        Instant now = clock.instant();
        OfferingMemory before = memory.getAndUpdate(known -> known.with(blockage, now));
        onChange.run();
        if (blockage.scope() instanceof ClosedAccount closed
                && before.closing(closed.account(), now).isEmpty()) {
            onAccountChange.run();
        }
    }

    /** What the refusal of an offering says about others. */
    public void learn(Refusal refusal, Offering refused, String template) {
        refusal.blockage(refused, template, clock.instant()).ifPresent(this::learn);
    }

    /** The account does not even let us read. To be said again as long as it is so. */
    public void closed(String account, String why) {
        closed(new ClosedAccount(account, Closure.UNREADABLE), UNREADABLE_FOR, why);
    }

    /** The account is being deleted. To be said again until it is gone. */
    public void leaves(String account) {
        closed(
                new ClosedAccount(account, Closure.LEAVES),
                LEAVES_FOR,
                "it is being deleted, and goes after the last of its workers");
    }

    private void closed(ClosedAccount scope, Duration lasting, String why) {
        Instant now = clock.instant();
        boolean isKnown = memory.get().blockages().stream()
                .anyMatch(known -> known.scope().equals(scope)
                        && known.why().equals(why)
                        && known.until().minus(lasting.dividedBy(2)).isAfter(now));
        if (!isKnown) {
            learn(new Blockage(scope, now.plus(lasting), why));
        }
    }

    /** The account is gone: one of the same name begins anew. */
    public void gone(String account) {
        forget(blockage -> blockage.scope() instanceof ClosedAccount closed
                && closed.account().equals(account));
    }

    /** The account lets us read again, or for the first time with its present settings: it may take orders as well. */
    public void opened(String account) {
        forget(blockage -> isOverOnceOpened(blockage, account));
    }

    private void forget(Predicate<Blockage> over) {
        OfferingMemory before = memory.getAndUpdate(known -> known.without(over));
        if (before.blockages().stream().anyMatch(over)) {
            onChange.run();
            onAccountChange.run();
        }
    }

    private static boolean isOverOnceOpened(Blockage blockage, String account) {
        return switch (blockage.scope()) {
            case ClosedAccount closed ->
                closed.account().equals(account) && closed.closure().isOverOnceRead();
            case Blockage.UnfitOrder unfit -> unfit.offering().account().equals(account);
            default -> false;
        };
    }

    /**
     * A machine of that offering runs: whatever said otherwise before it was accepted is forgotten. That it is accepted alone
     * says nothing, as providers find out later what they have no room for.
     */
    public void had(Offering offering, Instant accepted) {
        OfferingMemory before = memory.getAndUpdate(known -> known.cleared(offering, accepted));
        if (!before.cleared(offering, accepted).blockages().equals(before.blockages())) {
            onChange.run();
        }
    }
}
