package dev.shedmaster.kube.ci;

import dev.shedmaster.api.v1alpha1.Condition;
import dev.shedmaster.api.v1alpha1.JenkinsServer;
import dev.shedmaster.api.v1alpha1.JenkinsServerStatus;
import dev.shedmaster.api.v1alpha1.JenkinsSession;
import dev.shedmaster.api.v1alpha1.QueueCounts;
import dev.shedmaster.api.v1alpha1.UnmatchedLabel;
import dev.shedmaster.core.demand.OutsideAgents;
import dev.shedmaster.core.label.Excerpt;
import dev.shedmaster.core.planning.UnmatchedDemand;
import dev.shedmaster.kube.feed.Reading;
import dev.shedmaster.kube.fleet.LatestPlan;
import dev.shedmaster.kube.status.Conditions;
import dev.shedmaster.kube.status.Names;
import dev.shedmaster.kube.status.UnopenedConnection;
import dev.shedmaster.port.CiSession;
import dev.shedmaster.port.CiSnapshot;
import dev.shedmaster.port.MissingPermission;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells a Jenkins server's status: whether we can use it, what waits there, and what waits there for nobody. */
public final class JenkinsServerStatuses {
    /** Jobs ask for whatever somebody writes; an object that is too large is not stored at all. */
    private static final int LONGEST_TEXT = 1_000;

    private static final int MOST_LISTED = 5;

    private static final int MOST_TOLD = 5;

    private final LatestPlan latest;
    private final InstantSource clock;

    public JenkinsServerStatuses(LatestPlan latest, InstantSource clock) {
        this.latest = latest;
        this.clock = clock;
    }

