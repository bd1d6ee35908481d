package dev.shedmaster.kube.host;

import dev.shedmaster.api.v1alpha1.Condition;
import dev.shedmaster.api.v1alpha1.HetznerAccount;
import dev.shedmaster.api.v1alpha1.HetznerAccountStatus;
import dev.shedmaster.api.v1alpha1.RequestAllowance;
import dev.shedmaster.kube.status.Conditions;
import dev.shedmaster.kube.status.UnopenedConnection;
import dev.shedmaster.port.DedicatedServers;
import dev.shedmaster.port.DedicatedServers.DedicatedServer;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells an account's status: whether we can use it, how many servers it has, and what may still be asked of it. */
public final class HetznerAccountStatuses {
    /** A status that told each request would be written with each. */
    private static final int STEPS = 4;

    private final InstantSource clock;

    public HetznerAccountStatuses(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Tells a status.
     *
     * @param robot the connection; where it could not be opened, nothing was asked there
     * @param servers what it has answered
     * @param key the SSH key of its Secret
     * @param refusedLogin the login that Robot has refused; null if it has not
     */
    HetznerAccountStatus tell(
            HetznerAccount account,
            Outcome<DedicatedServers> robot,
            Outcome<List<DedicatedServer>> servers,
            Outcome<AccountKey> key,
            @Nullable String refusedLogin) {
        Conditions conditions = conditions(account);
        String trouble = trouble(conditions, robot, servers);
        String unusable = tellKey(conditions, key);
        List<DedicatedServers.RequestAllowance> allowances =
                robot instanceof Outcome.Done<DedicatedServers>(DedicatedServers open) ? open.allowances() : List.of();
        String limited = tellLimits(conditions, robot, allowances);
        if (trouble == null) {
            if (unusable == null) {
                conditions.holds(Condition.READY, "Ready", "its servers can be provisioned");
            } else {
                conditions.fails(Condition.READY, "KeyUnusable", unusable);
            }
        }
        return new HetznerAccountStatus(
                account.getMetadata().getGeneration(),
                conditions.list(),
                servers instanceof Outcome.Done<List<DedicatedServer>>(List<DedicatedServer> known)
                        ? known.size()
                        : before(account).servers(),
                budget(allowances),
                refusedLogin,
                Stream.of(trouble, unusable, limited)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null));
    }

    HetznerAccountStatus tellLeaving(HetznerAccount account) {
        HetznerAccountStatus before = before(account);
        String message = "hosts still belong to it: it goes after the last of them; delete its BareMetalHosts";
        return new HetznerAccountStatus(
                account.getMetadata().getGeneration(),
                conditions(account).fails(Condition.READY, "Leaving", message).list(),
                before.servers(),
                before.budget(),
                before.refusedLogin(),
                message);
    }

    private Conditions conditions(HetznerAccount account) {
        return new Conditions(
                before(account).conditions(), account.getMetadata().getGeneration(), clock.instant());
    }

    private static HetznerAccountStatus before(HetznerAccount account) {
        return account.getStatus() == null ? HetznerAccountStatus.initial() : account.getStatus();
    }

    /** Tells the conditions of the connection; returns why it cannot be used, null if it can. */
    private static @Nullable String trouble(
            Conditions conditions, Outcome<DedicatedServers> robot, Outcome<List<DedicatedServer>> servers) {
        if (robot instanceof Outcome.Failed<DedicatedServers>(PortError error)) {
            return UnopenedConnection.tell(conditions, error, Condition.ROBOT_REACHABLE);
        }
        return switch (servers) {
            case Outcome.Done<List<DedicatedServer>> done -> {
                conditions.holds(Condition.CREDENTIALS_VALID, "Accepted", "the credentials are accepted");
                conditions.holds(Condition.ROBOT_REACHABLE, "Answers", "it answers");
                yield null;
            }
            case Outcome.Failed<List<DedicatedServer>>(PortError error) -> tellTrouble(conditions, error);
        };
    }

