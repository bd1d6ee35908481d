package dev.shedmaster.lab.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.lab.azure.ArmClient.Answer;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The lab's own endpoints, for people and for benchmarks. */
class AdminTest {
    private Lab lab;

    @BeforeEach
    void start() throws Exception {
        lab = Lab.start();
    }

    @AfterEach
    void stop() {
        lab.close();
    }

    @Test
    void quotaIsChangedFieldByField() throws Exception {
        assertThat(lab.arm
                        .lab("PUT", "quota", "{\"familyCores\":{\"standardDDSv5Family\":4}}")
                        .status())
                .isEqualTo(204);
        assertThat(lab.arm.create("w-1").errorMessage()).contains("standardDDSv5Family Cores quota");
        assertThat(lab.arm.lab("PUT", "quota", "{\"spotCores\":0}").status()).isEqualTo(204);
        assertThat(lab.arm.create("s-1", SampleVm.spot(SampleVm.body("s-1"))).errorMessage())
                .contains("LowPriorityCores");
        assertThat(lab.arm
                        .create("w-2", SampleVm.ofSize(SampleVm.body("w-2"), "Standard_D8ads_v5"))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void capacityIsChangedAsAWhole() throws Exception {
        String none = "[{\"scope\":{\"size\":\"Standard_D8ds_v5\"},\"machines\":0,\"refusal\":\"SkuNotAvailable\"}]";
        assertThat(lab.arm.lab("PUT", "capacity", none).status()).isEqualTo(204);
        assertThat(lab.arm.create("w-1").errorCode()).isEqualTo("SkuNotAvailable");
        assertThat(lab.arm.lab("PUT", "capacity", "[]").status()).isEqualTo(204);
        assertThat(lab.arm.create("w-1").status()).isEqualTo(201);

        Answer wrong = lab.arm.lab("PUT", "capacity", "[{\"scope\":{}}]");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.json().path("error").asText()).contains("machines is missing");
    }

    @Test
    void machinesAreEvictedAndTheirBootLogsReadAlsoWhenTheyAreGone() throws Exception {
        lab.arm.create(
                "w-1",
                SampleVm.withCustomData(
                        SampleVm.spot(SampleVm.body("w-1")),
                        BootConfigs.ignition().toString()));
        lab.clock.advance(Lab.CREATED);
        Awaitility.await().until(() -> lab.agents.started.size() == 1);

        assertThat(lab.arm.lab("POST", "machines/w-1/evict", "").status()).isEqualTo(204);

        assertThat(lab.arm.get(ArmClient.vm("w-1")).status()).isEqualTo(404);
        Awaitility.await().until(() -> lab.agents.cut.equals(List.of("w-1")));
        assertThat(lab.arm.lab("GET", "machines/w-1", "").response().body()).contains("agent: started as w-1");
        assertThat(lab.arm.lab("GET", "machines/w-2", "").status()).isEqualTo(404);
        assertThat(lab.arm.lab("POST", "machines/w-1/explode", "").status()).isEqualTo(404);
    }

    @Test
    void tokensAreRevokedAndUnknownPathsSaySo() throws Exception {
        assertThat(lab.arm.get(ArmClient.vms()).status()).isEqualTo(200);
        assertThat(lab.arm.lab("POST", "tokens/revoke", "").status()).isEqualTo(204);
        assertThat(lab.arm.get(ArmClient.vms()).status()).isEqualTo(401);
        assertThat(lab.arm.lab("GET", "nonsense", "").json().path("error").asText())
                .contains("Nothing is here");
    }
}
