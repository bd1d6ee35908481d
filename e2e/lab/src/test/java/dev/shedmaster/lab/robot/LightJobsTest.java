package dev.shedmaster.lab.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shedmaster.lab.agent.LabAgent;
import dev.shedmaster.lab.jenkins.JenkinsOptions;
import dev.shedmaster.lab.jenkins.JenkinsStandIn;
import dev.shedmaster.lab.jenkins.controller.Batch;
import dev.shedmaster.lab.jenkins.controller.NodeConfig;
import dev.shedmaster.lab.jenkins.controller.Result;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A worker of a light host joins the lab's Jenkins and does its jobs. */
class LightJobsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration SILENCE = Duration.ofMillis(100);

    @Test
    void aWorkerDoesJobsUntilThePowerFails() throws Exception {
        try (JenkinsStandIn jenkins = JenkinsStandIn.start(JenkinsOptions.swift());
                LabAgent agents = new LabAgent(SILENCE);
                LightLab light = new LightLab(agents).installed()) {
            jenkins.controller().nodes().create(NodeConfig.setUpByHand(LightLab.NAME, "arm64 kvm"));
            OrderTar order = OrderTar.container(LightLab.NAME)
                    .agent(jenkins.url().toString(), LightLab.NAME, jenkins.secretOf(LightLab.NAME));
            assertThat(light.start(order).status()).isZero();
            await().atMost(PATIENCE).until(() -> {
                light.lab.clock.advance(LightLab.BOOT);
                return isOnline(jenkins);
            });

            jenkins.enqueue(Batch.freestyle("short", 2, "arm64 && kvm", Duration.ofMillis(50)));
            await().atMost(PATIENCE).until(() -> done(jenkins, "short") == 2);
            assertThat(light.unit().path("state").asText()).isEqualTo("active");

            light.server.power().cut();
            await().atMost(PATIENCE).until(() -> !isOnline(jenkins));
        }
    }

    private static boolean isOnline(JenkinsStandIn jenkins) {
        return jenkins.controller()
                .nodes()
                .find(LightLab.NAME)
                .filter(node -> !node.offline())
                .isPresent();
    }

    /** How many builds of a job this worker has done. */
    private static long done(JenkinsStandIn jenkins, String job) {
        return jenkins.controller().jobs().find(job).orElseThrow().builds().stream()
                .filter(build ->
                        build.result() == Result.SUCCESS && build.builtOn().equals(LightLab.NAME))
                .count();
    }
}
