package dev.shedmaster.ci.jenkins;

import dev.shedmaster.http.ApiClient;
import dev.shedmaster.port.AgentCredentials;
import dev.shedmaster.port.AgentOrder;
import dev.shedmaster.port.AgentState;
import dev.shedmaster.port.CiSession;
import dev.shedmaster.port.CiSnapshot;
import dev.shedmaster.port.CiSystem;
import dev.shedmaster.port.MachineOwner;
import dev.shedmaster.port.MissingPermission;
import dev.shedmaster.port.Nothing;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Jenkins: its queue is the demand, and each worker is one of its nodes, with an inbound agent that connects by WebSocket.
 * A node carries in its description whose it is, and what lacks this installation's mark is never changed.
 */
public final class JenkinsCiSystem implements CiSystem {
    private static final Logger LOG = LoggerFactory.getLogger(JenkinsCiSystem.class);
    private static final Call READ_QUEUE = new Call("read-queue", "tell its queue");
    /**
     * Jenkins ends a run whose step has not got its executor back after five minutes; before that it loads its jobs and resumes
     * their runs.
     */
    private static final Duration STEPS_WAIT = Duration.ofMinutes(10);

    /** A name that we have made is not used again by others meanwhile. */
    private static final Duration SEEN_JUST_NOW = Duration.ofSeconds(10);

