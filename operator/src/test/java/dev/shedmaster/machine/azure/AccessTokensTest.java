package dev.shedmaster.machine.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.http.ApiClients;
import dev.shedmaster.lab.azure.call.AzureCall;
import dev.shedmaster.lab.azure.fault.Fault;
import dev.shedmaster.lab.azure.fault.FaultEffect;
import dev.shedmaster.lab.azure.fault.FaultScope;
import dev.shedmaster.lab.azure.identity.Account;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Collection;
import java.util.HashSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTokensTest {
    private final AzureLab lab = new AzureLab();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ApiClients clients = new ApiClients(meters);

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        clients.close();
        lab.close();
    }

    private AccessTokens tokens(AzureAuth auth) {
        return tokens(
                auth,
                new AzureEndpoints(
                        lab.azure().armUrl(),
                        lab.azure().authorityUrl(),
                        lab.azure().imdsUrl()));
    }

    private AccessTokens tokens(AzureAuth auth, AzureEndpoints endpoints) {
        return new AccessTokens(
                clients.client(ApiClients.Options.of("azure", Duration.ofSeconds(10))), endpoints, auth, lab.clock());
    }

    private AzureAuth secret() {
        Account account = lab.azure().options().account();
        return new AzureAuth.ClientSecret(account.tenantId(), account.clientId(), account.clientSecret());
    }

    private long asked() {
        return meters.find("shedmaster.http.requests").tag("operation", "get-token").timers().stream()
                .mapToLong(Timer::count)
                .sum();
    }

    private static String done(Outcome<String> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return outcome instanceof Outcome.Done<String>(String value) ? value : "";
    }

    private static PortError failed(Outcome<String> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        return outcome instanceof Outcome.Failed<String>(PortError error) ? error : new PortError.NotFound("");
    }

    private static Collection<Outcome<String>> fiftyAtOnce(AccessTokens tokens) {
        return FanOut.map(IntStream.range(0, 50).boxed().toList(), number -> tokens.current())
                .values();
    }

    @Test
    void manyWhoNeedTheFirstTokenAskOnce() {
        AccessTokens tokens = tokens(secret());
        assertThat(new HashSet<>(fiftyAtOnce(tokens))).singleElement().isInstanceOf(Outcome.Done.class);
        assertThat(asked()).isEqualTo(1);
    }

    @Test
    void aTokenIsRenewedAfterFourFifthsOfItsLife() {
        AccessTokens tokens = tokens(secret());
        String first = done(tokens.current());
        lab.advance(Duration.ofMinutes(47));
        assertThat(done(tokens.current())).isEqualTo(first);
        lab.advance(Duration.ofMinutes(2));
        assertThat(done(tokens.current())).isNotEqualTo(first);
        assertThat(asked()).isEqualTo(2);
    }

    @Test
    void manyWhoSeeAnAgeingTokenRenewItOnce() {
        AccessTokens tokens = tokens(secret());
        done(tokens.current());
        lab.advance(Duration.ofMinutes(50));
        assertThat(fiftyAtOnce(tokens))
                .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Outcome.Done.class));
        assertThat(asked()).isEqualTo(2);
    }

    @Test
    void theOldTokenIsGoodUntilItExpiresAlthoughTheSecretIsRefused() {
        AccessTokens tokens = tokens(secret());
        String first = done(tokens.current());
        lab.azure()
                .post(Fault.always(
                        new FaultEffect.RefuseToken(401, "invalid_client", "AADSTS7000222: The secret is expired."),
                        FaultScope.of(AzureCall.AUTHORITY_TOKEN)));
        lab.advance(Duration.ofMinutes(50));
        assertThat(done(tokens.current())).isEqualTo(first);
        lab.advance(Duration.ofMinutes(5));
        assertThat(done(tokens.current())).isEqualTo(first);
        assertThat(asked()).isEqualTo(2);
        lab.advance(Duration.ofMinutes(10));
        assertThat(failed(tokens.current()))
                .isInstanceOf(PortError.Unauthorized.class)
                .extracting(PortError::message)
                .asString()
                .contains("AADSTS7000222");
        assertThat(asked()).isEqualTo(2);
    }

    @Test
    void anAuthorityThatIsBusyIsAskedLater() {
        lab.azure()
                .post(Fault.once(
                        new FaultEffect.RefuseToken(429, "temporarily_unavailable", "Busy."),
                        FaultScope.of(AzureCall.AUTHORITY_TOKEN)));
        AccessTokens tokens = tokens(secret());
        assertThat(failed(tokens.current())).isInstanceOfSatisfying(PortError.Throttled.class, throttled -> {
            lab.advance(throttled.retryAfter().minusMillis(1));
            assertThat(failed(tokens.current())).isEqualTo(throttled);
            lab.advance(Duration.ofMillis(1));
        });
        done(tokens.current());
    }

    @Test
    void anAuthorityThatFailsIsAskedByOneForAllAndAfterAWhile() {
        lab.azure()
                .post(Fault.once(new FaultEffect.RefuseToken(503, "", ""), FaultScope.of(AzureCall.AUTHORITY_TOKEN)));
        AccessTokens tokens = tokens(secret());
        PortError first = failed(tokens.current());
        lab.advance(Duration.ofSeconds(9));
        assertThat(failed(tokens.current())).isEqualTo(first);
        assertThat(asked()).isEqualTo(1);
        lab.advance(Duration.ofSeconds(1));
        done(tokens.current());
    }

    @Test
    void whileOneAsksAnAuthorityThatHangsTheOthersAreToldToComeAgain() throws IOException {
        try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI authority = URI.create("http://127.0.0.1:" + mute.getLocalPort());
            AccessTokens tokens = tokens(
                    secret(),
                    new AzureEndpoints(
                            lab.azure().armUrl(), authority, lab.azure().imdsUrl()));
            Thread.ofVirtual().start(tokens::current);
            try (Socket asking = mute.accept()) {
                assertThat(asking.isConnected()).isTrue();
                assertThat(failed(tokens.current())).isInstanceOf(PortError.HeldBack.class);
            }
        }
    }

    @Test
    void aFederatedTokenIsReadAnewEachTime() throws IOException {
        Path file = folder.resolve("token");
        Account account = lab.azure().options().account();
        AccessTokens tokens = tokens(new AzureAuth.WorkloadIdentity(account.tenantId(), account.clientId(), file));
        assertThat(failed(tokens.current())).isInstanceOf(PortError.Transient.class);

        lab.advance(Duration.ofSeconds(10));
        Files.writeString(
                file,
                assertion(
                        "api://AzureADTokenExchange",
                        lab.clock().instant().plusSeconds(60).getEpochSecond()));
        String first = done(tokens.current());

        lab.advance(Duration.ofMinutes(61));
        assertThat(failed(tokens.current())).isInstanceOf(PortError.Unauthorized.class);

        Files.writeString(
                file,
                assertion(
                        "api://AzureADTokenExchange",
                        lab.clock().instant().plusSeconds(3600).getEpochSecond()));
        assertThat(failed(tokens.current())).isInstanceOf(PortError.Unauthorized.class);
        lab.advance(Duration.ofMinutes(5));
        assertThat(done(tokens.current())).isNotEqualTo(first);
    }

    private static String assertion(String audience, long expires) {
        String claims = "{\"iss\":\"https://cluster\",\"sub\":\"system:serviceaccount:ci:shedmaster\",\"aud\":\""
                + audience + "\",\"exp\":" + expires + "}";
        return encoded("{\"alg\":\"RS256\"}") + "." + encoded(claims) + "." + encoded("signature") + "\n";
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aPageInPlaceOfTheAuthorityIsNoRefusalOfTheCredential() {
        lab.azure()
                .post(Fault.once(new FaultEffect.RefuseToken(403, "", ""), FaultScope.of(AzureCall.AUTHORITY_TOKEN)));
        AccessTokens tokens = tokens(secret());
        assertThat(failed(tokens.current())).isInstanceOf(PortError.Transient.class);
        lab.advance(Duration.ofSeconds(10));
        done(tokens.current());
    }

    @Test
    void theMachinesOwnIdentityNeedsNoCredential() {
        AccessTokens tokens = tokens(new AzureAuth.ManagedIdentity(null));
        String first = done(tokens.current());
        assertThat(done(tokens.current())).isEqualTo(first);
        assertThat(asked()).isEqualTo(1);
    }
}