    /** @param twins the other servers that stand for the same Jenkins; null if it is not known which that is */
    JenkinsServerStatus tell(
            JenkinsServer server,
            Outcome<CiLink> link,
            Outcome<List<MissingPermission>> missing,
            @Nullable List<String> twins) {
        Conditions conditions = conditions(server);
        Reading<CiSnapshot> reading =
                link instanceof Outcome.Done<CiLink> done ? done.value().latest() : null;
        String ready = link instanceof Outcome.Failed<CiLink> failed
                ? UnopenedConnection.tell(
                        conditions, failed.error(), Condition.REACHABLE, Condition.PERMISSIONS_SUFFICIENT)
                : tellConnection(conditions, missing);
        CiSnapshot snapshot = reading == null ? null : reading.value();
        List<UnmatchedDemand> leftOver = latest.unmatched(Names.of(server));
        List<UnmatchedLabel> unmatched = unmatched(leftOver);
        List<UnmatchedDemand> elsewhere =
                leftOver.stream().filter(demand -> !demand.isForNobody()).toList();
        String unserved =
                tellDemand(conditions, unmatched, snapshot == null ? Map.of() : snapshot.obscure(), elsewhere);
        String doubled = tellTwins(conditions, twins);
        return new JenkinsServerStatus(
                server.getMetadata().getGeneration(),
                conditions.list(),
                snapshot == null || snapshot.version().isEmpty() ? null : snapshot.version(),
                session(server, link),
                queue(snapshot, unmatched, elsewhere),
                unmatched,
                Stream.of(ready, unserved, doubled)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null));
    }

    JenkinsServerStatus tellLeaving(JenkinsServer server) {
        JenkinsServerStatus before = server.getStatus() == null ? JenkinsServerStatus.initial() : server.getStatus();
        String message =
                "workers are still registered here: it goes after the last of them, and no new one is made; delete their pools";
        return new JenkinsServerStatus(
                server.getMetadata().getGeneration(),
                conditions(server).fails(Condition.READY, "Leaving", message).list(),
                before.version(),
                before.session(),
                before.queue(),
                before.unmatched(),
                message);
    }

    /** One that has not answered yet knows no more than what was remembered. */
    private static @Nullable JenkinsSession session(JenkinsServer server, Outcome<CiLink> link) {
        CiSession session =
                link instanceof Outcome.Done<CiLink> done ? done.value().session() : CiSession.UNKNOWN;
        if (session.id().isEmpty()) {
            return server.getStatus() == null ? null : server.getStatus().session();
        }
        return new JenkinsSession(session.id(), session.restartedAt());
    }

    private Conditions conditions(JenkinsServer server) {
        JenkinsServerStatus before = server.getStatus() == null ? JenkinsServerStatus.initial() : server.getStatus();
        return new Conditions(before.conditions(), server.getMetadata().getGeneration(), clock.instant());
    }

    /** Tells the conditions of the connection; returns why it is not ready, null if it is. */
    private static @Nullable String tellConnection(Conditions conditions, Outcome<List<MissingPermission>> missing) {
        return switch (missing) {
            case Outcome.Done<List<MissingPermission>> done -> {
                conditions.holds(Condition.REACHABLE, "Answers", "it answers");
                conditions.holds(Condition.CREDENTIALS_VALID, "Accepted", "the credentials are accepted");
                yield tellPermissions(conditions, done.value());
            }
            case Outcome.Failed<List<MissingPermission>> failed -> tellTrouble(conditions, failed.error());
        };
    }

    private static @Nullable String tellPermissions(Conditions conditions, List<MissingPermission> missing) {
        if (missing.isEmpty()) {
            conditions.holds(
                    Condition.PERMISSIONS_SUFFICIENT, "AllGranted", "the credentials may do all that is needed");
            conditions.holds(Condition.READY, "Ready", "its queue is read and agents can register");
            return null;
        }
        String message = "the user of the credentials lacks "
                + missing.stream().map(MissingPermission::name).collect(Collectors.joining(", "))
                + ": grant it in Jenkins";
        conditions.fails(Condition.PERMISSIONS_SUFFICIENT, "Missing", message);
        conditions.fails(Condition.READY, "PermissionMissing", message);
        return message;
    }

    private static String tellTrouble(Conditions conditions, PortError error) {
        String message = error.message();
        switch (error) {
            case PortError.Unauthorized e -> {
                conditions.holds(Condition.REACHABLE, "Answers", "it answers");
                conditions.fails(Condition.CREDENTIALS_VALID, "Refused", message);
                conditions.fails(Condition.READY, "CredentialsRefused", message);
            }
            case PortError.Invalid e -> {
                conditions.unknown(Condition.REACHABLE, "NotTried", "nothing was tried");
                conditions.fails(Condition.CREDENTIALS_VALID, "Unusable", message);
                conditions.fails(Condition.READY, "Misconfigured", message);
            }
            case PortError.AlreadyExists e -> {
                conditions.holds(Condition.REACHABLE, "Answers", "it answers");
                conditions.holds(Condition.CREDENTIALS_VALID, "Accepted", "the credentials are accepted");
                conditions.fails(Condition.READY, "NameTaken", message);
            }
            default -> {
                conditions.fails(Condition.REACHABLE, "NoAnswer", message);
                conditions.unknown(Condition.CREDENTIALS_VALID, "NotTried", "it could not be asked");
                conditions.fails(Condition.READY, "Unreachable", message);
            }
        }
        conditions.unknown(Condition.PERMISSIONS_SUFFICIENT, "NotTried", "it could not be asked");
        return message;
    }

    private static List<UnmatchedLabel> unmatched(List<UnmatchedDemand> leftOver) {
        return leftOver.stream()
                .filter(UnmatchedDemand::isForNobody)
                .map(demand -> new UnmatchedLabel(
                        Excerpt.upTo(LONGEST_TEXT, demand.requirement().describe()),
                        demand.jobs(),
                        demand.oldest().queuedAt(),
                        Excerpt.upTo(LONGEST_TEXT, demand.whyNot())))
                .toList();
    }

    /** The first of them, and how many more there are. */
    private static String listed(String between, List<String> all) {
        String first = String.join(between, all.subList(0, Math.min(MOST_LISTED, all.size())));
        return all.size() <= MOST_LISTED ? first : first + between + "and " + (all.size() - MOST_LISTED) + " more";
    }

    /** Tells whether all that waits is served; returns what is not, null if everything is. */
    private static @Nullable String tellDemand(
            Conditions conditions,
            List<UnmatchedLabel> unmatched,
            Map<String, Integer> obscure,
            List<UnmatchedDemand> elsewhere) {
        if (!unmatched.isEmpty()) {
            String labels = listed(
                    ", ",
                    unmatched.stream().map(label -> Excerpt.of(label.label())).toList());
            String message = "no pool serves " + labels + "; see status.unmatched";
            conditions.fails(Condition.DEMAND_MATCHED, "NoPoolServes", message);
            return message;
        }
        if (!obscure.isEmpty()) {
            String message = "what some jobs ask for cannot be read: "
                    + listed(
                            "; ",
                            new TreeMap<>(obscure)
                                    .entrySet().stream()
                                            .map(entry -> entry.getValue() + " × " + Excerpt.of(entry.getKey()))
                                            .toList());
            conditions.fails(Condition.DEMAND_MATCHED, "Unreadable", message);
            return message;
        }
        if (!elsewhere.isEmpty()) {
            conditions.holds(Condition.DEMAND_MATCHED, "ServedElsewhere", servedElsewhere(elsewhere));
            return null;
        }
        conditions.holds(Condition.DEMAND_MATCHED, "AllServed", "every job that waits is served by a pool");
        return null;
    }

    /** Returns what follows if there are any, else null. */
    private static @Nullable String tellTwins(Conditions conditions, @Nullable List<String> twins) {
        if (twins == null) {
            conditions.unknown(Condition.UNIQUE, "NotTried", "it has not said yet which Jenkins it is");
            return null;
        }
        if (twins.isEmpty()) {
            conditions.holds(Condition.UNIQUE, "NoOther", "no other JenkinsServer is known to stand for this Jenkins");
            return null;
        }
        String message = "the same Jenkins is " + String.join(" and ", twins)
                + ": a job gets a machine from each whose pools serve its label; let one JenkinsServer serve all pools";
        conditions.fails(Condition.UNIQUE, "SameJenkins", message);
        return message;
    }

    private static String servedElsewhere(List<UnmatchedDemand> elsewhere) {
        String told = elsewhere.stream()
                .limit(MOST_TOLD)
                .map(demand -> demand.jobs() + " × " + demand.requirement().describe() + such(demand.elsewhere()))
                .collect(Collectors.joining("; "));
        int more = elsewhere.size() - MOST_TOLD;
        return "no pool serves some jobs, but agents can take them that are not of this fleet: " + told
                + (more > 0 ? "; and " + more + " more" : "");
    }

    private static String such(OutsideAgents.@Nullable Agent agent) {
        if (agent == null) {
            return "";
        }
        return ", such as " + agent.name() + (agent.state() == OutsideAgents.State.AWAY ? ", which is offline" : "");
    }

    private static QueueCounts queue(
            @Nullable CiSnapshot snapshot, List<UnmatchedLabel> unmatched, List<UnmatchedDemand> elsewhere) {
        return snapshot == null
                ? QueueCounts.EMPTY
                : new QueueCounts(
                        snapshot.jobs().size()
                                + snapshot.obscure().values().stream()
                                        .mapToInt(Integer::intValue)
                                        .sum(),
                        snapshot.blocked(),
                        unmatched.stream().mapToInt(UnmatchedLabel::jobs).sum(),
                        elsewhere.stream().mapToInt(UnmatchedDemand::jobs).sum());
    }
}
