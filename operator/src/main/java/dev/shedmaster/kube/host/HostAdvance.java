package dev.shedmaster.kube.host;

import dev.shedmaster.api.v1alpha1.BareMetalHost;
import dev.shedmaster.api.v1alpha1.BareMetalHostStatus;
import dev.shedmaster.api.v1alpha1.HostWords;
import dev.shedmaster.api.v1alpha1.SshHost;
import dev.shedmaster.core.host.HostAnswer;
import dev.shedmaster.core.host.HostEffect;
import dev.shedmaster.core.host.HostLife;
import dev.shedmaster.core.host.HostLifecycle;
import dev.shedmaster.core.host.HostRules;
import dev.shedmaster.core.host.HostSight;
import dev.shedmaster.core.host.HostSight.Shell;
import dev.shedmaster.core.host.HostState;
import dev.shedmaster.core.host.HostTransition;
import dev.shedmaster.core.host.HostWish;
import dev.shedmaster.core.slot.HostView;
import dev.shedmaster.kube.host.HostStatuses.Findings;
import dev.shedmaster.kube.status.Names;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Brings a host as far as it gets now: see, decide, record, act, and once more while acting taught something. A reboot is recorded
 * before it is asked for; everything else once, at the end.
 */
final class HostAdvance {
    /** More than any life has at once; a host that needs more is looked at again a moment later. */
    private static final int MOST_STEPS = 40;

    private static final Duration A_MOMENT = Duration.ofSeconds(1);

    /** How soon one looks whether the last worker is gone. That asks nobody else. */
    private static final Duration WHILE_DRAINING = Duration.ofSeconds(3);

    /** How soon one looks whether it is its turn, which others' progress decides. That asks nobody else. */
    private static final Duration WHILE_WAITING = Duration.ofSeconds(10);

    /** How soon its status shows that a worker's object is gone, of which nobody tells it. That asks nobody else. */
    private static final Duration WHILE_OCCUPIED = Duration.ofSeconds(30);

    /** How soon one looks what is the matter with a system that does not tell what runs on it. */
    private static final Duration WHILE_TROUBLED = Duration.ofSeconds(30);

    private static final HostSight.Turn NOBODY_ASKED = new HostSight.Turn.NotYet("nobody was asked");

    /** Writes a host's status and returns the host as it is then. */
    interface StatusWrite {
        BareMetalHost write(BareMetalHost host, BareMetalHostStatus status);
    }

    /**
     * How far a host got.
     *
     * @param forgotten whether nothing is left to do: its object may go
     * @param moved whether it is elsewhere than before
     * @param lookAgainIn when time alone changes something; null if only news can
     */
    record Advanced(
            boolean forgotten, boolean moved, @Nullable Duration lookAgainIn) {}

    private final HostWishes wishes;
    private final HostTurns turns;
    private final HostTenancy tenancy;
    private final HostHands hands;
    private final HostBoard board;
    private final HostJournal journal;
    private final Function<String, Optional<StockNews>> stock;
    private final InstantSource clock;

    HostAdvance(
            HostWishes wishes,
            HostTurns turns,
            HostTenancy tenancy,
            HostHands hands,
            HostBoard board,
            HostJournal journal,
            Function<String, Optional<StockNews>> stock,
            InstantSource clock) {
        this.wishes = wishes;
        this.turns = turns;
        this.tenancy = tenancy;
        this.hands = hands;
        this.board = board;
        this.journal = journal;
        this.stock = stock;
        this.clock = clock;
    }

    Advanced advance(BareMetalHost host, HostReach reach, StatusWrite write) {
        return new Look(host, reach, write).advance();
    }

    /** One look at a host, with what was found on the way. */
    private final class Look {
        private final HostReach reach;
        private final StatusWrite write;
        private final HostWords words;
        private final HostWish wish;
        private BareMetalHost host;
        private HostLife life;
        private Findings findings;
        private int steps;
        private boolean forgotten;
        private boolean moved;
        private HostSight.Turn turn = NOBODY_ASKED;

        Look(BareMetalHost host, HostReach reach, StatusWrite write) {
            BareMetalHostStatus status = HostRecords.statusOf(host);
            Instant now = clock.instant();
            this.host = host;
            this.reach = reach;
            this.write = write;
            this.words = HostWishes.heard(host, status.record().words(), now);
            this.wish = wishes.of(host, words, now);
            this.life = HostRecords.read(status, now).knownBy(wish);
            this.findings =
                    Findings.of(status).stocked(stock.apply(Names.of(host)).orElse(null));
        }

        Advanced advance() {
            HostTransition last;
            do {
                last = decideAndAct(see());
            } while (!forgotten && steps < MOST_STEPS && isAtOnce(last));
            reach.link().reads(life.state().hasSystem());
            Advanced advanced = new Advanced(forgotten, moved, pause(last));
            if (!forgotten) {
                store();
            }
            if (last.overdue()) {
                journal.overdue(host, life);
            }
            show();
            return advanced;
        }

