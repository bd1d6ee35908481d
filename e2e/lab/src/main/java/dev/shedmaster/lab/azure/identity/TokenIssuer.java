package dev.shedmaster.lab.azure.identity;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.shedmaster.lab.azure.fault.ArmError;
import dev.shedmaster.lab.time.LabClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Gives access tokens and knows again those that it gave. They look like JSON Web Tokens, as clients expect. */
public final class TokenIssuer {
    private static final int PRUNE_ABOVE = 10_000;

    /** A token's claims. */
    public record Claims(String clientId, String audience, Instant expires) {}

    /** A token and how long it lives, in lab time. */
    public record Issued(String token, Claims claims, Duration lifetime) {}

    private final LabClock clock;
    private final Account account;
    private final Duration lifetime;
    private final Map<String, Claims> issued = new ConcurrentHashMap<>();

    public TokenIssuer(LabClock clock, Account account, Duration lifetime) {
        this.clock = clock;
        this.account = account;
        this.lifetime = lifetime;
    }

    public Issued issue(String clientId, String audience) {
        Instant now = clock.instant();
        if (issued.size() > PRUNE_ABOVE) {
            issued.values().removeIf(claims -> claims.expires().isBefore(now));
        }
        Claims claims = new Claims(clientId, audience, now.plus(lifetime));
        String header = JsonNodeFactory.instance
                .objectNode()
                .put("typ", "JWT")
                .put("alg", "RS256")
                .toString();
        String payload = JsonNodeFactory.instance
                .objectNode()
                .put("aud", audience)
                .put("iss", "https://sts.windows.net/" + account.tenantId() + "/")
                .put("iat", now.getEpochSecond())
                .put("nbf", now.getEpochSecond())
                .put("exp", claims.expires().getEpochSecond())
                .put("appid", clientId)
                .put("oid", clientId)
                .put("tid", account.tenantId())
                .toString();
        byte[] signature = new byte[32];
        ThreadLocalRandom.current().nextBytes(signature);
        String token = base64(header.getBytes(StandardCharsets.UTF_8)) + "."
                + base64(payload.getBytes(StandardCharsets.UTF_8)) + "." + base64(signature);
        issued.put(token, claims);
        return new Issued(token, claims, lifetime);
    }

    private static String base64(byte[] data) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(data);
    }

    /** All tokens given so far are worth nothing from now on. */
    public void revokeAll() {
        issued.clear();
    }

    /**
     * Why Resource Manager does not take this {@code Authorization} header; null when it does.
     *
     * @param authorization the header; null when there is none
     */
    public @Nullable ArmError refusal(@Nullable String authorization) {
        if (authorization == null) {
            return ArmError.of(
                    401, "AuthenticationFailed", "Authentication failed. The 'Authorization' header is missing.");
        }
        if (!authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return ArmError.of(
                    401,
                    "AuthenticationFailedInvalidHeader",
                    "Authentication failed. The 'Authorization' header is provided in an invalid format.");
        }
        Claims claims = issued.get(authorization.substring(7).strip());
        if (claims == null) {
            return ArmError.of(401, "InvalidAuthenticationToken", "The access token is invalid.");
        }
        if (!Audience.isResourceManager(claims.audience())) {
            return ArmError.of(
                    401,
                    "InvalidAuthenticationTokenAudience",
                    "The access token has been obtained for wrong audience or resource '" + claims.audience()
                            + "'. It should exactly match with one of the allowed audiences '"
                            + Audience.RESOURCE_MANAGER
                            + "'.");
        }
        Instant now = clock.instant();
        return now.isBefore(claims.expires())
                ? null
                : ArmError.of(
                        401,
                        "ExpiredAuthenticationToken",
                        "The access token expiry UTC time '" + claims.expires() + "' is earlier than current UTC time '"
                                + now + "'.");
    }

    /** The principal of a token that is good. */
    public String principal(@Nullable String authorization) {
        Claims claims = authorization == null
                ? null
                : issued.get(authorization.substring(7).strip());
        return claims == null ? "nobody" : claims.clientId();
    }
}
