package dev.shedmaster.suite.world;

import dev.shedmaster.lab.agent.LabAgent;
import dev.shedmaster.lab.azure.AzureStandIn;
import dev.shedmaster.lab.azure.Options;
import dev.shedmaster.lab.jenkins.JenkinsOptions;
import dev.shedmaster.lab.jenkins.JenkinsStandIn;
import dev.shedmaster.lab.time.ScaledClock;
import java.io.IOException;
import java.util.function.UnaryOperator;

/** A Jenkins and an Azure, joined: machines that boot in the one run agents that connect to the other. */
public final class Lab implements AutoCloseable {
    private final LabAgent agents = new LabAgent();
    private final ScaledClock clock;
    private final JenkinsStandIn jenkins;
    private final AzureStandIn azure;

    private Lab(JenkinsOptions jenkinsOptions, double speed, UnaryOperator<Options> azureOptions) throws IOException {
        clock = new ScaledClock(speed);
        jenkins = JenkinsStandIn.start(jenkinsOptions);
        azure = AzureStandIn.start(azureOptions.apply(Options.of(clock, agents)));
    }

    /**
     * Starts both.
     *
     * @param speed how many seconds pass for Azure in one real second
     * @param azureOptions changes the usual Azure
     */
    public static Lab start(JenkinsOptions jenkinsOptions, double speed, UnaryOperator<Options> azureOptions)
            throws IOException {
        return new Lab(jenkinsOptions, speed, azureOptions);
    }

    public JenkinsStandIn jenkins() {
        return jenkins;
    }

    public AzureStandIn azure() {
        return azure;
    }

    @Override
    public void close() {
        azure.close();
        jenkins.close();
        agents.close();
        clock.close();
    }
}
