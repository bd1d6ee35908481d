package dev.shedmaster.machine.robot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.shedmaster.http.ApiAnswer;
import dev.shedmaster.http.ApiClient;
import dev.shedmaster.http.CredentialGate;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.Request;

/**
 * Calls Robot with one account: signed, within the request budget, once each, and one at a time. What the budget allows in an
 * hour comes to one call in several seconds, and with two at a time a password that was just changed would be refused twice.
 */
final class RobotClient {
    /** Whoever waits for a turn holds one of the reconcilers' places, which other systems need too. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private static final Duration COME_AGAIN = Duration.ofSeconds(5);

    private final ApiClient client;
    private final HttpUrl endpoint;
    private final String authorization;
    private final RobotBudget budget;
    private final LoginWatch logins;
    private final RobotAnswerClassifier classifier;
    private final CredentialGate gate;
    private final Semaphore turn = new Semaphore(1, true);
    private volatile boolean accepted;

    RobotClient(ApiClient client, RobotAccount account, RobotBudget budget, LoginWatch logins, InstantSource clock) {
        this.client = client;
        this.endpoint = Objects.requireNonNull(HttpUrl.get(account.endpoint()), "an http address");
        this.authorization = Credentials.basic(account.username(), account.password(), StandardCharsets.UTF_8);
        this.budget = budget;
        this.logins = logins;
        this.classifier = new RobotAnswerClassifier(account, clock);
        this.gate = new CredentialGate(clock);
    }

    /** Makes the call; the body of its success, or a missing node if that has none, a null node if there is nothing. */
    Outcome<JsonNode> send(RobotCall call) {
        try {
            if (!turn.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                return Outcome.failed(new PortError.HeldBack(
                        COME_AGAIN,
                        "Robot is too slow to " + call.purpose()
                                + " now: the calls before it have not come to an end"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Outcome.failed(new PortError.Transient("interrupted before the turn to " + call.purpose()));
        }
        try {
            return unlessRefused(() -> admitted(call));
        } finally {
            turn.release();
        }
    }

    /** Makes a call whose answer is one object in its envelope. */
    <T> Outcome<T> object(RobotCall call, String envelope, Function<JsonNode, T> reading) {
        return send(call).then(body -> read(call, body.path(envelope), reading));
    }

    /** The same, for an object that there may be none of: see {@link RobotCall#none}. */
    <T> Outcome<Optional<T>> objectIfAny(RobotCall call, String envelope, Function<JsonNode, T> reading) {
        return send(call)
                .then(body -> body.isNull()
                        ? Outcome.done(Optional.empty())
                        : read(call, body.path(envelope), reading).map(Optional::of));
    }

    private static <T> Outcome<T> read(RobotCall call, JsonNode object, Function<JsonNode, T> reading) {
        return object.isObject()
                ? Outcome.done(reading.apply(object))
                : Outcome.failed(RobotAnswerClassifier.notUnderstood(call));
    }

    /**
     * Makes a call whose answer is a list of objects, each in its envelope. Robot knows no empty list: it answers that nothing was
     * found. That a server is gone must not be concluded from an answer without a word in it.
     *
     * @param key the field that each object must have
     */
    <T> Outcome<List<T>> list(RobotCall call, String envelope, String key, Function<JsonNode, T> reading) {
        return send(call.orNone("NOT_FOUND", "SERVER_NOT_FOUND")).then(body -> {
            List<JsonNode> objects = RobotJson.items(body).stream()
                    .map(item -> item.path(envelope))
                    .toList();
            boolean isList = body.isNull() || body.isArray() || !objects.isEmpty();
            return isList && objects.stream().allMatch(object -> object.hasNonNull(key))
                    ? Outcome.done(objects.stream().map(reading).toList())
                    : Outcome.failed(RobotAnswerClassifier.notUnderstood(call));
        });
    }

    void refuse(PortError.Unauthorized reason) {
        gate.shut(reason);
    }

    /** What is known already is of no use to whom Robot has refused. */
    <T> Outcome<T> unlessRefused(Supplier<Outcome<T>> answer) {
        return gate.pass(answer);
    }

    private Outcome<JsonNode> admitted(RobotCall call) {
        Outcome<ApiAnswer> answer = accepted ? counted(call) : logins.tryOut(() -> counted(call));
        return answer.then(given -> understood(call, given));
    }

    /** The watch is told before the next login can be tried. */
    private Outcome<ApiAnswer> counted(RobotCall call) {
        return budget.admit(call)
                .<Outcome<ApiAnswer>>map(Outcome::failed)
                .orElseGet(() -> client.send(call.kind().operation(), request(call)))
                .map(this::heeded);
    }

    private ApiAnswer heeded(ApiAnswer answer) {
        if (answer.status() == 401) {
            logins.refused();
        } else if (answer.isSuccess() || RobotRefusal.of(answer).isRobots()) {
            accepted = true;
        }
        return answer;
    }

    private Outcome<JsonNode> understood(RobotCall call, ApiAnswer answer) {
        if (!answer.isSuccess()) {
            if (call.none().contains(RobotRefusal.of(answer).code())) {
                return Outcome.done(NullNode.getInstance());
            }
            if (RobotAnswerClassifier.isForTheirNumber(answer)) {
                budget.freeze(call.kind(), RobotAnswerClassifier.freeze(answer));
            }
            PortError error = classifier.classify(call, answer);
            return Outcome.failed(
                    error instanceof PortError.Unauthorized refused && !refused.lacksPermission()
                            ? gate.shut(refused)
                            : error);
        }
        if (answer.text().isBlank()) {
            return Outcome.done(MissingNode.getInstance()); // As after a deletion.
        }
        JsonNode body = RobotJson.read(answer.body());
        return body.isContainerNode() ? Outcome.done(body) : Outcome.failed(RobotAnswerClassifier.notUnderstood(call));
    }

    private Request request(RobotCall call) {
        return new Request.Builder()
                .url(endpoint.newBuilder().addPathSegments(call.path()).build())
                .header("Authorization", authorization)
                .header("Accept", "application/json")
                .method(call.kind().method(), call.form())
                .build();
    }
}
