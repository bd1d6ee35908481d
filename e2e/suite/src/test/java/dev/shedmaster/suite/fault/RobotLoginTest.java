package dev.shedmaster.suite.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shedmaster.api.v1alpha1.HetznerAccount;
import dev.shedmaster.api.v1alpha1.HetznerAccountStatus;
import dev.shedmaster.lab.robot.RobotOptions;
import dev.shedmaster.lab.robot.RobotStandIn;
import dev.shedmaster.lab.robot.call.CallLog;
import dev.shedmaster.lab.robot.key.ClientKey;
import dev.shedmaster.lab.time.ScaledClock;
import dev.shedmaster.suite.trial.Fleet;
import dev.shedmaster.suite.trial.Trial;
import dev.shedmaster.suite.trial.Trials;
import dev.shedmaster.suite.world.Manifests;
import dev.shedmaster.suite.world.OperatorProcess;
import dev.shedmaster.suite.world.World;
import java.io.IOException;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Robot blocks an address at the third bad login: a password that is wrong is shown to it once. */
@ExtendWith(Trials.class)
@Execution(ExecutionMode.CONCURRENT)
class RobotLoginTest {
    @Test
    void aWrongPasswordCostsOneRequestAndCorrectingItHeals(Trial trial) throws IOException {
        World world = trial.served();
        try (RobotStandIn robot = robot()) {
            robot.rent(321);
            world.apply(Manifests.robotLogin("of-last-year"));
            world.apply(Manifests.robotAccount(robot.url(), ClientKey.fresh().privateKey()));
            awaitStatus(world, status -> {
                assertThat(Fleet.condition(status.conditions(), "CredentialsValid"))
                        .startsWith("FALSE: Refused")
                        .contains("correct the Secret");
                assertThat(status.reason()).startsWith("Robot refuses the webservice user");
            });
            change(world, 7);
            assertThat(robot.calls().entries())
                    .extracting(CallLog.Entry::status)
                    .containsExactly(401);

            world.apply(Manifests.robotLogin(RobotOptions.PASSWORD));
            awaitStatus(world, status -> {
                assertThat(Fleet.condition(status.conditions(), "Ready")).startsWith("TRUE");
                assertThat(status.servers()).isEqualTo(1);
            });
            assertThat(robot.calls().entries())
                    .extracting(CallLog.Entry::status)
                    .containsExactly(401, 200);
        }
    }

    @Test
    void noRestartShowsItOnceMore(Trial trial) throws IOException {
        World world = trial.unserved();
        try (RobotStandIn robot = robot()) {
            world.apply(Manifests.robotLogin("of-last-year"));
            world.apply(Manifests.robotAccount(robot.url(), ClientKey.fresh().privateKey()));
            OperatorProcess first = world.startOperator();
            awaitStatus(world, status -> assertThat(status.refusedLogin()).startsWith("Secret robot-login at version"));
            first.kill();

            world.startOperator();
            change(world, 7);
            assertThat(robot.calls().entries())
                    .extracting(CallLog.Entry::status)
                    .containsExactly(401);
            awaitStatus(
                    world,
                    status -> assertThat(Fleet.condition(status.conditions(), "CredentialsValid"))
                            .startsWith("FALSE: Refused"));
        }
    }

    private static RobotStandIn robot() throws IOException {
        return RobotStandIn.start(RobotOptions.of(new ScaledClock(1)));
    }

    /** Changes the spec and waits until an operator has looked at that. */
    private static void change(World world, int resetsPerHour) {
        world.cluster()
                .kubectl(
                        "patch",
                        "hetzneraccount/robot",
                        "-n",
                        world.namespace(),
                        "--type=merge",
                        "-p",
                        "{\"spec\":{\"limits\":{\"resetsPerHour\":" + resetsPerHour + "}}}");
        awaitStatus(world, status -> assertThat(status.observedGeneration()).isEqualTo(2));
    }

    private static void awaitStatus(World world, ThrowingConsumer<HetznerAccountStatus> holds) {
        await("the HetznerAccount").atMost(Trial.PATIENCE).untilAsserted(() -> {
            HetznerAccountStatus status =
                    world.all(HetznerAccount.class).withName("robot").require().getStatus();
            assertThat(status).isNotNull();
            holds.accept(status);
        });
    }
}
