package dev.shedmaster.lab.agent;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Agents that connect nowhere: a test sees with what they were started, ends them, and sees whether their power was cut. */
public final class RecordedAgents implements AgentProgram {
    public final List<AgentDescription> started = new CopyOnWriteArrayList<>();
    public final List<String> cut = new CopyOnWriteArrayList<>();
    private final Map<String, CompletableFuture<Integer>> exits = new ConcurrentHashMap<>();

    @Override
    public RunningAgent start(AgentDescription description) {
        CompletableFuture<Integer> exit = new CompletableFuture<>();
        exits.put(description.nodeName(), exit);
        started.add(description);
        return new RunningAgent() {
            @Override
            public CompletableFuture<Integer> exit() {
                return exit;
            }

            @Override
            public void close() {
                cut.add(description.nodeName());
                exit.complete(137);
            }
        };
    }

    public void exit(String nodeName, int status) {
        CompletableFuture<Integer> exit = exits.get(nodeName);
        if (exit == null) {
            throw new AssertionError("No agent " + nodeName + " was started, only " + started);
        }
        exit.complete(status);
    }
}
