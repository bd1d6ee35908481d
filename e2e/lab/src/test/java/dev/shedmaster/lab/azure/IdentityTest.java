package dev.shedmaster.lab.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.shedmaster.lab.azure.ArmClient.Answer;
import dev.shedmaster.lab.azure.call.AzureCall;
import dev.shedmaster.lab.azure.fault.Fault;
import dev.shedmaster.lab.azure.fault.FaultEffect;
import dev.shedmaster.lab.azure.fault.FaultScope;
import dev.shedmaster.lab.azure.identity.Account;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens by secret, by federated assertion and by managed identity; and what Resource Manager says to a bad one. */
class IdentityTest {
    private static final String SCOPE = "https://management.azure.com/.default";
    private static final Account ACCOUNT = new Account(
            Account.sample().tenantId(),
            Account.sample().subscriptionId(),
            Account.sample().clientId(),
            "right-secret",
            new Account.Federation("https://cluster.example", "system:serviceaccount:shedmaster:operator"));

    private Lab lab;

    @BeforeEach
    void start() throws Exception {
        lab = Lab.start(options -> options.withAccount(ACCOUNT).withTokenLifetime(Duration.ofMinutes(10)));
        lab.arm.useToken("");
    }

    @AfterEach
    void stop() {
        lab.close();
    }

    private Answer token(Map<String, String> form) throws Exception {
        String body = form.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return lab.arm.send(
                "POST", URI.create(lab.azure.authorityUrl() + "/" + ACCOUNT.tenantId() + "/oauth2/v2.0/token"), body);
    }

