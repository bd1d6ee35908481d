package dev.shedmaster.lab.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.shedmaster.lab.azure.ArmClient.Answer;
import dev.shedmaster.lab.azure.call.AzureCall;
import dev.shedmaster.lab.azure.call.CallFacts.Priority;
import dev.shedmaster.lab.azure.fault.Fault;
import dev.shedmaster.lab.azure.fault.FaultEffect;
import dev.shedmaster.lab.azure.fault.FaultScope;
import dev.shedmaster.lab.azure.fault.KnownError;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every fault does what it says, to what it is aimed at, as often as it says. */
class FaultTest {
    private static final FaultScope ANY = FaultScope.everything();

    private Lab lab;

    @BeforeEach
    void start() throws Exception {
        lab = Lab.start();
    }

    @AfterEach
    void stop() {
        lab.close();
    }

    @ParameterizedTest
    @EnumSource(KnownError.class)
    void everyRowOfTheErrorTableCanBeRefusedAtOnce(KnownError error) throws Exception {
        lab.azure.post(Fault.once(new FaultEffect.Refuse(error), FaultScope.of(AzureCall.PUT_VM)));

        Answer refused = lab.arm.create("w-1");

        assertThat(refused.status()).isGreaterThanOrEqualTo(400);
        assertThat(refused.errorCode()).isNotEmpty();
        assertThat(refused.errorMessage()).isNotEmpty().doesNotContain("{");
        assertThat(lab.azure.report().totals().machinesEver()).isZero();
        assertThat(lab.arm.create("w-1").status()).as("the fault was for once").isEqualTo(201);
    }

    @ParameterizedTest
    @EnumSource(KnownError.class)
    void everyRowOfTheErrorTableCanComeThroughTheOperation(KnownError error) throws Exception {
        lab.azure.post(Fault.once(new FaultEffect.FailLater(error), ANY));
        Answer accepted = lab.arm.create("w-1");
        assertThat(accepted.status()).isEqualTo(201);
        lab.clock.advance(Lab.CREATED);

        JsonNode status =
                lab.arm.follow(accepted.header("Azure-AsyncOperation")).json();

        assertThat(status.path("status").asText()).isEqualTo("Failed");
        String code = status.at("/error/code").asText();
        assertThat(lab.statuses("w-1")).containsExactly("ProvisioningState/failed/" + code);
        assertThat(status.at("/error/message").asText()).isNotEmpty().doesNotContain("{");
        assertThat(lab.azure.report().totals().nics()).isEqualTo(1);
        lab.arm.delete(ArmClient.vm("w-1"), "forceDeletion=true");
        lab.clock.advance(Lab.FORCED_DELETION);
        assertThat(lab.azure.report().totals().nics()).isZero();
    }

    @Test
    void aScopeStrikesOnlyWhatItNames() throws Exception {
        lab.azure.post(Fault.always(
                new FaultEffect.Refuse(KnownError.SKU_NOT_AVAILABLE),
                FaultScope.of(AzureCall.PUT_VM)
                        .atSize("Standard_D8ds_v5")
                        .inZone("1")
                        .withPriority(Priority.SPOT)
                        .named("w-.*")));

        assertThat(lab.arm
                        .create("w-1", SampleVm.spot(SampleVm.inZone(SampleVm.body("w-1"), "1")))
                        .errorCode())
                .isEqualTo("SkuNotAvailable");
        assertThat(lab.arm
                        .create("w-2", SampleVm.spot(SampleVm.inZone(SampleVm.body("w-2"), "2")))
                        .status())
                .isEqualTo(201);
        assertThat(lab.arm
                        .create("w-3", SampleVm.inZone(SampleVm.body("w-3"), "1"))
                        .status())
                .isEqualTo(201);
        assertThat(lab.arm
                        .create("x-4", SampleVm.spot(SampleVm.inZone(SampleVm.body("x-4"), "1")))
                        .status())
                .isEqualTo(201);
        var larger = SampleVm.ofSize(SampleVm.spot(SampleVm.inZone(SampleVm.body("w-5"), "1")), "Standard_D16ds_v5");
        assertThat(lab.arm.create("w-5", larger).status()).isEqualTo(201);
    }

