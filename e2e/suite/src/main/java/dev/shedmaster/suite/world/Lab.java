package dev.shedmaster.suite.world;

import dev.shedmaster.lab.agent.LabAgent;
import dev.shedmaster.lab.azure.AzureStandIn;
import dev.shedmaster.lab.azure.Options;
import dev.shedmaster.lab.jenkins.JenkinsOptions;
import dev.shedmaster.lab.jenkins.JenkinsStandIn;
import dev.shedmaster.lab.robot.LightSystems;
import dev.shedmaster.lab.robot.RobotOptions;
import dev.shedmaster.lab.robot.RobotStandIn;
import dev.shedmaster.lab.robot.light.LightOptions;
import dev.shedmaster.lab.time.ScaledClock;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A Jenkins, an Azure and a Robot, joined: machines that boot at Azure, and workers on the servers that Robot rents out, run agents that
 * connect to the Jenkins.
 */
public final class Lab implements AutoCloseable {
    private final LabAgent agents = new LabAgent();
    private final ScaledClock clock;
    private final JenkinsStandIn jenkins;
    private final AzureStandIn azure;
    private final LightSystems systems = new LightSystems(
            LightOptions.of(agents).withWorkerImages(Set.of("worker-jenkins")).showing(InstantSource.system()));
    private final RobotStandIn robot;

    private Lab(LabOptions options) throws IOException {
        clock = new ScaledClock(options.speed());
        jenkins = JenkinsStandIn.start(options.jenkins());
        azure = AzureStandIn.start(options.azure().apply(Options.of(clock, agents)));
        robot = RobotStandIn.start(options.robot().apply(RobotOptions.of(clock).withSystems(systems)));
    }

    /** Starts all. */
    public static Lab start(LabOptions options) throws IOException {
        return new Lab(options);
    }

    /**
     * Starts all.
     *
     * @param speed how many seconds pass for Azure and Robot's servers in one real second
     * @param azureOptions changes the usual Azure
     */
    public static Lab start(JenkinsOptions jenkinsOptions, double speed, UnaryOperator<Options> azureOptions)
            throws IOException {
        return start(LabOptions.of(jenkinsOptions, speed, azureOptions));
    }

    public JenkinsStandIn jenkins() {
        return jenkins;
    }

    public AzureStandIn azure() {
        return azure;
    }

    /** It has no server yet; those that are rented are light hosts. */
    public RobotStandIn robot() {
        return robot;
    }

    @Override
    public void close() {
        robot.close();
        systems.close();
        azure.close();
        jenkins.close();
        agents.close();
        clock.close();
    }
}
