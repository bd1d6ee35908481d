package dev.shedmaster.lab.jenkins.controller;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The agents' connections: who may connect, what they report, who has fallen silent. */
public final class AgentDesk {
    private final Guard guard;
    private final Settings settings;
    private final LabelIndex labels;
    private final Nodes nodes;
    private final Dispatcher dispatcher;

    AgentDesk(Guard guard, Settings settings, LabelIndex labels, Nodes nodes, Dispatcher dispatcher) {
        this.guard = guard;
        this.settings = settings;
        this.labels = labels;
        this.nodes = nodes;
        this.dispatcher = dispatcher;
    }

    /** Whether there is a node of this name. */
    public boolean isDefined(String name) {
        return guard.get(() -> nodes.isDefined(name) && !name.equals(Computer.BUILT_IN));
    }

    /** Whether a node's agent is connected. */
    public boolean isConnected(String name) {
        return guard.get(() -> {
            Computer computer = nodes.find(name);
            return computer != null && computer.channel() != null;
        });
    }

    /**
     * An agent is there; false when it must go again, because its node went or another one was faster.
     *
     * @param executions what it has still in its hands from an earlier connection
     */
    public boolean connected(String name, AgentChannel channel, Set<Long> executions) {
        return guard.get(() -> {
            Computer computer = nodes.find(name);
            if (computer == null || computer.isDeleted() || computer.channel() != null) {
                return false;
            }
            computer.connected(channel);
            dispatcher.executions().agentKnows(computer, channel, executions);
            labels.refresh(computer);
            dispatcher.reviewSoon();
            return true;
        });
    }

    public void started(String name, AgentChannel channel, long execution) {
        guard.run(() -> {
            Execution begun = execution(channel, name, execution);
            if (begun != null) {
                dispatcher.executions().started(begun);
            }
        });
    }

    public void done(String name, AgentChannel channel, long execution, Result result) {
        guard.run(() -> {
            Execution done = execution(channel, name, execution);
            if (done != null) {
                dispatcher.executions().started(done);
                dispatcher.executions().ended(done, result);
            } else {
                dispatcher.executions().reported(name, execution, result);
            }
        });
    }

    /** A connection ended that was not ended from here. */
    public void lost(String name, AgentChannel channel) {
        guard.run(() -> {
            Computer computer = connected(channel, name);
            if (computer != null) {
                lose(computer);
            }
        });
    }

    /** Breaks the connection of a node's agent; false when none is connected. */
    public boolean breakConnection(String name) {
        return guard.get(() -> {
            Computer computer = nodes.find(name);
            AgentChannel channel = computer == null ? null : computer.channel();
            if (computer == null || channel == null) {
                return false;
            }
            lose(computer);
            channel.close();
            return true;
        });
    }

    private void lose(Computer computer) {
        computer.disconnected(OfflineCause.brokenChannel(guard.now()));
        dispatcher.executions().agentLost(computer);
    }

    private @Nullable Execution execution(AgentChannel channel, String name, long id) {
        Computer computer = connected(channel, name);
        return computer == null ? null : computer.execution(id);
    }

    /** The computer whose agent this is; null when it has been given up. */
    private @Nullable Computer connected(AgentChannel channel, String name) {
        Computer computer = nodes.find(name);
        return computer != null && channel.equals(computer.channel()) ? computer : null;
    }

    /** Asks every agent whether it is there, and gives those up that have been silent for too long. */
    void askForSignsOfLife() {
        long now = guard.now();
        for (Computer computer : nodes.all()) {
            AgentChannel channel = computer.channel();
            if (channel == null) {
                continue;
            }
            if (now - channel.lastHeard() > settings.deadAfter().toMillis()) {
                lose(computer);
                channel.close();
            } else {
                channel.ping();
            }
        }
    }

    /** The controller goes down: every agent loses its connection without a computer remembering why. */
    void dropAll() {
        for (Computer computer : nodes.all()) {
            AgentChannel channel = computer.channel();
            computer.disconnected(null);
            if (channel != null) {
                channel.close();
            }
        }
    }

    /** The lab closes. */
    void closeAll() {
        guard.run(() -> nodes.all().forEach(computer -> {
            AgentChannel channel = computer.channel();
            if (channel != null) {
                channel.close();
            }
        }));
    }
}
