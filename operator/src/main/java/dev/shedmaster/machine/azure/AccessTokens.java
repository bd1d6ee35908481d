package dev.shedmaster.machine.azure;

import com.fasterxml.jackson.databind.JsonNode;
import dev.shedmaster.http.ApiAnswer;
import dev.shedmaster.http.ApiClient;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one token current. It is renewed after four fifths of its life, by one caller while the others go on with the old
 * one. A refused credential is not offered again: a secret until it is replaced (which makes a new instance), an identity,
 * of which nothing here would change, until some minutes have passed.
 */
final class AccessTokens {
    private static final Duration ASK_IDENTITY_AGAIN = Duration.ofMinutes(5);
    private static final Duration ASK_AFTER_FAILURE = Duration.ofSeconds(10);

    /** How long one waits for a token that another asks for: whoever waits holds one of the reconcilers' places. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final double SHARE_OF_LIFE = 0.8;

    private record Token(String value, Instant renewAt, Instant expiresAt) {}

    /** Why there is no token, and until when nobody asks for one. */
    private record Failure(PortError error, Instant askAgain) {}

    private final ApiClient client;
    private final TokenRequest request;
    private final boolean replaceable;
    private final InstantSource clock;
    private final ReentrantLock renewing = new ReentrantLock();
    private volatile @Nullable Token token;
    private volatile @Nullable Failure failure;

    /** @param client reaches the authority, or for a managed identity the instance metadata (never through a proxy) */
    AccessTokens(ApiClient client, AzureEndpoints endpoints, AzureAuth auth, InstantSource clock) {
        this.client = client;
        this.request = new TokenRequest(endpoints, auth);
        this.replaceable = auth instanceof AzureAuth.ClientSecret;
        this.clock = clock;
    }

    /** A token that is good now; {@code Unauthorized} if there is none and the credential is refused. */
    Outcome<String> current() {
        Instant now = clock.instant();
        Token held = token;
        Failure failed = failedLately(now);
        if (held != null && now.isBefore(held.expiresAt())) {
            return now.isBefore(held.renewAt()) || failed != null
                    ? Outcome.done(held.value())
                    : renewIfNobodyDoes(held);
        }
        return failed != null ? Outcome.failed(failed.error()) : renewOrWait();
    }

    private @Nullable Failure failedLately(Instant now) {
        Failure known = failure;
        return known != null && now.isBefore(known.askAgain()) ? known : null;
    }

    /** Whatever comes of it, the old token is good until it expires. */
    private Outcome<String> renewIfNobodyDoes(Token held) {
        if (renewing.tryLock()) {
            try {
                return renew() instanceof Outcome.Done<String> fresh ? fresh : Outcome.done(held.value());
            } finally {
                renewing.unlock();
            }
        }
        return Outcome.done(held.value());
    }

    private Outcome<String> renewOrWait() {
        try {
            if (!renewing.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return Outcome.failed(new PortError.HeldBack(
                        PATIENCE, "waits for a token, which Azure's sign-in has been asked for and has not given yet"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Outcome.failed(new PortError.Transient("interrupted before there was a token"));
        }
        try {
            Instant now = clock.instant();
            Failure failed = failedLately(now);
            if (failed != null) {
                return Outcome.failed(failed.error());
            }
            Token held = token;
            return held != null && now.isBefore(held.expiresAt()) ? Outcome.done(held.value()) : renew();
        } finally {
            renewing.unlock();
        }
    }

    private Outcome<String> renew() {
        Outcome<String> renewed = ask();
        if (renewed instanceof Outcome.Failed<String>(PortError error)) {
            failure = switch (error) {
                case PortError.Unauthorized refused -> refusal(refused);
                case PortError.Later later -> new Failure(error, clock.instant().plus(later.retryAfter()));
                default -> new Failure(error, clock.instant().plus(ASK_AFTER_FAILURE));
            };
        }
        return renewed;
    }

    private Outcome<String> ask() {
        Request call;
        try {
            call = request.build();
        } catch (IOException e) {
            return Outcome.failed(new PortError.Transient("the federated token cannot be read: " + e.getMessage()));
        }
        return client.send("get-token", call).then(this::read).then(this::keep);
    }

    private Outcome<Token> read(ApiAnswer answer) {
        Instant now = clock.instant();
        JsonNode body = Json.read(answer.body());
        String value = body.path("access_token").asText("");
        if (answer.isSuccess() && !value.isEmpty()) {
            // Instance metadata writes the number as a text.
            long life = Math.max(1, body.path("expires_in").asLong(300));
            return Outcome.done(
                    new Token(value, now.plusMillis((long) (life * 1000 * SHARE_OF_LIFE)), now.plusSeconds(life)));
        }
        String error = body.path("error").asText("");
        String said = (error.isEmpty() ? "HTTP " + answer.status() : error) + ": "
                + body.path("error_description")
                        .asText("no description")
                        .lines()
                        .findFirst()
                        .orElse("");
        if (answer.status() == 429) {
            return Outcome.failed(new PortError.Throttled(
                    AzureErrorClassifier.retryAfter(ArmFailure.of(answer, now)), "no token: " + said));
        }
        boolean refuses = answer.status() == 400 || answer.status() == 401 || answer.status() == 403;
        // The authority names its error (RFC 6749, section 5.2); a page without one is of what stands before it.
        boolean credential = refuses && !error.isEmpty() && !error.equals("temporarily_unavailable");
        return Outcome.failed(
                credential
                        ? refused("Azure refuses the credential: " + said)
                        : new PortError.Transient("no token: " + said));
    }

    private PortError.Unauthorized refused(String said) {
        return new PortError.Unauthorized(
                replaceable
                        ? said + ". Renew it in its Secret: it is tried again once that is changed or touched"
                        : said);
    }

    private Outcome<String> keep(Token fresh) {
        token = fresh;
        failure = null;
        return Outcome.done(fresh.value());
    }

    /** Resource Manager does not take this token: it is not used again. */
    void drop(String value) {
        renewing.lock();
        try {
            Token held = token;
            if (held != null && held.value().equals(value)) {
                token = null;
            }
        } finally {
            renewing.unlock();
        }
    }

    /** The credential is of no use: no call is made with it until it is replaced. Returns what to tell of it. */
    PortError.Unauthorized refuse(String said) {
        PortError.Unauthorized error = refused(said);
        failure = refusal(error);
        token = null;
        return error;
    }

    private Failure refusal(PortError.Unauthorized error) {
        return new Failure(error, replaceable ? Instant.MAX : clock.instant().plus(ASK_IDENTITY_AGAIN));
    }
}