        private HostSight see() {
            LandlordSight landlord = LandlordSight.of(reach, life.needs(), HostWishes.takenOverFrom(host));
            SshHost ssh = host.getSpec().ssh();
            findings = findings.reachedAt(ssh == null ? landlord.address() : ssh.address());
            Shell shell = ShellSight.of(host, reach, life, landlord.landlord(), findings.address());
            return new HostSight(
                    wish,
                    landlord.landlord(),
                    shell,
                    HostHealth.of(
                            host.getSpec(),
                            reach.link().reading(),
                            reach.link().troubledSince(),
                            reach.link().hardware().checkup(),
                            clock.instant()),
                    tenancy.occupancy(Names.of(host)),
                    NOBODY_ASKED);
        }

        private HostTransition decideAndAct(HostSight unturned) {
            Instant now = clock.instant();
            HostTurns.Decided decided = turns.deciding(
                    host, life.state(), unturned, sight -> HostLifecycle.next(life, sight, HostRules.DEFAULT, now));
            turn = decided.sight().turn();
            HostTransition transition = decided.transition();
            steps++;
            while (transition.effect() != null && !forgotten && steps < MOST_STEPS) {
                transition = act(transition, transition.effect(), decided.sight());
                steps++;
            }
            pass(transition);
            return transition;
        }

        private HostTransition act(HostTransition decided, HostEffect effect, HostSight sight) {
            pass(decided);
            if (effect instanceof HostEffect.Forget) {
                forgotten = true;
                return decided;
            }
            if (decided.storeFirst()) {
                store();
            }
            journal.rebooted(host, effect);
            HostHands.Done done = hands.perform(host, reach, effect);
            done.hardware().ifPresent(hardware -> findings = findings.madeOf(hardware));
            done.hasKvm().ifPresent(kvm -> findings = findings.tried(kvm));
            findings = findings.hinderedBy(hindrance(done.answer()));
            return HostLifecycle.answered(life, effect, done.answer(), sight, HostRules.DEFAULT, clock.instant());
        }

        private void pass(HostTransition transition) {
            if (!transition.passed().isEmpty()) {
                journal.passed(host, life, transition.passed(), clock.instant());
                moved = true;
                findings = findings.hinderedBy(null);
            }
            life = transition.life();
        }

        /** Whether what was not known for the last decision is known by asking for it. */
        private boolean isAtOnce(HostTransition transition) {
            Instant again = transition.lookAgain();
            return again != null && !again.isAfter(clock.instant());
        }

        private @Nullable Duration pause(HostTransition last) {
            Instant now = clock.instant();
            Instant again = Stream.of(
                            Optional.ofNullable(last.lookAgain()),
                            turns.next(host),
                            Optional.ofNullable(reach.link().troubledSince()).map(since -> now.plus(WHILE_TROUBLED)),
                            HostTurns.waits(host) ? Optional.of(now.plus(WHILE_WAITING)) : Optional.<Instant>empty(),
                            tenancy.of(Names.of(host)).isEmpty()
                                    ? Optional.<Instant>empty()
                                    : Optional.of(now.plus(WHILE_OCCUPIED)),
                            life.state() instanceof HostState.Draining
                                    ? Optional.of(now.plus(WHILE_DRAINING))
                                    : Optional.<Instant>empty())
                    .flatMap(Optional::stream)
                    .min(Comparator.naturalOrder())
                    .orElse(null);
            if (again == null) {
                return null;
            }
            Duration left = Duration.between(now, again);
            return left.compareTo(A_MOMENT) < 0 ? A_MOMENT : left;
        }

        private void store() {
            BareMetalHostStatus before = HostRecords.statusOf(host);
            BareMetalHostStatus status = HostStatuses.tell(
                    host,
                    before,
                    life,
                    words,
                    findings,
                    reach.link().hardware(),
                    HostViews.room(view(), tenancy.of(Names.of(host))),
                    turn,
                    clock.instant());
            if (!status.equals(host.getStatus())) {
                journal.ailing(host, before, status);
                host = write.write(host, status);
            }
        }

        private void show() {
            if (forgotten) {
                board.remove(Names.of(host));
                journal.forgotten(host);
                return;
            }
            HostAccess access = reach.link().access();
            board.put(new HostCard(
                    Names.of(host),
                    host.getMetadata().getLabels() == null
                            ? Map.of()
                            : host.getMetadata().getLabels(),
                    view(),
                    access == null || !life.state().hasSystem() ? null : access.driver(),
                    reach.link().reading(),
                    life.installed().bootId(),
                    life.state().losesWorkers()));
        }

        private HostView view() {
            return HostViews.of(
                    host, life.state(), findings.inspection(), reach.link().reading(), findings.hasKvm());
        }
    }

    private static @Nullable String hindrance(HostAnswer answer) {
        return switch (answer) {
            case HostAnswer.Later(Duration after, String why) -> why;
            case HostAnswer.Unsure(String why) -> why;
            case HostAnswer.GoesOn(String progress) -> progress.isEmpty() ? null : progress;
            default -> null;
        };
    }
}
