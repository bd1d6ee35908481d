package dev.shedmaster.lab.jenkins.controller;

import java.util.Collection;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A job and its builds. Changed under the controller's lock only; may be read at any time. */
public final class Job {
    private final String name;
    private final String path;
    private volatile JobDefinition definition;
    private volatile String configXml;
    private final NavigableMap<Integer, Build> builds = new ConcurrentSkipListMap<>();
    private final NavigableMap<String, Job> configurations = new ConcurrentSkipListMap<>();
    private final AtomicInteger nextNumber = new AtomicInteger(1);
    private final AtomicInteger queued = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();
    private volatile @Nullable Build lastCompleted;
    private volatile long estimatedDuration = -1;

    Job(String name, String path, JobDefinition definition, String configXml) {
        this.name = name;
        this.path = path;
        this.definition = definition;
        this.configXml = configXml;
    }

    public String name() {
        return name;
    }

    /** The job's address below the root, with a slash at its end. */
    public String path() {
        return path;
    }

    public JobDefinition definition() {
        return definition;
    }

    public JobKind kind() {
        return definition.kind();
    }

    public String configXml() {
        return configXml;
    }

    void configure(JobDefinition changed, String changedXml) {
        definition = changed;
        configXml = changedXml;
    }

    public int nextNumber() {
        return nextNumber.get();
    }

    /** The builds, newest first. */
    public Collection<Build> builds() {
        return builds.descendingMap().values();
    }

    public @Nullable Build build(int number) {
        return builds.get(number);
    }

    /** A matrix's children by their combination. */
    public Collection<Job> configurations() {
        return configurations.values();
    }

    public @Nullable Job configuration(String combination) {
        return configurations.get(combination);
    }

    public boolean inQueue() {
        return queued.get() > 0;
    }

    void queuedBy(int change) {
        queued.addAndGet(change);
    }

    Build begin(QueueEntry entry, long now) {
        Build build = new Build(this, nextNumber.getAndIncrement(), entry, now);
        builds.put(build.number(), build);
        running.incrementAndGet();
        return build;
    }

    Job configurationFor(String combination, JobDefinition child) {
        return configurations.computeIfAbsent(
                combination, key -> new Job(key, path + key + "/", child, "<matrix-config/>"));
    }

    /** Takes note that a build ended, so that nothing has to look through all of them. */
    void ended(Build build) {
        Build last = lastCompleted;
        if (last == null || last.number() < build.number()) {
            lastCompleted = build;
        }
        if (build.result() == Result.SUCCESS) {
            long known = estimatedDuration;
            estimatedDuration = known < 0 ? build.duration() : (2 * known + build.duration()) / 3;
        }
        running.decrementAndGet();
    }

    /** The builds that have begun and not ended. */
    int running() {
        return running.get();
    }

    /** The colour of the job's ball. */
    public String color() {
        Build completed = lastCompleted;
        Result result = completed == null ? null : completed.result();
        String ball = result == null
                ? "notbuilt"
                : switch (result) {
                    case SUCCESS -> "blue";
                    case FAILURE -> "red";
                    case ABORTED -> "aborted";
                };
        return running.get() > 0 ? ball + "_anime" : ball;
    }

    /** How long a build takes, in milliseconds, as far as is known from the last ones; -1 when unknown. */
    public long estimatedDuration() {
        return estimatedDuration;
    }
}
