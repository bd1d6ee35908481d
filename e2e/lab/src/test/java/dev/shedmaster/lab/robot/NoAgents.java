package dev.shedmaster.lab.robot;

import dev.shedmaster.lab.agent.AgentDescription;
import dev.shedmaster.lab.agent.AgentProgram;
import dev.shedmaster.lab.agent.RunningAgent;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Agents that connect nowhere: a test sees which were started and ended, and ends them itself. */
final class NoAgents implements AgentProgram {
    final List<AgentDescription> started = new CopyOnWriteArrayList<>();
    final List<String> cut = new CopyOnWriteArrayList<>();
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
            }
        };
    }

    void exit(String nodeName) {
        CompletableFuture<Integer> exit = exits.get(nodeName);
        if (exit == null) {
            throw new AssertionError("No agent " + nodeName + " was started, only " + started);
        }
        exit.complete(0);
    }
}
