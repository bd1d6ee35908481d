package dev.shedmaster.machine.azure;

import com.fasterxml.jackson.databind.JsonNode;
import dev.shedmaster.http.ApiAnswer;
import dev.shedmaster.http.ApiClient;
import dev.shedmaster.machine.azure.RequestBudget.Admission;
import dev.shedmaster.machine.azure.RequestBudget.Urgency;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/** Calls Resource Manager: with a current token, within the request budget, once each. */
final class ArmClient {
    /**
     * How long a call may wait for its turn before the caller is told when to come back: whoever waits holds one of the
     * reconcilers' places, which other accounts and pools need too.
     */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** More pages than any resource group holds; ends a server's endless chain. */
    private static final int MAX_PAGES = 1_000;

    private static final MediaType JSON = MediaType.get("application/json");

    private final ApiClient client;
    private final HttpUrl base;
    private final AccessTokens tokens;
    private final RequestBudget budget;
    private final AzureErrorClassifier classifier;
    private final InstantSource clock;

    ArmClient(
            ApiClient client,
            URI resourceManager,
            AccessTokens tokens,
            RequestBudget budget,
            AzureErrorClassifier classifier,
            InstantSource clock) {
        this.client = client;
        this.base = base(resourceManager);
        this.tokens = tokens;
        this.budget = budget;
        this.classifier = classifier;
        this.clock = clock;
    }

    /**
     * One call to be made.
     *
     * @param name names it in metrics
     * @param body null for calls without one
     * @param createOnly refuse with 412 where the resource exists
     */
    record Call(
            String name,
            RequestKind kind,
            Urgency urgency,
            String method,
            HttpUrl url,
            @Nullable JsonNode body,
            boolean createOnly) {
        /** The same call made again is the same caller. */
        String caller() {
            return method + " " + url;
        }

        static Call get(String name, RequestKind kind, Urgency urgency, HttpUrl url) {
            return new Call(name, kind, urgency, "GET", url, null, false);
        }

        static Call delete(String name, RequestKind kind, HttpUrl url) {
            return new Call(name, kind, Urgency.DELETE, "DELETE", url, null, false);
        }

        static Call create(String name, RequestKind kind, HttpUrl url, JsonNode body) {
            return new Call(name, kind, Urgency.CREATE, "PUT", url, body, true);
        }
    }

    /** @param path absolute, without query; the segments are encoded here */
    HttpUrl url(String path, String apiVersion) {
        return base.newBuilder()
                .addPathSegments(path.substring(1))
                .addQueryParameter("api-version", apiVersion)
                .build();
    }

    /**
     * An address that Azure gave us to follow verbatim.
     *
     * @return null if it leads elsewhere than to Resource Manager: our token goes nowhere else, whoever wrote the address
     */
    @Nullable
    HttpUrl follow(String address) {
        HttpUrl url = HttpUrl.parse(address);
        if (url == null || !url.scheme().equals(base.scheme()) || url.port() != base.port()) {
            return null;
        }
        String host = url.host().toLowerCase(Locale.ROOT);
        String ours = base.host().toLowerCase(Locale.ROOT);
        return host.equals(ours) || host.endsWith("." + ours) ? url : null;
    }

    /** Makes the call and gives its answer, whatever the status but 401. */
    Outcome<ApiAnswer> send(Call call) {
        Outcome<ApiAnswer> first = sendWithToken(call);
        if (!(first instanceof Outcome.Done<ApiAnswer>(ApiAnswer answer)) || answer.status() != 401) {
            return first;
        }
        // A token can be revoked before its time. If a fresh one is refused as well, it is the credential.
        Outcome<ApiAnswer> second = sendWithToken(call);
        if (second instanceof Outcome.Done<ApiAnswer>(ApiAnswer again) && again.status() == 401) {
            PortError error = classifier.classify(ArmFailure.of(again, clock.instant()), clock.instant());
            return Outcome.failed(
                    error instanceof PortError.Unauthorized unauthorized
                            ? tokens.refuse(unauthorized.message())
                            : error);
        }
        return second;
    }

    private Outcome<ApiAnswer> sendWithToken(Call call) {
        return tokens.current().then(token -> admitted(call, token));
    }

