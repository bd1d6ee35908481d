package dev.shedmaster.lab.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shedmaster.lab.azure.ArmClient.Answer;
import dev.shedmaster.lab.azure.identity.Account;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Azure refuses in the body of a creating PUT, one fault each. */
class BodyCheckTest {
    private static Lab lab;

    @BeforeAll
    static void start() throws Exception {
        lab = Lab.start();
    }

    @AfterAll
    static void stop() {
        lab.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.shedmaster.lab.azure.BadBodies#all")
    void isRefusedWithCodeAndReason(String what, Consumer<ObjectNode> change, int status, String code, String message)
            throws Exception {
        // The buckets of the calls before refill.
        lab.clock.advance(Duration.ofMinutes(5));
        ObjectNode body = SampleVm.body("w-bad");
        change.accept(body);

        Answer refused = lab.arm.create("w-bad", body);

        assertThat(refused.errorCode())
                .as(what + ": " + refused.response().body())
                .isEqualTo(code);
        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.errorMessage()).contains(message);
        assertThat(lab.arm.get(ArmClient.vm("w-bad")).status()).isEqualTo(404);
    }

    @Test
    void theUntouchedBodyIsGoodAndSoAreItsVariants() throws Exception {
        assertThat(lab.arm.create("good-1").status()).isEqualTo(201);
        var nvme = SampleVm.ofSize(SampleVm.body("good-2"), "Standard_D8ads_v6");
        SampleVm.osDisk(nvme).withObject("diffDiskSettings").put("placement", "NvmeDisk");
        SampleVm.osDisk(nvme).put("diskSizeGB", 400);
        assertThat(lab.arm.create("good-2", nvme).status()).isEqualTo(201);
        var gallery = SampleVm.spot(SampleVm.body("good-3"));
        BadBodies.image(gallery)
                .removeAll()
                .put("id", Options.galleryImageId(SampleVm.SUBSCRIPTION) + "/versions/latest");
        assertThat(lab.arm.create("good-3", gallery).status()).isEqualTo(201);
        var planned = SampleVm.body("good-4");
        BadBodies.image(planned).put("offer", "flatcar-container-linux-free");
        planned.putObject("plan")
                .put("publisher", "kinvolk")
                .put("product", "flatcar-container-linux-free")
                .put("name", "stable-gen2");
        assertThat(lab.arm.create("good-4", planned).status()).isEqualTo(201);
        assertThat(lab.arm
                        .create("good-5", SampleVm.onUbuntu(SampleVm.body("good-5")))
                        .status())
                .isEqualTo(201);
        var spaced = SampleVm.body("good-6");
        spaced.put("location", "West Europe");
        assertThat(lab.arm.create("good-6", spaced).json().path("location").asText())
                .isEqualTo("westeurope");
    }

    @Test
    void secretsAreNeverShownAgain() throws Exception {
        var body = SampleVm.withCustomData(SampleVm.body("quiet"), "{\"ignition\":{\"version\":\"3.4.0\"}}");
        SampleVm.properties(body).put("userData", "c2VjcmV0");
        Answer created = lab.arm.create("quiet", body);

        assertThat(created.response().body()).doesNotContain("customData").doesNotContain("c2VjcmV0");
        assertThat(lab.arm.get(ArmClient.vm("quiet")).response().body()).doesNotContain("c2VjcmV0");
        assertThat(lab.arm
                        .get(ArmClient.vm("quiet"), "$expand=userData")
                        .json()
                        .at("/properties/userData")
                        .asText())
                .isEqualTo("c2VjcmV0");
    }

    @Test
    void theCallItselfIsCheckedBeforeTheBody() throws Exception {
        String elsewhere = ArmClient.vm("w-1").replace(Options.GROUP, "nowhere");
        assertThat(lab.arm.put(elsewhere, SampleVm.body("w-1")).errorCode()).isEqualTo("ResourceGroupNotFound");
        String other =
                ArmClient.vm("w-1").replace(Account.sample().subscriptionId(), "33333333-3333-3333-3333-333333333333");
        assertThat(lab.arm.get(other).errorCode()).isEqualTo("SubscriptionNotFound");
        assertThat(lab.arm
                        .send("PUT", lab.arm.uri(ArmClient.vm("w-1")), "{broken")
                        .errorCode())
                .isEqualTo("InvalidRequestContent");
        assertThat(lab.arm.follow(lab.azure.armUrl() + ArmClient.vms()).errorCode())
                .isEqualTo("MissingApiVersionParameter");
        assertThat(lab.arm
                        .get(ArmClient.group() + "/providers/Microsoft.Compute/teapots")
                        .errorCode())
                .isEqualTo("InvalidResourceType");
        assertThat(lab.arm.get(ArmClient.group()).json().path("location").asText())
                .isEqualTo("westeurope");
    }
}
