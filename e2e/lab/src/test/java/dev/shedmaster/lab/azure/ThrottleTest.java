package dev.shedmaster.lab.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.lab.azure.ArmClient.Answer;
import dev.shedmaster.lab.azure.throttle.Limits;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The rate limits that docs/sources.md lists, one by one. */
class ThrottleTest {

    @Test
    void everyAnswerTellsWhatIsLeft() throws Exception {
        try (Lab lab = Lab.start()) {
            Answer created = lab.arm.create("w-1");
            assertThat(created.header("x-ms-ratelimit-remaining-subscription-writes"))
                    .isEqualTo("199");
            assertThat(created.headers("x-ms-ratelimit-remaining-resource"))
                    .containsExactly(
                            "Microsoft.Compute/PutVMSubscriptionMaximum;1499", "Microsoft.Compute/PutVMResource;11");

            Answer read = lab.arm.get(ArmClient.vm("w-1"));
            assertThat(read.header("x-ms-ratelimit-remaining-subscription-reads"))
                    .isEqualTo("249");
            assertThat(read.headers("x-ms-ratelimit-remaining-resource"))
                    .containsExactly(
                            "Microsoft.Compute/LowCostGetSubscriptionMaximum;23999",
                            "Microsoft.Compute/LowCostGetResource;35");
        }
    }

    @Test
    void aMachineCanBeReadThirtySixTimesAndThenTwelveTimesAMinute() throws Exception {
        try (Lab lab = Lab.start()) {
            lab.arm.create("w-1");
            lab.arm.create("w-2");
            for (int i = 0; i < 36; i++) {
                assertThat(lab.arm.get(ArmClient.vm("w-1")).status()).isEqualTo(200);
            }

            Answer refused = lab.arm.get(ArmClient.vm("w-1"));

            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.errorCode()).isEqualTo("OperationNotAllowed");
            assertThat(refused.json().at("/error/details/0/code").asText()).isEqualTo("TooManyRequests");
            assertThat(refused.json().at("/error/details/0/target").asText()).isEqualTo("LowCostGetResource");
            assertThat(refused.header("Retry-After")).isEqualTo("5");
            assertThat(lab.arm.get(ArmClient.vm("w-2")).status()).isEqualTo(200);

            lab.clock.advance(Duration.ofSeconds(4));
            assertThat(lab.arm.get(ArmClient.vm("w-1")).status())
                    .as("who comes back too early begins to wait anew")
                    .isEqualTo(429);
            lab.clock.advance(Duration.ofSeconds(4));
            assertThat(lab.arm.get(ArmClient.vm("w-1")).status()).isEqualTo(200);
        }
    }

    @Test
    void anOperationCanBePolledFortyFiveTimesAtOnce() throws Exception {
        try (Lab lab = Lab.start()) {
            String operation = lab.arm.create("w-1").header("Azure-AsyncOperation");
            for (int i = 0; i < 45; i++) {
                assertThat(lab.arm.follow(operation).status()).isEqualTo(200);
            }
            assertThat(lab.arm.follow(operation).status()).isEqualTo(429);
            lab.clock.advance(Duration.ofSeconds(4));
            assertThat(lab.arm.follow(operation).status()).isEqualTo(200);
        }
    }

    @Test
    void theFrontDoorTakesTwoHundredWritesAtOnceAndThenTenASecond() throws Exception {
        try (Lab lab = Lab.start()) {
            for (int i = 0; i < 200; i++) {
                assertThat(lab.arm.create("w-" + i).status()).isEqualTo(201);
            }

            Answer refused = lab.arm.create("w-200");

            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.errorCode()).isEqualTo("SubscriptionRequestsThrottled");
            assertThat(refused.header("Retry-After")).isEqualTo("1");
            assertThat(lab.arm.delete(ArmClient.vm("w-0")).status())
                    .as("deletes have a bucket of their own")
                    .isEqualTo(202);
            lab.clock.advance(Duration.ofSeconds(1));
            for (int i = 200; i < 210; i++) {
                assertThat(lab.arm.create("w-" + i).status()).isEqualTo(201);
            }
            assertThat(lab.arm.create("w-210").status()).isEqualTo(429);
            assertThat(lab.azure.report().totals().machinesEver()).isEqualTo(210);
        }
    }

    @Test
    void aWiderLimitLetsMoreThroughAndNoLimitHasNoHeaders() throws Exception {
        try (Lab lab =
                Lab.start(options -> options.withLimits(Limits.documented().times(2)))) {
            assertThat(lab.arm.create("w-1").header("x-ms-ratelimit-remaining-subscription-writes"))
                    .isEqualTo("399");
        }
        try (Lab lab = Lab.start(options -> options.withLimits(Limits.none()))) {
            Answer created = lab.arm.create("w-1");
            assertThat(created.status()).isEqualTo(201);
            assertThat(created.headers("x-ms-ratelimit-remaining-resource")).isEmpty();
            for (int i = 0; i < 100; i++) {
                assertThat(lab.arm.get(ArmClient.vm("w-1")).status()).isEqualTo(200);
            }
        }
    }
}
