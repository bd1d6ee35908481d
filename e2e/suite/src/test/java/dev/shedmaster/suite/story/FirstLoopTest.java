package dev.shedmaster.suite.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shedmaster.controlplane.ControlPlane;
import dev.shedmaster.lab.jenkins.JenkinsOptions;
import dev.shedmaster.lab.jenkins.controller.Batch;
import dev.shedmaster.suite.world.Manifests;
import dev.shedmaster.suite.world.OperatorProcess;
import dev.shedmaster.suite.world.World;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FirstLoopTest {

    @Test
    void aJobThatAsksForLabelsRunsOnAFreshMachineWhichIsGoneAfterwards() {
        try (World world =
                        World.start(ControlPlane.Options.defaults(), JenkinsOptions.swift(), 20, options -> options);
                OperatorProcess operator = world.startOperator()) {
            world.apply(Manifests.jenkins(world.lab()));
            world.apply(Manifests.azure(world.lab()));
            world.apply(Manifests.pool(world.lab(), "amd64-kvm", "amd64, kvm", "Standard_D8ds_v5", "OnDemand", 3));
            world.lab().jenkins().enqueue(Batch.freestyle("kernel-tests", 1, "amd64 && kvm", Duration.ofSeconds(2)));
            try {
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> world.lab().azure().report().totals().machinesEver() > 0);
                await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> {
                    assertThat(world.lab().azure().report().totals().machines()).isZero();
                    assertThat(world.workers()).isEmpty();
                });
            } finally {
                System.out.println(operator.log());
                System.out.println(world.pool("amd64-kvm").getStatus());
            }
        }
    }
}
