package dev.shedmaster.kube.host;

import dev.shedmaster.core.host.HostLife.Need;
import dev.shedmaster.core.host.HostSight.Landlord;
import dev.shedmaster.core.host.HostSight.Rescue;
import dev.shedmaster.core.host.HostSight.Resets;
import dev.shedmaster.core.host.Rung;
import dev.shedmaster.port.DedicatedServers;
import dev.shedmaster.port.DedicatedServers.DedicatedServer;
import dev.shedmaster.port.DedicatedServers.RescueBoot;
import dev.shedmaster.port.DedicatedServers.ResetOptions;
import dev.shedmaster.port.DedicatedServers.ResetType;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the landlord says of a server.
 *
 * @param landlord as the host's rule sees it
 * @param address where the server is reached, if the landlord has said
 */
record LandlordSight(Landlord landlord, @Nullable String address) {
    /** {@code installation namespace/name}, as we name servers that are ours. Whatever else a person calls a server claims nothing. */
    private static final Pattern OWNER = Pattern.compile("\\S+ \\S+/\\S+");

    static final LandlordSight UNASKED = new LandlordSight(new Landlord.Unasked(), null);

    /**
     * Asks the landlord.
     *
     * @param needs what has to be known; nothing else is asked for
     * @param takenOver the owner whose name on the server counts for nothing
     */
    static LandlordSight of(HostReach reach, Set<Need> needs, String takenOver) {
        if (reach.landlord() == null) {
            return new LandlordSight(new Landlord.None(), null);
        }
        if (!needs.contains(Need.LANDLORD)) {
            return UNASKED;
        }
        Outcome<LandlordSight> seen = reach.landlord()
                .then(servers -> servers.server(reach.number())
                        .then(server -> resets(servers, reach.number(), needs)
                                .then(resets -> rescue(servers, reach.number(), needs)
                                        .map(rescue -> of(server, resets.orNull(), rescue.orNull(), takenOver)))));
        return switch (seen) {
            case Outcome.Done<LandlordSight>(LandlordSight sight) -> sight;
            case Outcome.Failed<LandlordSight>(PortError.NotFound missing) ->
                new LandlordSight(
                        new Landlord.Missing(missing.message()
                                + ": correct spec.robot, which means another BareMetalHost, or order the server"),
                        null);
            case Outcome.Failed<LandlordSight>(PortError error) ->
                new LandlordSight(new Landlord.Silent(error.message()), null);
        };
    }

    /** What was asked for; null if it was not. */
    private record Maybe<T>(@Nullable T orNull) {}

    private static Outcome<Maybe<Resets>> resets(DedicatedServers servers, int number, Set<Need> needs) {
        return needs.contains(Need.RESETS)
                ? servers.resetOptions(number).map(options -> new Maybe<>(resets(options)))
                : Outcome.done(new Maybe<>(null));
    }

    private static Resets resets(ResetOptions options) {
        return new Resets(
                options.types().stream().flatMap(LandlordSight::rungs).collect(Collectors.toSet()),
                Boolean.FALSE.equals(options.isRunning()));
    }

    private static Outcome<Maybe<Rescue>> rescue(DedicatedServers servers, int number, Set<Need> needs) {
        return needs.contains(Need.RESCUE)
                ? servers.isRescueArmed(number)
                        .then(armed -> servers.lastRescue(number)
                                .map(boot -> new Maybe<>(new Rescue(armed, boot.bootedAt(), boot.hostKeys()))))
                : Outcome.done(new Maybe<>(null));
    }

    /** The host keys of the rescue system that booted last; none if it tells none. */
    static Set<String> rescueKeys(HostReach reach) {
        return reach.landlord() == null
                ? Set.of()
                : reach.landlord()
                                        .then(servers -> servers.lastRescue(reach.number()))
                                        .map(RescueBoot::hostKeys)
                                instanceof Outcome.Done<Set<String>>(Set<String> keys)
                        ? keys
                        : Set.of();
    }

    private static LandlordSight of(
            DedicatedServer server, @Nullable Resets resets, @Nullable Rescue rescue, String takenOver) {
        boolean isOwned =
                OWNER.matcher(server.name()).matches() && !server.name().equals(takenOver);
        return new LandlordSight(
                new Landlord.Server(isOwned ? server.name() : "", unusable(server), resets, rescue), server.address());
    }

    private static String unusable(DedicatedServer server) {
        if (!server.isReady()) {
            return "the landlord has not handed the server over yet: wait for its message, or ask";
        }
        if (server.isCancelled()) {
            return "the server's rent ends: take the cancellation back at the landlord, or delete this BareMetalHost";
        }
        return server.address() == null
                ? "the landlord gives the server no address: order one for it, since it is reached by SSH"
                : "";
    }

    private static Stream<Rung> rungs(ResetType type) {
        return switch (type) {
            case SOFTWARE -> Stream.of(Rung.SOFTWARE);
            case HARDWARE -> Stream.of(Rung.HARDWARE);
            case POWER -> Stream.of(Rung.POWER);
            case POWER_LONG -> Stream.empty();
        };
    }
}
