package dev.shedmaster.lab.jenkins.controller;

import dev.shedmaster.lab.jenkins.controller.Views.ItemView;
import dev.shedmaster.lab.jenkins.controller.Views.LabView;
import dev.shedmaster.lab.jenkins.controller.Views.LabelView;
import dev.shedmaster.lab.jenkins.controller.Views.LoadView;
import dev.shedmaster.lab.jenkins.controller.Views.RootView;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A controller's state and what can be done to it. Every method may be called from any thread. */
public final class Controller implements AutoCloseable {
    private final Settings settings;
    private final Guard guard;
    private final LabelIndex labels = new LabelIndex();
    private final Nodes nodes;
    private final BuildQueue queue = new BuildQueue(labels);
    private final History history = new History();
    private final Dispatcher dispatcher;
    private final JobDesk jobDesk;
    private final NodeDesk nodeDesk;
    private final AgentDesk agentDesk;

    public Controller(Settings settings, InstantSource clock) {
        this.settings = settings;
        guard = new Guard(clock);
        nodes = new Nodes(labels, settings.builtInExecutors());
        dispatcher = new Dispatcher(guard, settings, labels, nodes, queue, history);
        jobDesk = new JobDesk(guard, queue, dispatcher);
        nodeDesk = new NodeDesk(guard, labels, nodes, dispatcher);
        agentDesk = new AgentDesk(guard, settings, labels, nodes, dispatcher);
        guard.every(settings.maintainInterval(), dispatcher::review);
        guard.every(settings.loadClock(), () -> {
            labels.tick();
            labels.trim(guard.now());
        });
        guard.every(settings.pingInterval(), agentDesk::askForSignsOfLife);
    }

    /** Jobs and builds. */
    public JobDesk jobs() {
        return jobDesk;
    }

    /** Nodes and their computers. */
    public NodeDesk nodes() {
        return nodeDesk;
    }

    /** The agents' connections. */
    public AgentDesk agents() {
        return agentDesk;
    }

    /** The queue, in the order of the export. */
    public List<ItemView> queue() {
        return guard.get(() -> {
            Observer observer = observer();
            return queue.items().stream().map(observer::item).toList();
        });
    }

    /** An item of the queue, or one that left it in the last five minutes. */
    public Optional<ItemView> item(long id) {
        return guard.get(
                () -> Optional.ofNullable(queue.item(id)).map(item -> observer().item(item)));
    }

    private Observer observer() {
        return new Observer(labels, nodes, dispatcher, guard.now());
    }

    /** Takes an item back; false when there is none, or it has begun. */
    public boolean cancel(long id) {
        return guard.get(() -> dispatcher.cancel(id));
    }

    /** A label, which comes to be by being asked for. */
    public LabelView label(String text) {
        return guard.get(() -> {
            LabelGroup group = labels.group(text, guard.now());
            LabelGroup.Capacity capacity = group.capacity();
            List<Job> tied = jobDesk.all().stream()
                    .filter(job -> text.equals(job.definition().label())
                            || group.printed().equals(printed(job)))
                    .toList();
            return new LabelView(
                    text,
                    Objects.requireNonNull(group.expression()),
                    capacity.online(),
                    capacity.busy(),
                    capacity.idle(),
                    group.offline(),
                    group.nodes().stream()
                            .map(node -> node.isBuiltIn() ? "" : node.name())
                            .toList(),
                    tied,
                    new LoadView(group.load().copy()));
        });
    }

    private static String printed(Job job) {
        String label = job.definition().label();
        return label == null
                ? ""
                : dev.shedmaster.lab.jenkins.label.LabelExpression.of(label).printed();
    }

    /** The load of a label. */
    public LoadView load(String label) {
        return guard.get(
                () -> new LoadView(labels.group(label, guard.now()).load().copy()));
    }

    /** The load of everything. */
    public LoadView overallLoad() {
        return guard.get(() -> new LoadView(labels.everything().load().copy()));
    }

    /** The load of what asks for no label. */
    public LoadView unlabeledLoad() {
        return guard.get(() -> new LoadView(labels.unlabelled().load().copy()));
    }

    public RootView root() {
        return guard.get(() -> new RootView(jobDesk.all(), dispatcher.isQuietingDown(), settings.builtInExecutors()));
    }

    /** Stops or resumes giving work out. */
    public void quietDown(boolean wanted) {
        guard.run(() -> dispatcher.quietDown(wanted));
    }

    /**
     * Restarts the controller: agents lose their connection and executors what they were busy with, builds that are not a
     * Pipeline's are aborted, a Pipeline's steps wait in the queue for their nodes. The queue and its ids stay, and so do
     * the nodes that are marked offline, with the cause.
     *
     * @param outage how long it takes until the queue moves again
     */
    public void restart(Duration outage) {
        guard.run(() -> {
            agentDesk.dropAll();
            dispatcher.restart(outage);
        });
    }

    /** Reviews the queue now, as the controller does at its interval. */
    public void review() {
        guard.run(dispatcher::review);
    }

    /** What the lab wants to know. */
    public LabView lab() {
        return guard.get(() -> {
            LabelGroup.Capacity capacity = labels.everything().capacity();
            return new LabView(
                    queue.counts(),
                    nodes.defined(),
                    capacity.onlineNodes() - 1,
                    capacity.online(),
                    capacity.busy(),
                    history.all());
        });
    }

    @Override
    public void close() {
        guard.close();
        agentDesk.closeAll();
    }
}
