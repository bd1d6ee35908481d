package dev.shedmaster.lab.azure.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shedmaster.lab.azure.call.AzureCall;
import dev.shedmaster.lab.azure.call.CallFacts;
import dev.shedmaster.lab.azure.fault.FaultBoard;
import dev.shedmaster.lab.azure.fault.FaultEffect;
import dev.shedmaster.lab.azure.fault.LineFaults;
import dev.shedmaster.lab.http.LabAnswer;
import dev.shedmaster.lab.http.LabHandler;
import dev.shedmaster.lab.http.LabRequest;
import dev.shedmaster.lab.time.LabClock;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The token endpoint {@code /{tenant}/oauth2/v2.0/token}: client credentials by secret or by assertion. */
public final class Authority implements LabHandler {
    private static final CallFacts CALL = CallFacts.of(AzureCall.AUTHORITY_TOKEN);
    private static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final String ASSERTION_AUDIENCE = "api://AzureADTokenExchange";

    /** The endpoint's own refusals, which are not Resource Manager's. */
    private static final class Refusal extends Exception {
        private static final long serialVersionUID = 1L;
        private final int status;
        private final String error;
        private final int number;

        Refusal(int status, String error, int number, String description) {
            super(description);
            this.status = status;
            this.error = error;
            this.number = number;
        }
    }

    private final LabClock clock;
    private final Account account;
    private final TokenIssuer issuer;
    private final FaultBoard faults;
    private final LineFaults line;

    public Authority(LabClock clock, Account account, TokenIssuer issuer, FaultBoard faults) {
        this.clock = clock;
        this.account = account;
        this.issuer = issuer;
        this.faults = faults;
        this.line = new LineFaults(faults, clock);
    }

    @Override
    public LabAnswer handle(LabRequest request) {
        LabAnswer broken = line.strike(CALL).orElse(null);
        if (broken != null) {
            return broken;
        }
        FaultEffect.RefuseToken refused =
                faults.strike(FaultEffect.RefuseToken.class, CALL).orElse(null);
        if (refused != null) {
            return refusal(new Refusal(refused.status(), refused.error(), 0, refused.description()));
        }
        String[] segments = request.path().split("/");
        if (segments.length != 5 || !request.path().endsWith("/oauth2/v2.0/token")) {
            return LabAnswer.text(404, "text/html", "<html><body>404</body></html>");
        }
        if (!request.method().equals("POST")) {
            return LabAnswer.empty(405);
        }
        try {
            return token(segments[1], form(request.body()));
        } catch (Refusal refusal) {
            return refusal(refusal);
        }
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new HashMap<>();
        for (String pair : body.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                form.put(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return form;
    }

    private LabAnswer token(String tenant, Map<String, String> form) throws Refusal {
        if (!tenant.equalsIgnoreCase(account.tenantId())) {
            throw new Refusal(400, "invalid_request", 90002, "Tenant '" + tenant + "' not found.");
        }
        String grant = required(form, "grant_type");
        if (!grant.equals("client_credentials")) {
            throw new Refusal(
                    400,
                    "unsupported_grant_type",
                    70003,
                    "The app requested an unsupported grant type '" + grant + "'.");
        }
        String clientId = required(form, "client_id");
        if (!clientId.equalsIgnoreCase(account.clientId())) {
            throw new Refusal(
                    400,
                    "unauthorized_client",
                    700016,
                    "Application with identifier '" + clientId + "' was not found in the directory.");
        }
        String scope = required(form, "scope");
        if (!scope.endsWith("/.default")) {
            throw new Refusal(
                    400,
                    "invalid_scope",
                    1002012,
                    "The provided value for scope " + scope
                            + " is not valid. Client credential flows must have a scope value with /.default suffixed.");
        }
        checkCredential(form);
        TokenIssuer.Issued issued = issuer.issue(clientId, Audience.ofScope(scope));
        long seconds = clock.clientSeconds(issued.lifetime());
        return LabAnswer.json(
                        200,
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("token_type", "Bearer")
                                .put("expires_in", seconds)
                                .put("ext_expires_in", seconds)
                                .put("access_token", issued.token()))
                .with("Cache-Control", "no-store, no-cache");
    }

    private static String required(Map<String, String> form, String name) throws Refusal {
        String value = form.get(name);
        if (value == null || value.isBlank()) {
            throw new Refusal(
                    400,
                    "invalid_request",
                    900144,
                    "The request body must contain the following parameter: '" + name + "'.");
        }
        return value;
    }

    private void checkCredential(Map<String, String> form) throws Refusal {
        if (form.containsKey("client_assertion")) {
            String type = required(form, "client_assertion_type");
            if (!type.equals(ASSERTION_TYPE)) {
                throw new Refusal(
                        400, "invalid_request", 900161, "The client_assertion_type '" + type + "' is not supported.");
            }
            checkAssertion(required(form, "client_assertion"));
            return;
        }
        if (!account.clientSecret().equals(required(form, "client_secret"))) {
            throw new Refusal(
                    401,
                    "invalid_client",
                    7000215,
                    "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the"
                            + " client secret ID, for a secret added to app '" + account.clientId() + "'.");
        }
    }

    private void checkAssertion(String assertion) throws Refusal {
        JsonNode claims = claims(assertion.strip());
        if (claims == null) {
            throw new Refusal(401, "invalid_client", 50027, "JWT token is invalid or malformed.");
        }
        Instant now = clock.instant();
        if (claims.has("exp")
                && !now.isBefore(Instant.ofEpochSecond(claims.get("exp").asLong()))) {
            throw new Refusal(401, "invalid_client", 700024, "Client assertion is not within its valid time range.");
        }
        if (!hasAudience(claims.path("aud"))) {
            throw new Refusal(
                    401,
                    "invalid_client",
                    700212,
                    "No matching federated identity record found for presented assertion audience '"
                            + claims.path("aud") + "'.");
        }
        Account.Federation federation = account.federated().orElse(null);
        if (federation != null && !federation.issuer().equals(claims.path("iss").asText())) {
            throw new Refusal(
                    401,
                    "invalid_client",
                    700211,
                    "No matching federated identity record found for presented assertion issuer '"
                            + claims.path("iss").asText() + "'.");
        }
        if (federation != null
                && !federation.subject().equals(claims.path("sub").asText())) {
            throw new Refusal(
                    401,
                    "invalid_client",
                    700213,
                    "No matching federated identity record found for presented assertion subject '"
                            + claims.path("sub").asText() + "'.");
        }
    }

    private static boolean hasAudience(JsonNode audience) {
        if (audience.isTextual()) {
            return audience.asText().equals(ASSERTION_AUDIENCE);
        }
        for (JsonNode one : audience) {
            if (one.asText().equals(ASSERTION_AUDIENCE)) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable JsonNode claims(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return null;
        }
        try {
            JsonNode claims = LabAnswer.JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
            return claims.isObject() ? claims : null;
        } catch (IOException | IllegalArgumentException broken) {
            return null;
        }
    }

    private LabAnswer refusal(Refusal refusal) {
        String trace = UUID.randomUUID().toString();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("error", refusal.error);
        String prefix = refusal.number == 0 ? "" : "AADSTS" + refusal.number + ": ";
        body.put("error_description", prefix + refusal.getMessage() + " Trace ID: " + trace);
        if (refusal.number != 0) {
            body.putArray("error_codes").add(refusal.number);
        }
        body.put("timestamp", clock.instant().toString());
        body.put("trace_id", trace);
        body.put("correlation_id", UUID.randomUUID().toString());
        return LabAnswer.json(refusal.status, body);
    }
}
