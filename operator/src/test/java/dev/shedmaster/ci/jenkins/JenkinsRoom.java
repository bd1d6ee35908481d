package dev.shedmaster.ci.jenkins;

import dev.shedmaster.http.ApiClients;
import dev.shedmaster.lab.agent.AgentDescription;
import dev.shedmaster.lab.agent.LabAgent;
import dev.shedmaster.lab.agent.RunningAgent;
import dev.shedmaster.lab.jenkins.JenkinsOptions;
import dev.shedmaster.lab.jenkins.JenkinsStandIn;
import dev.shedmaster.lab.jenkins.access.JenkinsUser;
import dev.shedmaster.port.AgentCredentials;
import dev.shedmaster.port.CiSession;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A stand-in for Jenkins, agents that can be started, and systems under test that look at it. */
final class JenkinsRoom implements AutoCloseable {
    static final String INSTALLATION = "lab-installation";

    private final JenkinsStandIn standIn;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ApiClients clients = new ApiClients(meters);
    private final LabAgent agents = new LabAgent(Duration.ofSeconds(1));
    private final List<RunningAgent> running = new ArrayList<>();

    JenkinsRoom(JenkinsOptions options) {
        try {
            standIn = JenkinsStandIn.start(options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JenkinsStandIn standIn() {
        return standIn;
    }

    JenkinsCiSystem system(JenkinsUser user) {
        return system(INSTALLATION, user.name(), user.token(), Duration.ofSeconds(20));
    }

    JenkinsCiSystem system(String installation, String user, String secret, Duration timeout) {
        return system(installation, user, secret, timeout, CiSession.UNKNOWN);
    }

    JenkinsCiSystem system(String installation, String user, String secret, Duration timeout, CiSession known) {
        return new JenkinsCiSystem(
                new JenkinsConnection("ci/jenkins", installation, standIn.url(), null, null, user, secret),
                known,
                clients.client(ApiClients.Options.of("jenkins", timeout)),
                InstantSource.system());
    }

    RunningAgent startAgent(AgentCredentials credentials) {
        RunningAgent agent = agents.start(new AgentDescription(
                credentials.url(),
                credentials.name(),
                credentials.secret(),
                "/var/lib/agent",
                Optional.of(Duration.ZERO)));
        running.add(agent);
        return agent;
    }

    /** How many requests the systems under test have sent. */
    long requests() {
        return meters.find("shedmaster.http.requests").timers().stream()
                .mapToLong(Timer::count)
                .sum();
    }

    @Override
    public void close() {
        running.forEach(RunningAgent::close);
        agents.close();
        clients.close();
        standIn.close();
    }
}