    private static String tellTrouble(Conditions conditions, PortError error) {
        String message = error.message();
        switch (error) {
            case PortError.Unauthorized refused
            when refused.lacksPermission() -> {
                conditions.holds(Condition.CREDENTIALS_VALID, "Accepted", "the credentials are accepted");
                conditions.holds(Condition.ROBOT_REACHABLE, "Answers", "it answers");
                conditions.fails(Condition.READY, "PermissionMissing", message);
            }
            case PortError.Unauthorized refused -> {
                conditions.fails(Condition.CREDENTIALS_VALID, "Refused", message);
                conditions.holds(Condition.ROBOT_REACHABLE, "Answers", "it answers");
                conditions.fails(Condition.READY, "CredentialsRefused", message);
            }
            case PortError.Throttled later -> {
                conditions.unknown(Condition.CREDENTIALS_VALID, "NotTried", "it could not be asked");
                conditions.holds(Condition.ROBOT_REACHABLE, "Answers", "it answers");
                conditions.fails(Condition.READY, "RateLimited", message);
            }
            case PortError.HeldBack later -> {
                conditions.unknown(Condition.CREDENTIALS_VALID, "NotTried", message);
                conditions.unknown(Condition.ROBOT_REACHABLE, "NotTried", message);
                conditions.fails(Condition.READY, "HeldBack", message);
            }
            default -> {
                conditions.unknown(Condition.CREDENTIALS_VALID, "NotTried", "it could not be asked");
                conditions.fails(Condition.ROBOT_REACHABLE, "Unreachable", message);
                conditions.fails(Condition.READY, "Unreachable", message);
            }
        }
        return message;
    }

    /** Returns why the key cannot be used, null if it can. */
    private static @Nullable String tellKey(Conditions conditions, Outcome<AccountKey> key) {
        return switch (key) {
            case Outcome.Done<AccountKey> usable -> {
                conditions.holds(Condition.KEY_USABLE, "Usable", "servers can be signed in to with it");
                yield null;
            }
            case Outcome.Failed<AccountKey>(PortError.Invalid unusable) -> {
                conditions.fails(Condition.KEY_USABLE, "Unusable", unusable.message());
                yield unusable.message();
            }
            case Outcome.Failed<AccountKey>(PortError unread) -> {
                conditions.unknown(Condition.KEY_USABLE, "Unreadable", unread.message());
                yield unread.message();
            }
        };
    }

    /** Returns what waits for its number, null if nothing does. */
    private static @Nullable String tellLimits(
            Conditions conditions,
            Outcome<DedicatedServers> robot,
            List<DedicatedServers.RequestAllowance> allowances) {
        if (robot instanceof Outcome.Failed) {
            conditions.unknown(Condition.RATE_LIMITED, "NotTried", "nothing was tried");
            return null;
        }
        String frozen = kinds(allowances.stream().filter(allowance -> allowance.frozenUntil() != null));
        if (!frozen.isEmpty()) {
            String message = "Robot takes no more " + frozen
                    + " for now: others use the account as well; what needs them waits (status.budget)";
            conditions.holds(Condition.RATE_LIMITED, "RefusedByRobot", message);
            return message;
        }
        String usedUp = kinds(allowances.stream().filter(allowance -> allowance.left() == 0));
        if (!usedUp.isEmpty()) {
            String message =
                    "as many " + usedUp + " as may be asked for within an hour were: what needs more of them waits";
            conditions.holds(Condition.RATE_LIMITED, "UsedUp", message);
            return message;
        }
        conditions.fails(Condition.RATE_LIMITED, "Within", "requests are within the limits");
        return null;
    }

    private static String kinds(Stream<DedicatedServers.RequestAllowance> allowances) {
        return allowances.map(DedicatedServers.RequestAllowance::kind).collect(Collectors.joining(", "));
    }

    /** The kinds that something was asked of, roughly. */
    private static List<RequestAllowance> budget(List<DedicatedServers.RequestAllowance> allowances) {
        return allowances.stream()
                .filter(allowance -> allowance.left() < allowance.limit())
                .map(allowance -> new RequestAllowance(
                        allowance.kind(), roughly(allowance), allowance.limit(), allowance.frozenUntil()))
                .toList();
    }

    private static int roughly(DedicatedServers.RequestAllowance allowance) {
        return allowance.left() * STEPS / allowance.limit() * allowance.limit() / STEPS;
    }
}