    @Test
    void aFaultEndsByCountByTimeAndByBeingCleared() throws Exception {
        FaultEffect busy = new FaultEffect.BrokenServer(503, false, null);
        lab.azure.post(Fault.times(2, busy, FaultScope.of(AzureCall.LIST_VMS)));
        assertThat(lab.arm.get(ArmClient.vms()).status()).isEqualTo(503);
        assertThat(lab.arm.get(ArmClient.nics()).status()).isEqualTo(200);
        assertThat(lab.arm.get(ArmClient.vms()).status()).isEqualTo(503);
        assertThat(lab.arm.get(ArmClient.vms()).status()).isEqualTo(200);

        lab.azure.post(Fault.lasting(Duration.ofSeconds(10), busy, ANY));
        assertThat(lab.arm.get(ArmClient.vms()).status()).isEqualTo(503);
        lab.clock.advance(Duration.ofSeconds(10));
        assertThat(lab.arm.get(ArmClient.vms()).status()).isEqualTo(200);

        String id = lab.azure.post(Fault.always(busy, ANY));
        assertThat(lab.arm.get(ArmClient.vms()).status()).isEqualTo(503);
        assertThat(lab.azure.faults().clear(id)).isTrue();
        assertThat(lab.arm.get(ArmClient.vms()).status()).isEqualTo(200);
        assertThat(lab.azure.faults().list()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "COMPUTE, 7, OperationNotAllowed",
        "COMPUTE, , OperationNotAllowed",
        "FRONT_DOOR, 3, SubscriptionRequestsThrottled"
    })
    void throttlingComesFromEitherSideWithAndWithoutRetryAfter(
            FaultEffect.Throttle.Source source, Integer seconds, String code) throws Exception {
        Duration retryAfter = seconds == null ? null : Duration.ofSeconds(seconds);
        lab.azure.post(Fault.once(new FaultEffect.Throttle(source, retryAfter), ANY));

        Answer refused = lab.arm.create("w-1");

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.errorCode()).isEqualTo(code);
        assertThat(refused.headers("Retry-After").stream().map(Integer::valueOf).toList())
                .isEqualTo(seconds == null ? List.of() : List.of(seconds));
        assertThat(lab.azure.report().totals().machinesEver()).isZero();
    }

    @Test
    void aBrokenServerCanAnswerHtml() throws Exception {
        lab.azure.post(Fault.once(new FaultEffect.BrokenServer(502, true, Duration.ofSeconds(9)), ANY));
        Answer broken = lab.arm.get(ArmClient.vms());
        assertThat(broken.status()).isEqualTo(502);
        assertThat(broken.header("Content-Type")).startsWith("text/html");
        assertThat(broken.header("Retry-After")).isEqualTo("9");
        assertThat(broken.response().body()).startsWith("<html>");
    }

    @Test
    void aResetConnectionHasNoEffectAndALostAnswerHasIt() {
        lab.azure.post(Fault.once(new FaultEffect.Reset(), FaultScope.of(AzureCall.PUT_VM)));
        assertThatThrownBy(() -> lab.arm.create("w-1")).isInstanceOf(IOException.class);
        assertThat(lab.azure.report().totals().machines()).isZero();

        lab.azure.post(Fault.once(new FaultEffect.LoseResponse(), FaultScope.of(AzureCall.PUT_VM)));
        assertThatThrownBy(() -> lab.arm.create("w-1")).isInstanceOf(IOException.class);
        assertThat(lab.azure.report().totals().machines()).isEqualTo(1);
        assertThat(lab.azure.calls().counts().get(AzureCall.PUT_VM)).containsEntry(0, 2L);
    }

    @Test
    void aDelayedAnswerComesWhenTheTimeHasPassed() throws Exception {
        lab.azure.post(Fault.once(new FaultEffect.Delay(Duration.ofSeconds(30)), ANY));
        CompletableFuture<Integer> answer = CompletableFuture.supplyAsync(() -> {
            try {
                return lab.arm.get(ArmClient.vms()).status();
            } catch (IOException | InterruptedException failed) {
                throw new IllegalStateException(failed);
            }
        });
        Awaitility.await().until(() -> lab.azure.faults().list().isEmpty());
        assertThat(answer).isNotDone();
        // The call may have counted the fault and not yet planned its end: time moves until it has come.
        Awaitility.await().until(() -> {
            lab.clock.advance(Duration.ofSeconds(30));
            return answer.isDone();
        });
        assertThat(answer.get()).isEqualTo(200);
    }

    @Test
    void aListThatLagsLacksTheNewAndShowsTheGone() throws Exception {
        lab.arm.create("old");
        lab.clock.advance(Duration.ofMinutes(2));
        lab.arm.create("new");
        lab.arm.delete(ArmClient.vm("old"), "forceDeletion=true");
        lab.clock.advance(Lab.FORCED_DELETION);
        lab.azure.post(Fault.once(new FaultEffect.ListLag(Duration.ofMinutes(1)), FaultScope.of(AzureCall.LIST_VMS)));

        JsonNode lagging = lab.arm.get(ArmClient.vms()).json().path("value");
        assertThat(lagging).hasSize(1);
        assertThat(lagging.at("/0/name").asText()).isEqualTo("old");

        JsonNode current = lab.arm.get(ArmClient.vms()).json().path("value");
        assertThat(current).hasSize(1);
        assertThat(current.at("/0/name").asText()).isEqualTo("new");
        assertThat(lab.arm.get(ArmClient.vm("new")).status()).isEqualTo(200);
    }

    @Test
    void theInstanceViewCanBeMissingForAMoment() throws Exception {
        lab.arm.create("w-1");
        lab.azure.post(Fault.once(new FaultEffect.HideInstanceView(), ANY));
        assertThat(lab.arm.get(ArmClient.vm("w-1"), "$expand=instanceView").status())
                .isEqualTo(404);
        assertThat(lab.arm.get(ArmClient.vm("w-1"), "$expand=instanceView").status())
                .isEqualTo(200);
        lab.azure.post(Fault.once(new FaultEffect.HideInstanceView(), ANY));
        assertThat(lab.arm.get(ArmClient.vm("w-1") + "/instanceView").status()).isEqualTo(404);
        assertThat(lab.arm.get(ArmClient.vm("w-1")).status()).isEqualTo(200);
        assertThat(lab.arm.get(ArmClient.vm("w-1") + "/instanceView").status()).isEqualTo(200);
    }

    @Test
    void anOperationCanBeForgottenWhileItsMachineLives() throws Exception {
        String operation = lab.arm.create("w-1").header("Azure-AsyncOperation");
        lab.azure.post(Fault.always(new FaultEffect.ForgetOperation(), ANY.named("w-1")));
        assertThat(lab.arm.follow(operation).status()).isEqualTo(404);
        assertThat(lab.arm.get(ArmClient.vm("w-1")).status()).isEqualTo(200);
    }

    @Test
    void aTokenCanBeRejected() throws Exception {
        lab.azure.post(Fault.once(new FaultEffect.RejectToken(), ANY));
        Answer refused = lab.arm.get(ArmClient.vms());
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.errorCode()).isEqualTo("InvalidAuthenticationToken");
        assertThat(refused.header("WWW-Authenticate"))
                .startsWith("Bearer authorization_uri=\"https://login.windows.net/")
                .contains("error=\"invalid_token\"");
    }

    @Test
    void faultsArePostedListedAndClearedOverHttp() throws Exception {
        Answer posted = lab.arm.lab("POST", "faults", """
                {"effect": "refuse", "error": "FamilyQuota", "times": 2,
                 "scope": {"calls": ["PUT_VM"], "priority": "Regular"}}""");
        assertThat(posted.status()).isEqualTo(201);
        assertThat(lab.arm.create("w-1").errorMessage()).contains("Family Cores quota");
        JsonNode listed = lab.arm.lab("GET", "faults", "").json();
        assertThat(listed).hasSize(1);
        assertThat(listed.at("/0/left").asInt()).isEqualTo(1);
        assertThat(listed.at("/0/happened").asInt()).isEqualTo(1);

        String id = posted.json().path("id").asText();
        assertThat(lab.arm.lab("DELETE", "faults/" + id, "").status()).isEqualTo(204);
        assertThat(lab.arm.lab("DELETE", "faults/" + id, "").status()).isEqualTo(404);
        assertThat(lab.arm.create("w-1").status()).isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"effect\":\"explode\"} | effect 'explode' is unknown",
                "{\"effect\":\"refuse\",\"error\":\"Nonsense\"} | error 'Nonsense' is unknown",
                "{\"effect\":\"reset\",\"retryAfter\":5} | field 'retryAfter' does not go with this effect",
                "{\"effect\":\"delay\"} | by is missing",
                "{\"effect\":\"delay\",\"by\":\"soon\"} | by 'soon' is no time",
                "{\"effect\":\"reset\",\"scope\":{\"calls\":[\"PUT\"]}} | scope.calls: 'PUT' is unknown",
                "{\"effect\":\"reset\",\"scope\":{\"vm\":\"x\"}} | scope.vm is unknown",
                "{\"effect\":\"reset\",\"times\":0} | times must be at least 1",
                "{\"effect\":\"reset\",\"probability\":2} | probability must be above 0",
                "nonsense | The body is no JSON"
            })
    void aFaultThatMakesNoSenseIsRefusedWithTheField(String fault, String why) throws Exception {
        Answer refused = lab.arm.lab("POST", "faults", fault);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("error").asText()).contains(why);
        assertThat(lab.azure.faults().list()).isEmpty();
    }

    @Test
    void everyEffectCanBePostedOverHttp() throws Exception {
        for (String fault : new String[] {
            "{\"effect\":\"failLater\",\"error\":\"AllocationFailed\"}",
            "{\"effect\":\"throttle\",\"source\":\"frontDoor\",\"retryAfter\":4}",
            "{\"effect\":\"brokenServer\",\"status\":502,\"html\":true}",
            "{\"effect\":\"loseResponse\"}",
            "{\"effect\":\"delay\",\"by\":\"PT2S\"}",
            "{\"effect\":\"listLag\",\"by\":30}",
            "{\"effect\":\"hideInstanceView\"}",
            "{\"effect\":\"showStoppedBeforeStart\"}",
            "{\"effect\":\"forgetOperation\"}",
            "{\"effect\":\"neverReady\"}",
            "{\"effect\":\"slowBoot\",\"by\":\"PT10M\"}",
            "{\"effect\":\"noAgent\",\"why\":\"no network\"}",
            "{\"effect\":\"preparationFails\",\"why\":\"no Java\"}",
            "{\"effect\":\"evict\",\"after\":\"PT5M\",\"scope\":{\"name\":\"w-.*\"}}",
            "{\"effect\":\"refuseToken\",\"status\":401}",
            "{\"effect\":\"rejectToken\"}"
        }) {
            assertThat(lab.arm.lab("POST", "faults", fault).status()).as(fault).isEqualTo(201);
        }
        assertThat(lab.azure.faults().list()).hasSize(16);
    }
}
