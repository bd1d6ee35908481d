package dev.shedmaster.ci.jenkins;

import dev.shedmaster.http.ApiAnswer;
import dev.shedmaster.port.MissingPermission;
import dev.shedmaster.port.Nothing;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;

/**
 * Finds out, before the first worker needs it, whether this Jenkins is one that we can serve and whether the credential may
 * do all that we will ask. What an administrator could look up is tried out on the anchor node, which is put up on the way
 * (reference: jenkins.md, sections 0.9 and 1.8): nothing but that node is touched, and it is there at the end.
 */
final class Verification {
    static final String OVERALL_READ = "Overall/Read";
    static final String JOB_READ = "Job/Read";
    static final String AGENT_CREATE = "Agent/Create";
    static final String AGENT_CONNECT = "Agent/Connect";
    static final String AGENT_DISCONNECT = "Agent/Disconnect";
    static final String AGENT_DELETE = "Agent/Delete";

    private static final Call WEB_SOCKET = new Call("probe-websocket", "take agents by WebSocket");
    private static final String WHY_OFFLINE = "Kept offline by Shedmaster; see the description";

    private final JenkinsApi api;
    private final NodeCalls nodes;
    private final ServerIdentity server;
    private final boolean mayDelete;
    private final List<MissingPermission> missing = new ArrayList<>();

    /** @param mayDelete known from an earlier verification, so that the anchor need not be replaced to find out */
    Verification(JenkinsApi api, NodeCalls nodes, ServerIdentity server, boolean mayDelete) {
        this.api = api;
        this.nodes = nodes;
        this.server = server;
        this.mayDelete = mayDelete;
    }

    /** The permissions that are missing. */
    Outcome<List<MissingPermission>> run() {
        return api.probe(NodeCalls.READ_ALL, nodes.allUrl()).then(answer -> {
            if (answer.status() == 403 && !AnswerClassifier.refusesCrumb(answer)) {
                lacks(AnswerClassifier.missingPermission(answer).orElse(OVERALL_READ));
                return Outcome.done(List.copyOf(missing)); // Nothing else can be asked.
            }
            if (answer.status() != 200) {
                return Outcome.failed(api.classify(NodeCalls.READ_ALL, answer));
            }
            return api.read(NodeCalls.READ_ALL, answer, ComputerReader::readAll).then(this::inspect);
        });
    }

    private Outcome<List<MissingPermission>> inspect(List<Computer> computers) {
        Optional<Computer> anchor = computers.stream()
                .filter(computer -> computer.name().equals(AnchorNode.NAME) && computer.registered())
                .findFirst();
        return JenkinsVersion.check(server.version())
                .then(known -> webSocket())
                .then(possible -> new JobVisibility(api).isMissing(computers))
                .then(hidden -> {
                    if (hidden) {
                        // Jobs that are hidden wait unseen; those that are seen are served.
                        missing.add(new MissingPermission(JOB_READ, false));
                    }
                    return anchor(anchor);
                })
                .map(done -> List.copyOf(missing));
    }

    /** The entrance for agents is open to all and says 400 to who is no agent (reference: jenkins.md, section 1.7). */
    private Outcome<Nothing> webSocket() {
        HttpUrl entrance = api.at("wsagents", "").build();
        return api.probe(WEB_SOCKET, entrance)
                .then(answer -> answer.status() == 404
                        ? Outcome.failed(new PortError.Invalid(
                                "url",
                                "Jenkins has nothing at " + entrance
                                        + ", where agents connect by WebSocket: check that no proxy hides it"))
                        : Outcome.done(Nothing.NOTHING));
    }

    private Outcome<Nothing> anchor(Optional<Computer> found) {
        if (found.isPresent() && !AnchorNode.isOurs(found.get())) {
            return Outcome.failed(new PortError.AlreadyExists("Jenkins has a node '" + AnchorNode.NAME
                    + "' that Shedmaster did not make and needs the name of: rename or remove it"));
        }
        return putUp(found.isPresent()).then(there -> there ? tryOut() : Outcome.done(Nothing.NOTHING));
    }

    /** Creates the anchor, or is told that it is there; done with whether it is. */
    private Outcome<Boolean> putUp(boolean wasThere) {
        return allowed(nodes.creation(AnchorNode.form()), AGENT_CREATE).map(allowed -> allowed || wasThere);
    }

    private Outcome<Nothing> tryOut() {
        return mayConnect()
                .then(connect -> allowed(nodes.takingOffline(AnchorNode.NAME, WHY_OFFLINE), AGENT_DISCONNECT))
                .then(disconnect -> mayDelete || missing.contains(new MissingPermission(AGENT_CREATE, true))
                        ? Outcome.done(false)
                        : allowed(nodes.deletion(AnchorNode.NAME), AGENT_DELETE))
                .then(deleted -> deleted ? putUp(false) : Outcome.done(true))
                .map(there -> Nothing.NOTHING);
    }

    private Outcome<Boolean> mayConnect() {
        Call call = nodes.secret(AnchorNode.NAME);
        return api.probe(call, nodes.startUrl(AnchorNode.NAME))
                .then(answer -> allowed(call, answer, answer.status() == 200, AGENT_CONNECT));
    }

    private Outcome<Boolean> allowed(FormCall form, String permission) {
        return api.submit(form)
                .then(answer -> allowed(form.call(), answer, JenkinsApi.worked(answer, form.url()), permission));
    }

    /** Done with whether it was allowed; an object that exists or is gone already was found after the permission was. */
    private Outcome<Boolean> allowed(Call call, ApiAnswer answer, boolean worked, String permission) {
        if (worked) {
            return Outcome.done(true);
        }
        if (answer.status() == 403 && !AnswerClassifier.refusesCrumb(answer)) {
            lacks(AnswerClassifier.missingPermission(answer).orElse(permission));
            return Outcome.done(false);
        }
        PortError error = api.classify(call, answer);
        return error instanceof PortError.AlreadyExists ? Outcome.done(true) : Outcome.failed(error);
    }

    private void lacks(String permission) {
        missing.add(new MissingPermission(permission, true));
    }
}