    private static Map<String, String> bySecret() {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "client_credentials");
        form.put("client_id", ACCOUNT.clientId());
        form.put("client_secret", ACCOUNT.clientSecret());
        form.put("scope", SCOPE);
        return form;
    }

    private Map<String, String> byAssertion(String issuer, String subject, String audience, long expires) {
        Map<String, String> form = bySecret();
        form.remove("client_secret");
        form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        String claims = new ObjectMapper()
                .createObjectNode()
                .put("iss", issuer)
                .put("sub", subject)
                .put("aud", audience)
                .put("exp", expires)
                .toString();
        String encoded =
                Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8));
        form.put("client_assertion", "e30." + encoded + ".c2ln");
        return form;
    }

    private long soon() {
        return lab.clock.instant().plusSeconds(600).getEpochSecond();
    }

    @Test
    void aSecretGivesATokenThatOpensResourceManagerUntilItExpires() throws Exception {
        Answer given = token(bySecret());

        assertThat(given.status()).isEqualTo(200);
        assertThat(given.json().path("token_type").asText()).isEqualTo("Bearer");
        assertThat(given.json().path("expires_in").asInt()).isEqualTo(600);
        lab.arm.useToken(given.json().path("access_token").asText());
        assertThat(lab.arm.get(ArmClient.vms()).status()).isEqualTo(200);

        lab.clock.advance(Duration.ofMinutes(10));
        Answer expired = lab.arm.get(ArmClient.vms());
        assertThat(expired.status()).isEqualTo(401);
        assertThat(expired.errorCode()).isEqualTo("ExpiredAuthenticationToken");
    }

    @Test
    void aFederatedTokenGivesOne() throws Exception {
        Answer given = token(byAssertion(
                "https://cluster.example",
                "system:serviceaccount:shedmaster:operator",
                "api://AzureADTokenExchange",
                soon()));
        assertThat(given.status()).isEqualTo(200);
        lab.arm.useToken(given.json().path("access_token").asText());
        assertThat(lab.arm.get(ArmClient.vms()).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "https://other.example, system:serviceaccount:shedmaster:operator, api://AzureADTokenExchange, 600, 700211",
        "https://cluster.example, system:serviceaccount:x:y, api://AzureADTokenExchange, 600, 700213",
        "https://cluster.example, system:serviceaccount:shedmaster:operator, sts, 600, 700212",
        "https://cluster.example, system:serviceaccount:shedmaster:operator, api://AzureADTokenExchange, -1, 700024"
    })
    void aFederatedTokenOfAnotherIsRefused(String issuer, String subject, String audience, long ttl, int number)
            throws Exception {
        Answer refused =
                token(byAssertion(issuer, subject, audience, lab.clock.instant().getEpochSecond() + ttl));
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.json().path("error").asText()).isEqualTo("invalid_client");
        assertThat(refused.json().path("error_description").asText()).startsWith("AADSTS" + number + ": ");
    }

    @ParameterizedTest
    @CsvSource({
        "client_secret, wrong, 401, invalid_client, 7000215",
        "client_secret, , 400, invalid_request, 900144",
        "client_id, nobody, 400, unauthorized_client, 700016",
        "grant_type, password, 400, unsupported_grant_type, 70003",
        "scope, https://management.azure.com, 400, invalid_scope, 1002012",
        "scope, , 400, invalid_request, 900144"
    })
    void aBadRequestIsRefusedWithItsNumber(String field, String value, int status, String error, int number)
            throws Exception {
        Map<String, String> form = bySecret();
        if (value == null) {
            form.remove(field);
        } else {
            form.put(field, value);
        }
        Answer refused = token(form);
        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.json().path("error").asText()).isEqualTo(error);
        assertThat(refused.json().at("/error_codes/0").asInt()).isEqualTo(number);
    }

    @Test
    void anotherTenantIsUnknown() throws Exception {
        Answer refused = lab.arm.send(
                "POST",
                URI.create(lab.azure.authorityUrl() + "/other/oauth2/v2.0/token"),
                "grant_type=client_credentials");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().at("/error_codes/0").asInt()).isEqualTo(90002);
    }

    private Answer managed(String query, String... headers) throws Exception {
        return lab.arm.send(
                "GET", URI.create(lab.azure.imdsUrl() + "/metadata/identity/oauth2/token" + query), "", headers);
    }

    @Test
    void instanceMetadataGivesATokenToWhoSendsItsHeader() throws Exception {
        String query = "?api-version=2018-02-01&resource=https://management.azure.com/";
        Answer given = managed(query, "Metadata", "true");
        assertThat(given.json().path("expires_in").asText()).isEqualTo("600");
        lab.arm.useToken(given.json().path("access_token").asText());
        assertThat(lab.arm.get(ArmClient.vms()).status()).isEqualTo(200);

        assertThat(managed(query).status()).isEqualTo(400);
        assertThat(managed("?api-version=2018-02-01", "Metadata", "true").status())
                .isEqualTo(400);
        assertThat(managed(query + "&client_id=other", "Metadata", "true")
                        .json()
                        .path("error_description")
                        .asText())
                .isEqualTo("Identity not found");
        assertThat(managed(query + "&client_id=" + ACCOUNT.clientId(), "Metadata", "true")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void resourceManagerSaysWhatIsWrongWithAToken() throws Exception {
        Answer missing = lab.arm.get(ArmClient.vms());
        assertThat(missing.status()).isEqualTo(401);
        assertThat(missing.errorCode()).isEqualTo("AuthenticationFailed");
        assertThat(missing.header("WWW-Authenticate")).contains(ACCOUNT.tenantId());

        lab.arm.useToken("made.up.token");
        assertThat(lab.arm.get(ArmClient.vms()).errorCode()).isEqualTo("InvalidAuthenticationToken");

        Map<String, String> form = bySecret();
        form.put("scope", "https://vault.azure.net/.default");
        lab.arm.useToken(token(form).json().path("access_token").asText());
        assertThat(lab.arm.get(ArmClient.vms()).errorCode()).isEqualTo("InvalidAuthenticationTokenAudience");

        lab.arm.useToken(token(bySecret()).json().path("access_token").asText());
        assertThat(lab.arm.get(ArmClient.vms()).status()).isEqualTo(200);
        lab.azure.revokeTokens();
        assertThat(lab.arm.get(ArmClient.vms()).status()).isEqualTo(401);
    }

    @Test
    void theAuthorityCanBeToldToRefuse() throws Exception {
        lab.azure.post(Fault.once(
                new FaultEffect.RefuseToken(503, "temporarily_unavailable", "try later"), FaultScope.everything()));
        assertThat(token(bySecret()).status()).isEqualTo(503);
        assertThat(token(bySecret()).status()).isEqualTo(200);
    }

    @Test
    void aBrokenLineStrikesTheAuthorityAndInstanceMetadataToo() throws Exception {
        lab.azure.post(
                Fault.once(new FaultEffect.BrokenServer(502, true, null), FaultScope.of(AzureCall.METADATA_TOKEN)));
        lab.azure.post(Fault.once(new FaultEffect.Reset(), FaultScope.of(AzureCall.AUTHORITY_TOKEN)));
        String query = "?api-version=2018-02-01&resource=https://management.azure.com/";

        assertThatThrownBy(() -> token(bySecret())).isInstanceOf(IOException.class);
        assertThat(managed(query, "Metadata", "true").status()).isEqualTo(502);
        assertThat(token(bySecret()).status()).isEqualTo(200);
        assertThat(managed(query, "Metadata", "true").status()).isEqualTo(200);
    }
}
