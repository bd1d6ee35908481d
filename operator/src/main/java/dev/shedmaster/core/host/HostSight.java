package dev.shedmaster.core.host;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is seen of one host at one instant, of each part the newest reading. What a state does not need is not asked for:
 * {@link HostLife#needs}. The landlord is asked before the server: only then can the server's host key be known.
 *
 * @param wish what a person wants
 * @param landlord what who rents it out says
 * @param shell what answers at its address
 * @param health what the installed system last said of itself
 * @param occupancy what runs on it
 * @param turn whether it is this host's turn to be taken out and worked at, among those that wait for one
 */
public record HostSight(HostWish wish, Landlord landlord, Shell shell, Health health, Occupancy occupancy, Turn turn) {

    /** The same, with whose turn it is. */
    public HostSight with(Turn other) {
        return new HostSight(wish, landlord, shell, health, occupancy, other);
    }

    /** Whether the ways to reboot it are known, as far as anybody has to be asked for them. */
    boolean knowsResets() {
        return switch (landlord) {
            case Landlord.Unasked u -> false;
            case Landlord.Server server -> server.resets() != null;
            default -> true;
        };
    }

    /** The same, without what was read of its health: something newer is known. */
    HostSight withoutHealth() {
        return new HostSight(wish, landlord, shell, new Health.Unread(), occupancy, turn);
    }

    /** What the landlord says of the rescue system; null if it was not asked, or does not say. */
    @Nullable
    Rescue rescue() {
        return landlord instanceof Landlord.Server server ? server.rescue() : null;
    }

    /** Whether it has been silent for so long, and its agents too, that nothing can run on it, or nothing can be done for what does. */
    boolean isLifeless(HostLife life, HostRules rules, Instant now) {
        Instant limit = lifelessAt(life, rules, now);
        return limit != null && !now.isBefore(limit);
    }

    /** When it will have been, if nothing is heard of it until then; null if something is heard of it now. */
    @Nullable
    Instant lifelessAt(HostLife life, HostRules rules, Instant now) {
        if (!(shell instanceof Shell.Silent) || occupancy.isHeard()) {
            return null;
        }
        return life.silentFrom(now).plus(occupancy.jobs() == 0 ? rules.silenceTimeout() : rules.lifelessTimeout());
    }

    /** What the landlord says of the server. */
    public sealed interface Landlord {
        /** Nobody is asked: a host that is reached by its address alone. */
        record None() implements Landlord {}

        /** Nobody has asked yet. */
        record Unasked() implements Landlord {}

        /** Nothing can be said. {@code why} is for a person. */
        record Silent(String why) implements Landlord {}

        /** There is no such server. */
        record Missing(String why) implements Landlord {}

        /**
         * There is one.
         *
         * @param owner whose its name there says that it is; empty if it names nobody
         * @param unusable why it cannot be used, empty if it can
         * @param resets null if it was not asked for
         * @param rescue null if it was not asked for
         */
        record Server(
                String owner,
                String unusable,
                @Nullable Resets resets,
                @Nullable Rescue rescue) implements Landlord {

            /** That it is another's, if it is; null if it is ours, or nobody's. */
            @Nullable
            Trouble foreignTo(HostWish wish) {
                return owner.isEmpty() || owner.equals(wish.owner())
                        ? null
                        : new Trouble(
                                TroubleKind.FOREIGN_OWNER,
                                "the landlord's name for it says that it belongs to " + owner + ", and this host is "
                                        + wish.owner()
                                        + ": delete the other one's object, or take the server over by the annotation "
                                        + "shedmaster.dev/take-over with that owner as its value");
            }
        }
    }

    /**
     * What the landlord says of resetting the server.
     *
     * @param rungs the ways to do so
     * @param isOff whether it is certain that it has no power
     */
    public record Resets(Set<Rung> rungs, boolean isOff) {
        public Resets {
            rungs = Set.copyOf(rungs);
        }
    }

    /**
     * What the landlord says of the rescue system.
     *
     * @param armed whether the next network boot goes there
     * @param bootedAt when it was booted last; null if it was not since it was armed last
     * @param hostKeys the fingerprints of that boot's host keys; empty until they are told
     */
    public record Rescue(boolean armed, @Nullable Instant bootedAt, Set<String> hostKeys) {
        public Rescue {
            hostKeys = Set.copyOf(hostKeys);
        }

        /** Whether it has booted since, and its host keys are known. */
        boolean isUpSince(Reboot reboot) {
            return bootedAt != null && !bootedAt.equals(reboot.rescueBefore()) && !hostKeys.isEmpty();
        }
    }

    /** What answers at the server's address. Only a host key that somebody has vouched for makes it more than a stranger. */
    public sealed interface Shell {
        /** Nobody has looked. */
        record Unasked() implements Shell {}

        /** Nothing answers. */
        record Silent(String why) implements Shell {}

        /** It presents a host key that nobody has vouched for. Nothing was said to it. */
        record Stranger(String fingerprint) implements Shell {}

        /** It is the right server and lets us not in. */
        record Locked(String why) implements Shell {}

        /** The rescue system, in the boot of that id. */
        record InRescue(String bootId) implements Shell {}

        /**
         * The installed system.
         *
         * @param bootId its boot
         * @param generation what its mark says was installed; empty if it has none
         */
        record InSystem(String bootId, String generation) implements Shell {}

        /** The boot that answers, empty if none does that we know. */
        default String boot() {
            return switch (this) {
                case InRescue(String bootId) -> bootId;
                case InSystem(String bootId, String generation) -> bootId;
                case Unasked u -> "";
                case Silent s -> "";
                case Stranger s -> "";
                case Locked l -> "";
            };
        }
    }

    /** What the installed system says of itself, beside its work. */
    public sealed interface Health {
        /** Nothing was read since it was rebooted, or since it answers again. */
        record Unread() implements Health {}

        /**
         * What was read last, for each thing that is wrong a sentence.
         *
         * @param failings what workers need and do not have; none if all is well
         * @param hardware what is broken, too hot or full, so that no further worker is to be put there; none if all is well
         */
        record Read(List<String> failings, List<String> hardware) implements Health {
            public Read {
                failings = List.copyOf(failings);
                hardware = List.copyOf(hardware);
            }
        }
    }

    /**
     * What runs on a host.
     *
     * @param workers how many workers there are that have it or wait for it
     * @param jobs how many jobs they run, as their CI systems say or as was last known
     * @param isHeard whether an agent on it is connected to its CI system: then it lives, whatever we cannot reach
     */
    public record Occupancy(int workers, int jobs, boolean isHeard) {
        public static final Occupancy EMPTY = new Occupancy(0, 0, false);
    }

    /** Whether a host may be taken out now. */
    public sealed interface Turn {
        record Granted() implements Turn {}

        /** Not yet: {@code why} names its window, or those before it. */
        record NotYet(String why) implements Turn {}
    }
}