    /** What is a node's name, a label, part of a URL and a directory at the same time. */
    private static final Pattern NODE_NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,251}[a-z0-9])?");

    private static final Pattern LABEL = Pattern.compile("[^\\s\"'&|!<>()\\\\]+");

    private final JenkinsConnection connection;
    private final JenkinsApi api;
    private final NodeCalls nodes;
    private final ServerIdentity server;
    private final InstantSource clock;
    private final LastReading lastReading;
    private volatile boolean mayDelete;

    /** @param known what was remembered of this Jenkins' runs */
    public JenkinsCiSystem(JenkinsConnection connection, CiSession known, ApiClient client, InstantSource clock) {
        this.connection = connection;
        this.server = new ServerIdentity(connection.source(), known, clock);
        this.api = new JenkinsApi(client, connection, server, clock);
        this.nodes = new NodeCalls(api);
        this.clock = clock;
        this.lastReading = new LastReading(api, new SnapshotReader(connection.source(), connection.installation()));
    }

    @Override
    public Outcome<CiSnapshot> observe() {
        Instant now = clock.instant();
        HttpUrl queueUrl = api.at("queue", "api", "json")
                .addQueryParameter("tree", QueueReader.TREE)
                .build();
        // The agents first: of a job that starts in between, the agent is seen free and the job not at all, which the
        // next reading puts right. The other way round it would be seen to wait and to run, and get a machine too many.
        return api.get(NodeCalls.READ_ALL, nodes.allUrl())
                .then(computers -> api.get(READ_QUEUE, queueUrl)
                        .then(queue -> lastReading.next(
                                now,
                                server.version(),
                                isAfterRestart(now),
                                READ_QUEUE,
                                queue,
                                NodeCalls.READ_ALL,
                                computers)));
    }

    private boolean isAfterRestart(Instant now) {
        Instant restartedAt = server.session().restartedAt();
        return restartedAt != null && now.isBefore(restartedAt.plus(STEPS_WAIT));
    }

    @Override
    public Outcome<List<MissingPermission>> verify() {
        Outcome<List<MissingPermission>> missing = new Verification(api, nodes, server, mayDelete).run();
        // Agents need that, whatever else is missing: to find out once more, the anchor would be replaced each time.
        if (missing instanceof Outcome.Done<List<MissingPermission>> done
                && done.value().stream().noneMatch(MissingPermission::stopsAgents)) {
            mayDelete = true;
        }
        return missing;
    }

    @Override
    public Outcome<AgentCredentials> enrol(AgentOrder order) {
        Optional<PortError.Invalid> fault = fault(order);
        if (fault.isPresent()) {
            return Outcome.failed(fault.get());
        }
        NodeForm form = new NodeForm(
                order.name(),
                OwnershipMark.appendedTo(order.description(), order.owner()),
                String.join(" ", order.labels()),
                order.executors(),
                order.exclusive(),
                order.workDirectory());
        Outcome<Nothing> created = switch (api.post(nodes.creation(form))) {
            case Outcome.Failed<Nothing>(PortError.AlreadyExists exists) -> onlyOf(order);
            // Where nodes are created is never missing at Jenkins.
            case Outcome.Failed<Nothing>(PortError.NotFound(String answer)) ->
                Outcome.failed(new PortError.Transient(answer));
            case Outcome<Nothing> other -> other;
        };
        return created.then(there -> nodes.unlessListed(order.name(), nodes.start(order.name())))
                .map(start -> new AgentCredentials(
                        connection.addressForAgents(), order.name(), start.secret(), connection.caBundleForAgents()));
    }

    /** Done if the node is there for the same worker: an earlier call made it. */
    private Outcome<Nothing> onlyOf(AgentOrder order) {
        return nodes.read(order.name())
                .then(node -> node.owner().equals(Optional.of(order.owner()))
                        ? Outcome.done(Nothing.NOTHING)
                        : Outcome.failed(new PortError.AlreadyExists("Jenkins has a node '" + order.name()
                                + "' already, and it is not that of worker "
                                + order.owner().worker()
                                + "; it was left as it is")));
    }

    @Override
    public Outcome<AgentState> inspect(String agent) {
        return nodes.read(agent).map(Computer::state);
    }

    @Override
    public Outcome<Nothing> stopAccepting(String agent, String reason) {
        if (wasSeenToBeOurs(agent)) {
            return post(agent, nodes.takingOffline(agent, reason));
        }
        return nodes.read(agent).then(node -> {
            if (!node.registered()) {
                return Outcome.done(Nothing.NOTHING); // Without a node it is given nothing any more.
            }
            return isOurs(node) ? post(agent, nodes.takingOffline(agent, reason)) : Outcome.failed(notOurs(agent));
        });
    }

    private Outcome<Nothing> post(String agent, FormCall change) {
        return nodes.unlessListed(agent, api.post(change));
    }

    private static PortError notOurs(String agent) {
        return new PortError.AlreadyExists("Jenkins' node '" + agent
                + "' has no mark in its description that says that this installation of Shedmaster made it; it was left as it"
                + " is: once it runs nothing, delete it in Jenkins");
    }

    /** Jenkins has no call that may be repeated for this: the node is read first, each time. */
    @Override
    public Outcome<Nothing> acceptAgain(String agent) {
        return nodes.read(agent).then(node -> {
            if (!node.registered() || node.state().stoppedBecause() == null) {
                return Outcome.done(Nothing.NOTHING);
            }
            return isOurs(node) ? post(agent, nodes.puttingOnline(agent)) : Outcome.failed(notOurs(agent));
        });
    }

    @Override
    public CiSession session() {
        return server.session();
    }

    @Override
    public Duration takesUpWithin() {
        return STEPS_WAIT;
    }

    @Override
    public Outcome<Nothing> remove(String agent) {
        return goneIsDone(nodes.read(agent).then(node -> {
            if (!node.registered()) {
                return Outcome.done(Nothing.NOTHING); // Listed until its build ends; Jenkins drops it by itself.
            }
            if (!isOurs(node)) {
                LOG.warn(
                        "Jenkins {} has a node '{}' that this installation did not make; it was left as it is",
                        connection.source(),
                        agent);
                return Outcome.done(Nothing.NOTHING);
            }
            return post(agent, nodes.deletion(agent));
        }));
    }

    /** Deletes the anchor node. Another installation that shares this Jenkins puts it up again when it verifies. */
    @Override
    public Outcome<Nothing> withdraw() {
        return goneIsDone(nodes.read(AnchorNode.NAME)
                .then(anchor -> AnchorNode.isOurs(anchor)
                        ? api.post(nodes.deletion(AnchorNode.NAME))
                        : Outcome.done(Nothing.NOTHING)));
    }

    @Override
    public void close() {
        // The connections belong to all systems together; nothing is held here.
    }

    /** Whether the last reading has just shown its mark, so that it need not be read once more before it is taken offline. */
    private boolean wasSeenToBeOurs(String agent) {
        CiSnapshot last = lastReading.newest();
        if (last == null || !clock.instant().isBefore(last.observedAt().plus(SEEN_JUST_NOW))) {
            return false;
        }
        AgentState state = last.agents().get(agent);
        return state != null && state.registered() && isOurs(state.owner());
    }

    private boolean isOurs(Computer node) {
        return isOurs(node.owner().orElse(null));
    }

    private boolean isOurs(@Nullable MachineOwner owner) {
        return owner != null && owner.installation().equals(connection.installation());
    }

    private static Outcome<Nothing> goneIsDone(Outcome<Nothing> outcome) {
        return outcome instanceof Outcome.Failed<Nothing>(PortError.NotFound gone)
                ? Outcome.done(Nothing.NOTHING)
                : outcome;
    }

    private static Optional<PortError.Invalid> fault(AgentOrder order) {
        if (!NODE_NAME.matcher(order.name()).matches() || order.name().equals(AnchorNode.NAME)) {
            return Optional.of(new PortError.Invalid(
                    "name", "a node's name must be of a-z, 0-9 and '-', and not that of our anchor: " + order.name()));
        }
        Optional<String> bad = order.labels().stream()
                .filter(label -> !LABEL.matcher(label).matches())
                .findFirst();
        if (bad.isPresent()) {
            return Optional.of(new PortError.Invalid(
                    "labels", "a label must not hold blanks, quotes or operators: '" + bad.get() + "'"));
        }
        return order.executors() < 1
                ? Optional.of(new PortError.Invalid("executors", "must be at least 1, is " + order.executors()))
                : Optional.empty();
    }
}
