package dev.shedmaster.lab.jenkins.controller;

import dev.shedmaster.lab.jenkins.controller.Views.ComputerView;
import dev.shedmaster.lab.jenkins.controller.Views.ComputersView;
import java.util.Optional;

/** Nodes and their computers: look, define, take offline, delete. */
public final class NodeDesk {
    private final Guard guard;
    private final LabelIndex labels;
    private final Nodes nodes;
    private final Dispatcher dispatcher;

    NodeDesk(Guard guard, LabelIndex labels, Nodes nodes, Dispatcher dispatcher) {
        this.guard = guard;
        this.labels = labels;
        this.nodes = nodes;
        this.dispatcher = dispatcher;
    }

    public ComputersView all() {
        return guard.get(() -> {
            LabelGroup.Capacity capacity = labels.everything().capacity();
            return new ComputersView(
                    nodes.all().stream().map(Observer::computer).toList(), capacity.online(), capacity.busy());
        });
    }

    public Optional<ComputerView> find(String name) {
        return guard.get(() -> Optional.ofNullable(nodes.find(name)).map(Observer::computer));
    }

    /** Defines a node; false when there is one of that name. */
    public boolean create(NodeConfig config) {
        return guard.get(() -> {
            if (nodes.isDefined(config.name())) {
                return false;
            }
            nodes.define(config);
            dispatcher.reviewSoon();
            return true;
        });
    }

    /** Replaces a node's configuration; false when there is no such node. */
    public boolean configure(NodeConfig config) {
        return guard.get(() -> {
            if (!nodes.isDefined(config.name())) {
                return false;
            }
            nodes.define(config);
            dispatcher.reviewSoon();
            return true;
        });
    }

    /** Deletes a node, whatever it does; false when there is no such computer. */
    public boolean delete(String name) {
        return guard.get(() -> {
            Computer computer = nodes.find(name);
            if (computer == null || computer.isBuiltIn()) {
                return false;
            }
            AgentChannel channel = computer.channel();
            nodes.delete(computer);
            if (channel != null) {
                drop(computer, channel, OfflineCause.brokenChannel(guard.now()));
            }
            return true;
        });
    }

    /** Marks a computer temporarily offline, or only changes the reason; false when there is no such computer. */
    public boolean markOffline(String name, String user, String message) {
        return change(name, computer -> computer.markOffline(OfflineCause.byUser(user, message, guard.now())));
    }

    /** Takes back that a computer is temporarily offline; false when there is no such computer. */
    public boolean markOnline(String name) {
        return change(name, Computer::markOnline);
    }

    private boolean change(String name, java.util.function.Consumer<Computer> change) {
        return guard.get(() -> {
            Computer computer = nodes.find(name);
            if (computer == null) {
                return false;
            }
            change.accept(computer);
            if (!computer.isDeleted()) {
                labels.refresh(computer);
            }
            dispatcher.reviewSoon();
            return true;
        });
    }

    /** Ends the connection of a computer's agent, if there is one. */
    public void disconnect(String name, String user, String message) {
        guard.run(() -> {
            Computer computer = nodes.find(name);
            AgentChannel channel = computer == null ? null : computer.channel();
            if (computer != null && channel != null) {
                drop(computer, channel, OfflineCause.byUser(user, message, guard.now()));
            }
        });
    }

    private void drop(Computer computer, AgentChannel channel, OfflineCause why) {
        computer.disconnected(why);
        channel.close();
        dispatcher.executions().agentLost(computer);
    }
}
