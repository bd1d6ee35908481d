package dev.shedmaster.lab.agent;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/**
 * The lab's agent program. All agents that one instance starts share one client and one timer, so that thousands of
 * them need no threads of their own.
 */
public final class LabAgent implements AgentProgram, AutoCloseable {
    private final ExecutorService callbacks = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http;
    private final ScheduledThreadPoolExecutor timer;
    private final Duration silence;
    private final ObjectMapper mapper = new ObjectMapper();

    /** Agents whose machine, once cut off, stays silent for as long as a real one is taken for alive. */
    public LabAgent() {
        this(Duration.ofMinutes(5));
    }

    /**
     * Agents whose machine, once cut off, is silent for this long; then its connection breaks, if the controller has not
     * given it up before.
     */
    public LabAgent(Duration silence) {
        this.silence = silence;
        http = HttpClient.newBuilder()
                .executor(callbacks)
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(20))
                .build();
        timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("lab-agents").factory());
        timer.setRemoveOnCancelPolicy(true);
    }

    @Override
    public RunningAgent start(AgentDescription description) {
        Agent agent = new Agent(description, http, timer, mapper, silence);
        agent.connect();
        return agent;
    }

    /** Ends what all the agents share; those that still run break off. */
    @Override
    public void close() {
        timer.shutdownNow();
        http.shutdownNow();
        callbacks.shutdownNow();
    }
}
