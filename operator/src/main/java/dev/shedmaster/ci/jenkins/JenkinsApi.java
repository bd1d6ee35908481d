package dev.shedmaster.ci.jenkins;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.shedmaster.http.ApiAnswer;
import dev.shedmaster.http.ApiClient;
import dev.shedmaster.http.CredentialGate;
import dev.shedmaster.port.Nothing;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * Jenkins' remote API as one user: signs every request, asks for English (the texts are data to us), takes the redirect
 * after a form for the success that it is, and turns everything else into a {@link PortError}.
 */
final class JenkinsApi {
    /** Enough to hide the latency; more would only queue at the lock under which Jenkins changes its nodes. */
    private static final int CHANGES_AT_A_TIME = 16;

    /** Whoever waits for a turn holds one of the reconcilers' places, which other systems need too. */
    private static final int MOST_WAITING = 128;

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    /** While Jenkins does not answer, each call holds such a place until its time is over: so many try on at a time. */
    private static final int TRY_ON = 16;

    private static final Duration COME_AGAIN = Duration.ofSeconds(5);

    /** Reads a JSON body token by token. */
    @FunctionalInterface
    interface JsonReading<T> {
        T read(JsonParser json) throws IOException;
    }

    private final ApiClient client;
    private final HttpUrl root;
    private final String authorization;
    private final boolean needsCrumb;
    private final AnswerClassifier classifier;
    private final ServerIdentity server;
    private final CredentialGate gate;
    private final Semaphore changes = new Semaphore(CHANGES_AT_A_TIME, true);
    private final AtomicInteger waiting = new AtomicInteger();
    private final Semaphore tryingOn = new Semaphore(TRY_ON);
    /** That the newest question had no answer; null if it had. */
    private volatile @Nullable PortError noAnswer;

    /** That the newest form had none: Jenkins may answer questions all the same. */
    private volatile @Nullable PortError noAnswerToForm;

    private final JsonFactory jsonFactory = new JsonFactory();
    private volatile @Nullable Crumb crumb;

    JenkinsApi(ApiClient client, JenkinsConnection connection, ServerIdentity server, InstantSource clock) {
        this.client = client;
        this.root = Objects.requireNonNull(HttpUrl.get(connection.url()), "an http address");
        this.authorization = Credentials.basic(connection.user(), connection.secret());
        this.needsCrumb = !connection.hasApiToken();
        this.classifier = new AnswerClassifier(connection.user(), connection.url(), server::wasHeard, clock);
        this.server = server;
        this.gate = new CredentialGate(clock);
    }

    /** An address below the root. Names are escaped. */
    HttpUrl.Builder at(String... segments) {
        HttpUrl.Builder url = root.newBuilder();
        for (String segment : segments) {
            url.addPathSegment(segment);
        }
        return url;
    }

    /** Sends a GET and hands back the answer if it is 200. */
    Outcome<ApiAnswer> get(Call call, HttpUrl url) {
        return send(call, request(url).get().build())
                .then(answer -> answer.status() == 200
                        ? Outcome.done(answer)
                        : Outcome.failed(classifier.classify(call, answer)));
    }

    /** As {@link #get}, for one of many workers: while Jenkins does not answer, few of them ask and the others come again. */
    Outcome<ApiAnswer> getForOneOfMany(Call call, HttpUrl url) {
        return fewWhile(noAnswer, () -> get(call, url));
    }

    /** Makes the call, unless Jenkins did not answer and enough others are finding out whether it does. */
    private Outcome<ApiAnswer> fewWhile(@Nullable PortError unanswered, Supplier<Outcome<ApiAnswer>> call) {
        if (unanswered == null) {
            return call.get();
        }
        if (!tryingOn.tryAcquire()) {
            // In the same words as those who tried.
            return Outcome.failed(unanswered);
        }
        try {
            return call.get();
        } finally {
            tryingOn.release();
        }
    }

    /** Sends a GET and hands back the answer whatever it is, for who asks only whether he may. */
    Outcome<ApiAnswer> probe(Call call, HttpUrl url) {
        return send(call, request(url).get().build());
    }

    <T> Outcome<T> read(Call call, ApiAnswer answer, JsonReading<T> reading) {
        try (JsonParser json = jsonFactory.createParser(answer.body())) {
            return Outcome.done(reading.read(json));
        } catch (IOException e) {
            return Outcome.failed(
                    classifier.notUnderstood(call, answer, "its answer is cut short or is not what was asked for"));
        }
    }

    /** What an answer that was not hoped for means. */
    PortError classify(Call call, ApiAnswer answer) {
        return classifier.classify(call, answer);
    }

    /** The error for an answer whose body cannot be used. */
    PortError notUnderstood(Call call, ApiAnswer answer, String problem) {
        return classifier.notUnderstood(call, answer, problem);
    }

    /** Submits a form and tells whether it worked. */
    Outcome<Nothing> post(FormCall form) {
        return submit(form)
                .then(answer -> worked(answer, form.url())
                        ? Outcome.done(Nothing.NOTHING)
                        : Outcome.failed(classifier.classify(form.call(), answer)));
    }

