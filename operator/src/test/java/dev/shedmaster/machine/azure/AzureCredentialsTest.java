package dev.shedmaster.machine.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.lab.azure.call.AzureCall;
import dev.shedmaster.lab.azure.fault.Fault;
import dev.shedmaster.lab.azure.fault.FaultEffect;
import dev.shedmaster.lab.azure.fault.FaultScope;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** Tokens, their refusals, and places that must not be touched. */
class AzureCredentialsTest extends AzureScenario {

    @Test
    void aRevokedTokenIsReplacedUnseen() {
        done(lab().provider().verify());
        lab().azure().revokeTokens();
        done(lab().provider().verify());
    }

    @Test
    void aRefusedSecretStopsAllTraffic() {
        AzureMachineProvider wrong = lab().provider(account -> withAuth(
                account,
                new AzureAuth.ClientSecret(
                        lab().azure().options().account().tenantId(),
                        lab().azure().options().account().clientId(),
                        "not-the-secret")));
        PortError error = failed(wrong.verify());
        assertThat(error).isInstanceOf(PortError.Unauthorized.class);
        assertThat(error.message()).doesNotContain("not-the-secret");
        long calls = tokenCalls();
        lab().advance(Duration.ofHours(5));
        for (Outcome<?> outcome : List.of(wrong.create(order()), wrong.observe(Map.of()), wrong.delete(NAME))) {
            assertThat(failed(outcome)).isInstanceOf(PortError.Unauthorized.class);
        }
        assertThat(tokenCalls()).isEqualTo(calls);
        assertThat(lab().azure().calls().counts()).isEmpty();
        done(lab().provider().verify());
    }

    private double tokenCallsOf(String status) {
        return lab()
                .meters()
                .find("shedmaster.http.requests")
                .tag("operation", "get-token")
                .tag("status", status)
                .timers()
                .stream()
                .mapToLong(io.micrometer.core.instrument.Timer::count)
                .sum();
    }

    private long tokenCalls() {
        return lab().meters().find("shedmaster.http.requests").tag("operation", "get-token").timers().stream()
                .mapToLong(io.micrometer.core.instrument.Timer::count)
                .sum();
    }

    @Test
    void aTokenThatNobodyTakesIsTheCredentialsFault() {
        done(lab().provider().verify());
        lab().azure().post(Fault.always(new FaultEffect.RejectToken(), FaultScope.everything()));
        PortError refused = failed(lab().provider().verify());
        assertThat(refused).isInstanceOf(PortError.Unauthorized.class);
        assertThat(refused.message())
                .endsWith(". Renew it in its Secret: it is tried again once that is changed or touched");
        lab().azure().faults().clear();
        assertThat(failed(lab().provider().verify())).isEqualTo(refused);
        done(lab().provider(account -> account).verify());
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(ints = {401, 403})
    void aPageInAzuresPlaceIsNoFaultOfTheCredential(int status) {
        lab().azure()
                .post(Fault.times(
                        2, new FaultEffect.BrokenServer(status, true, null), FaultScope.of(AzureCall.LIST_VMS)));
        assertThat(failed(lab().provider().verify()))
                .isInstanceOf(PortError.Transient.class)
                .extracting(PortError::message)
                .asString()
                .contains("something before Azure answered HTTP " + status);
        lab().azure().faults().clear();
        done(lab().provider().verify());
    }

    @Test
    void anAuthorityThatIsDownDoesNotMatterWhileTheTokenIsGood() {
        done(lab().provider().verify());
        lab().azure().post(Fault.always(new FaultEffect.Reset(), FaultScope.of(AzureCall.AUTHORITY_TOKEN)));
        lab().advance(Duration.ofMinutes(55));
        done(lab().provider().verify());
        assertThat(tokenCallsOf("error")).isEqualTo(1);
        lab().advance(Duration.ofMinutes(6));
        assertThat(failed(lab().provider().verify())).isInstanceOf(PortError.Transient.class);
        lab().azure().faults().clear();
        lab().advance(Duration.ofSeconds(10));
        done(lab().provider().verify());
    }

    @Test
    void anIdentityWithoutASecretIsAskedForAgainAfterAWhile() {
        AzureMachineProvider managed =
                lab().provider(account -> withAuth(account, new AzureAuth.ManagedIdentity(null)));
        lab().azure()
                .post(Fault.once(
                        new FaultEffect.RefuseToken(400, "invalid_request", "Identity not found"),
                        FaultScope.of(AzureCall.METADATA_TOKEN)));
        assertThat(failed(managed.verify())).isInstanceOf(PortError.Unauthorized.class);
        assertThat(failed(managed.verify())).isInstanceOf(PortError.Unauthorized.class);
        lab().advance(Duration.ofMinutes(5));
        done(managed.verify());
    }

    private static AzureAccount withAuth(AzureAccount account, AzureAuth auth) {
        return AccountChange.of(account, changed -> changed.auth = auth);
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(strings = {"kola-cluster-abc", "KOLA-Cluster"})
    void aGroupOfTheTestToolsIsRefusedBeforeAnyCall(String group) {
        AzureMachineProvider provider = lab().provider(account -> inGroup(account, group));
        for (Outcome<?> outcome : List.of(
                provider.verify(),
                provider.create(order()),
                provider.observe(Map.of()),
                provider.delete(NAME),
                provider.inspect(NAME),
                provider.leftovers(Set.of()))) {
            assertThat(failed(outcome)).isInstanceOfSatisfying(PortError.Invalid.class, invalid -> {
                assertThat(invalid.field()).isEqualTo("resourceGroup");
                assertThat(invalid.message()).contains(group).contains("kola-cluster");
            });
        }
        assertThat(lab().azure().calls().counts()).isEmpty();
    }

    @Test
    void aGroupThatDoesNotExistIsNamed() {
        AzureMachineProvider provider = lab().provider(account -> inGroup(account, "nowhere"));
        assertThat(failed(provider.verify()))
                .isInstanceOfSatisfying(
                        PortError.Invalid.class,
                        invalid -> assertThat(invalid.field()).isEqualTo("resourceGroup"));
    }

    private static AzureAccount inGroup(AzureAccount account, String group) {
        return AccountChange.of(account, changed -> changed.resourceGroup = group);
    }
}
