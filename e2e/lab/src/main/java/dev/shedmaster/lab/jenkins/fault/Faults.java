package dev.shedmaster.lab.jenkins.fault;

import dev.shedmaster.lab.jenkins.access.Accounts;
import dev.shedmaster.lab.jenkins.controller.Cause;
import dev.shedmaster.lab.jenkins.controller.Controller;
import dev.shedmaster.lab.jenkins.controller.Job;
import dev.shedmaster.lab.jenkins.controller.JobDefinition;
import dev.shedmaster.lab.jenkins.controller.Step;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The faults that are on, and their effects. May be used from any thread. */
public final class Faults {

    /**
     * A fault that was injected.
     *
     * @param hits how many requests it has happened to
     * @param over whether it has no effect any more
     */
    public record Injected(long id, Fault fault, Scope scope, long hits, boolean over) {}

    private static final class Active {
        private final long id;
        private final Fault fault;
        private final Scope scope;
        private final long until;
        private long hits;
        private boolean over;
        private @Nullable Job flood;

        private Active(long id, Fault fault, Scope scope, long until) {
            this.id = id;
            this.fault = fault;
            this.scope = scope;
            this.until = until;
        }

        private Injected picture() {
            return new Injected(id, fault, scope, hits, over);
        }
    }

    private final Controller controller;
    private final Accounts accounts;
    private final Boot boot;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final List<Active> faults = new ArrayList<>();
    private long nextId = 1;

    public Faults(Controller controller, Accounts accounts, Boot boot, InstantSource clock, RandomGenerator random) {
        this.controller = controller;
        this.accounts = accounts;
        this.boot = boot;
        this.clock = clock;
        this.random = random;
    }

    /** Switches a fault on. */
    public synchronized Injected inject(Fault fault, Scope scope) {
        Duration duration = scope.duration();
        long until = duration == null ? Long.MAX_VALUE : clock.millis() + duration.toMillis();
        Active active = new Active(nextId++, fault, scope, until);
        begin(active);
        faults.add(active);
        return active.picture();
    }

    private void begin(Active active) {
        switch (active.fault) {
            case Fault.OnRequest later -> {}
            case Fault.Restart(Duration outage) -> {
                boot.restart(outage);
                controller.restart(outage);
                active.over = true;
            }
            case Fault.NodeVanished(String node) -> {
                if (!controller.nodes().delete(node)) {
                    throw new IllegalArgumentException("node: there is no node '" + node + "'");
                }
                active.over = true;
            }
            case Fault.AgentDisconnected(String node) -> {
                if (!controller.agents().breakConnection(node)) {
                    throw new IllegalArgumentException("node: no agent of '" + node + "' is connected");
                }
                active.over = true;
            }
            case Fault.PermissionRemoved(String user, var permission) -> {
                if (!accounts.knows(user)) {
                    throw new IllegalArgumentException("user: there is no user '" + user + "'");
                }
                accounts.withhold(user, permission);
            }
            case Fault.QueueFlood(int items, String label) -> active.flood = flood(active.id, items, label);
        }
    }

    private Job flood(long id, int items, @Nullable String label) {
        String name = "flood-" + id;
        JobDefinition definition = JobDefinition.freestyle(label, Step.lasting(Duration.ofSeconds(1)))
                .concurrentWith(Map.of("n", ""));
        Job job = controller
                .jobs()
                .create(name, "job/" + name + "/", definition, "<project/>")
                .orElseThrow(() -> new IllegalStateException("job " + name + " exists"));
        var _ = controller.jobs().buildMany(job, "n", items, new Cause.ByUser("flood"));
        return job;
    }

    private void end(Active active) {
        if (active.over) {
            return;
        }
        active.over = true;
        if (active.fault instanceof Fault.PermissionRemoved(String user, var permission)) {
            accounts.restore(user, permission);
        } else if (active.flood != null) {
            controller.jobs().delete(active.flood);
        }
    }

    /** What happens to a request: any number of delays, then at most one other thing. Counts as one request. */
    public synchronized List<Fault.OnRequest> on(String method, String path) {
        endWhatIsOver();
        List<Fault.OnRequest> happening = new ArrayList<>();
        boolean decided = false;
        for (Active active : faults) {
            if (!active.over && active.fault instanceof Fault.OnRequest fault && active.scope.covers(method, path)) {
                boolean slow = fault instanceof Fault.Slow;
                if (slow || !decided) {
                    happening.add(fault);
                    decided |= !slow;
                    count(active);
                }
            }
        }
        return happening;
    }

    private void count(Active active) {
        active.hits++;
        Integer count = active.scope.count();
        if (count != null && active.hits >= count) {
            end(active);
        }
    }

    private void endWhatIsOver() {
        long now = clock.millis();
        faults.stream().filter(active -> active.until <= now).forEach(this::end);
    }

    /** How long an answer is to be late. */
    public synchronized Duration draw(Latency latency) {
        return latency.draw(random);
    }

    /** Every fault that was injected and not cleared, those that are over too. */
    public synchronized List<Injected> list() {
        endWhatIsOver();
        return faults.stream().map(Active::picture).toList();
    }

    /** Switches a fault off and forgets it; false when there is none. */
    public synchronized boolean clear(long id) {
        faults.stream().filter(active -> active.id == id).forEach(this::end);
        return faults.removeIf(active -> active.id == id);
    }

    /** Switches every fault off and forgets it. */
    public synchronized void clear() {
        faults.forEach(this::end);
        faults.clear();
    }
}