    /**
     * Submits a form and hands back the answer whatever it is. A crumb is sent where one is needed; a refused one is renewed
     * once, since the refusal had no effect.
     */
    Outcome<ApiAnswer> submit(FormCall form) {
        return fewWhile(noAnswerToForm, () -> submitWhenItsTurnComes(form));
    }

    private Outcome<ApiAnswer> submitWhenItsTurnComes(FormCall form) {
        String purpose = form.call().purpose();
        try {
            if (!changes.tryAcquire(0, TimeUnit.SECONDS) && !getsItsTurn()) {
                return Outcome.failed(new PortError.HeldBack(
                        COME_AGAIN,
                        "Jenkins is too slow to " + purpose + " now: the changes before it have not come to an end"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Outcome.failed(new PortError.Transient("interrupted before the turn to " + purpose));
        }
        try {
            return submitInTurn(form);
        } finally {
            changes.release();
        }
    }

    /** Waits for a turn, unless enough do so already. */
    private boolean getsItsTurn() throws InterruptedException {
        try {
            return waiting.incrementAndGet() <= MOST_WAITING
                    && changes.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            waiting.decrementAndGet();
        }
    }

    private Outcome<ApiAnswer> submitInTurn(FormCall form) {
        if (needsCrumb && crumb == null && renewCrumb() instanceof Outcome.Failed<Nothing>(PortError error)) {
            return Outcome.failed(error);
        }
        Outcome<ApiAnswer> answer = send(form.call(), signed(form));
        if (answer instanceof Outcome.Done<ApiAnswer>(ApiAnswer refused) && AnswerClassifier.refusesCrumb(refused)) {
            return renewCrumb().then(renewed -> send(form.call(), signed(form)));
        }
        return answer;
    }

    private Request signed(FormCall form) {
        Request.Builder request = request(form.url()).post(form.body());
        Crumb held = crumb;
        return (held == null ? request : held.addTo(request)).build();
    }

    /**
     * Whether the answer to a form about nodes says that it worked. That is a redirect to another page about nodes, on whatever
     * host and scheme Jenkins believes to be its own; one to the same path means that the root URL is not the right one, and one to
     * elsewhere comes from what stands in Jenkins' place.
     */
    static boolean worked(ApiAnswer answer, HttpUrl url) {
        if (answer.isSuccess()) {
            return true;
        }
        String location = answer.headers().get("Location");
        if (!answer.isRedirect() || location == null || AnswerClassifier.leadsToLogin(answer)) {
            return false;
        }
        HttpUrl target = url.resolve(location);
        return target != null
                && target.pathSegments().contains("computer")
                && !target.encodedPath().equals(url.encodedPath());
    }

    private Outcome<Nothing> renewCrumb() {
        Call call = new Call("crumb", "give out a crumb");
        crumb = null;
        return send(
                        call,
                        request(at("crumbIssuer", "api", "json").build()).get().build())
                .then(answer -> switch (answer.status()) {
                    case 200 ->
                        read(call, answer, json -> crumbIn(json, cookies(answer)))
                                .map(given -> {
                                    crumb = given;
                                    return Nothing.NOTHING;
                                });
                    case 404 -> Outcome.done(Nothing.NOTHING); // This Jenkins wants no crumbs.
                    default -> Outcome.failed(classifier.classify(call, answer));
                });
    }

    private static Crumb crumbIn(JsonParser json, @Nullable String cookie) throws IOException {
        String field = null;
        String value = null;
        json.nextToken();
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            String text = json.nextTextValue();
            switch (name) {
                case "crumb" -> value = text;
                case "crumbRequestField" -> field = text;
                default -> json.skipChildren();
            }
        }
        if (field == null || value == null) {
            throw new IOException("no crumb");
        }
        return new Crumb(field, value, cookie);
    }

    private static @Nullable String cookies(ApiAnswer answer) {
        String cookies = answer.headers().values("Set-Cookie").stream()
                .map(cookie -> cookie.split(";", 2)[0].strip())
                .collect(Collectors.joining("; "));
        return cookies.isEmpty() ? null : cookies;
    }

    private Outcome<ApiAnswer> send(Call call, Request request) {
        return gate.pass(() -> sent(call, request)).then(answer -> {
            if (server.note(answer.headers())) {
                crumb = null;
            }
            return AnswerClassifier.refusesCredential(answer)
                            && classifier.classify(call, answer) instanceof PortError.Unauthorized refused
                    ? Outcome.failed(
                            AnswerClassifier.isRefusalOfJenkins(answer)
                                    ? gate.shut(refused)
                                    : gate.shutFor(AnswerClassifier.ASK_PROXY_AGAIN, refused))
                    : Outcome.done(answer);
        });
    }

    private Outcome<ApiAnswer> sent(Call call, Request request) {
        Outcome<ApiAnswer> outcome = client.send(call.operation(), request);
        PortError unanswered = outcome instanceof Outcome.Failed<ApiAnswer>(PortError error) ? error : null;
        if (request.method().equals("POST")) {
            noAnswerToForm = unanswered;
        } else {
            noAnswer = unanswered;
        }
        return outcome;
    }

    private Request.Builder request(HttpUrl url) {
        return new Request.Builder()
                .url(url)
                .header("Authorization", authorization)
                .header("Accept-Language", "en");
    }
}