    private Outcome<ApiAnswer> admitted(Call call, String token) {
        return switch (budget.acquire(call.kind(), call.urgency(), PATIENCE, call.caller())) {
            case Admission.Refused refused ->
                Outcome.failed(
                        refused.byAzure()
                                ? new PortError.Throttled(
                                        refused.retryAfter(),
                                        call.name() + " waits until Azure takes requests of this kind again")
                                : new PortError.HeldBack(
                                        refused.retryAfter(),
                                        call.name() + " waits for its turn among the requests that"
                                                + " spec.limits.requests allows"));
            case Admission.Permit permit -> {
                try (permit) {
                    yield client.send(call.name(), request(call, token)).map(answer -> heeded(call, token, answer));
                }
            }
        };
    }

    private static Request request(Call call, String token) {
        Request.Builder request = new Request.Builder()
                .url(call.url())
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json")
                .method(call.method(), call.body() == null ? null : RequestBody.create(Json.write(call.body()), JSON));
        if (call.createOnly()) {
            request.header("If-None-Match", "*");
        }
        return request.build();
    }

    private ApiAnswer heeded(Call call, String token, ApiAnswer answer) {
        budget.heed(answer);
        if (answer.status() == 429) {
            ArmFailure failure = ArmFailure.of(answer, clock.instant());
            Duration pause = AzureErrorClassifier.retryAfter(failure);
            throttled(call, failure).ifPresent(bucket -> budget.pause(bucket, pause));
        }
        // A page of what stands before Azure says nothing of the token.
        if (answer.status() == 401
                && !ArmFailure.of(answer, clock.instant()).items().isEmpty()) {
            tokens.drop(token);
        }
        return answer;
    }

    /**
     * Whose rate was exceeded: the compute provider names its bucket, what names none is Resource Manager's own. One
     * machine's own rate stops nobody else.
     */
    private static Optional<RequestBucket> throttled(Call call, ArmFailure failure) {
        for (ArmFailure.Item item : failure.items()) {
            if (item.is("TooManyRequests") && !item.target().isEmpty()) {
                return RequestBucket.isOfOneResource(item.target())
                        ? Optional.empty()
                        : RequestBucket.named(item.target())
                                .or(() -> Optional.of(call.kind().buckets().getLast()));
            }
        }
        return Optional.of(call.kind().buckets().getFirst());
    }

    /** Makes the call and reads its JSON; any other status than 2xx is an error. */
    Outcome<JsonNode> read(Call call) {
        return send(call).then(answer -> {
            if (!answer.isSuccess()) {
                return Outcome.failed(failure(answer));
            }
            JsonNode body = Json.read(answer.body());
            return body.isObject()
                    ? Outcome.done(body)
                    : Outcome.failed(new PortError.Transient(call.name() + ": the answer is not JSON"));
        });
    }

    /**
     * Reads a list to its last page. Lists are long, and an item as Azure tells it is large: nobody keeps one.
     *
     * @param item what is of interest of an item, nothing if it is of none
     */
    <T> Outcome<List<T>> readAll(Call call, Function<JsonNode, Optional<T>> item) {
        List<T> found = new ArrayList<>();
        Call next = call;
        for (int page = 0; page < MAX_PAGES; page++) {
            Outcome<JsonNode> read = read(next);
            if (!(read instanceof Outcome.Done<JsonNode>(JsonNode body))) {
                return read.map(node -> found);
            }
            body.path("value").forEach(one -> item.apply(one).ifPresent(found::add));
            String link = body.path("nextLink").asText("");
            if (link.isEmpty()) {
                return Outcome.done(found);
            }
            HttpUrl url = follow(link);
            if (url == null) {
                return Outcome.failed(new PortError.Transient(call.name() + ": the next page is at a foreign address"));
            }
            next = Call.get(call.name(), call.kind(), call.urgency(), url);
        }
        return Outcome.failed(new PortError.Transient(call.name() + ": the list has no end"));
    }

    PortError failure(ApiAnswer answer) {
        Instant now = clock.instant();
        return classifier.classify(ArmFailure.of(answer, now), now);
    }

    private static HttpUrl base(URI endpoint) {
        HttpUrl url = HttpUrl.get(endpoint);
        if (url == null) {
            throw new IllegalArgumentException("endpoints.resourceManager: \"" + endpoint + "\" is no http(s) address");
        }
        return url;
    }
}
