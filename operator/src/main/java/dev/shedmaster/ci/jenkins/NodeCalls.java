package dev.shedmaster.ci.jenkins;

import dev.shedmaster.http.ApiAnswer;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.io.IOException;
import java.util.List;
import okhttp3.FormBody;
import okhttp3.HttpUrl;

/** Jenkins' calls about nodes (reference: jenkins.md, sections 1.4 and 1.6). */
final class NodeCalls {
    static final Call READ_ALL = new Call("read-nodes", "tell its nodes");

    private final JenkinsApi api;

    NodeCalls(JenkinsApi api) {
        this.api = api;
    }

    HttpUrl allUrl() {
        return api.at("computer", "api", "json")
                .addQueryParameter("tree", ComputerReader.TREE)
                .build();
    }

    Outcome<List<Computer>> readAll() {
        return api.get(READ_ALL, allUrl()).then(answer -> api.read(READ_ALL, answer, ComputerReader::readAll));
    }

    /**
     * {@code NotFound} if no computer of that name is listed. A 404 alone does not say so: what stands between Jenkins and us,
     * as an ingress that is reloading, answers so, too.
     */
    Outcome<Computer> read(String name) {
        if (name.isBlank() || name.chars().allMatch(c -> c == '.')) {
            return Outcome.failed(
                    new PortError.NotFound("'" + name + "' cannot be a node's name")); // nor part of a URL
        }
        Call call = new Call("read-node", "tell the state of node '" + name + "'");
        HttpUrl url = api.at("computer", name, "api", "json")
                .addQueryParameter("tree", ComputerReader.FIELDS)
                .build();
        Outcome<Computer> told =
                api.getForOneOfMany(call, url).then(answer -> api.read(call, answer, ComputerReader::readOne));
        return told instanceof Outcome.Failed<Computer>(PortError.NotFound missing)
                ? Outcome.failed(confirmed(name, missing))
                : told;
    }

    /** That there is no such node, if the list of all agrees; else why that is not certain. */
    private PortError confirmed(String name, PortError.NotFound missing) {
        return switch (readAll()) {
            case Outcome.Done<List<Computer>>(List<Computer> all) ->
                all.stream().anyMatch(computer -> computer.name().equals(name)) ? listed(missing) : missing;
            case Outcome.Failed<List<Computer>>(PortError.NotFound nothing) ->
                new PortError.Transient(nothing.message() + " (404)");
            case Outcome.Failed<List<Computer>>(PortError error) -> error;
        };
    }

    /** What a call about one node came to; {@code NotFound} only if no computer of that name is listed. */
    <T> Outcome<T> unlessListed(String name, Outcome<T> outcome) {
        return outcome instanceof Outcome.Failed<T>(PortError.NotFound missing)
                ? read(name).then(there -> Outcome.failed(listed(missing)))
                : outcome;
    }

    private static PortError listed(PortError.NotFound missing) {
        return new PortError.Transient(
                missing.message()
                        + " (404), and yet it lists that node: does something between Jenkins and the operator answer in its place?");
    }

    /** Creates the node; {@code AlreadyExists} if there is one of that name. */
    FormCall creation(NodeForm form) {
        return new FormCall(
                new Call("create-node", "create node '" + form.name() + "'"),
                api.at("computer", "doCreateItem").build(),
                form.body());
    }

    /** Takes the node offline and says why, with our {@link OfflineMark}; may be repeated, unlike {@code toggleOffline}. */
    FormCall takingOffline(String name, String reason) {
        return new FormCall(
                new Call("take-node-offline", "take node '" + name + "' offline"),
                api.at("computer", name, "changeOfflineCause").build(),
                new FormBody.Builder()
                        .add("offlineMessage", OfflineMark.appendedTo(reason))
                        .build());
    }

    /** Puts a node online that is marked offline, and marks one that is not: whoever calls has read which it is. */
    FormCall puttingOnline(String name) {
        return new FormCall(
                new Call("put-node-online", "put node '" + name + "' online again"),
                api.at("computer", name, "toggleOffline").build(),
                new FormBody.Builder().build());
    }

    /**
     * Deletes the node; {@code NotFound} if there is none. Never by the method DELETE, which answers 200 and deletes
     * nothing.
     */
    FormCall deletion(String name) {
        return new FormCall(
                new Call("delete-node", "delete node '" + name + "'"),
                api.at("computer", name, "doDelete").build(),
                new FormBody.Builder().build());
    }

    /**
     * Reads the agent's start file. Newer versions log that it is deprecated; there is no other way to the secret for who is
     * not an administrator. {@code NotFound} if the node is gone.
     */
    Outcome<AgentSecretReader.AgentStart> start(String name) {
        Call call = secret(name);
        return api.getForOneOfMany(call, startUrl(name)).then(answer -> startIn(call, answer));
    }

    Call secret(String name) {
        return new Call("read-secret", "tell the secret of agent '" + name + "'");
    }

    HttpUrl startUrl(String name) {
        return api.at("computer", name, "jenkins-agent.jnlp").build();
    }

    private Outcome<AgentSecretReader.AgentStart> startIn(Call call, ApiAnswer answer) {
        try {
            AgentSecretReader.AgentStart start = AgentSecretReader.read(answer.body());
            return start.node().isEmpty()
                    ? Outcome.failed(new PortError.NotFound("Jenkins could not " + call.purpose()
                            + ": its node has been deleted and is only listed until its build ends"))
                    : Outcome.done(start);
        } catch (IOException e) {
            return Outcome.failed(api.notUnderstood(call, answer, "its answer holds no secret"));
        }
    }
}
