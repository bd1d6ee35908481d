package dev.shedmaster.cli;

import dev.shedmaster.api.v1alpha1.Condition;
import dev.shedmaster.api.v1alpha1.ConditionStatus;
import dev.shedmaster.api.v1alpha1.JenkinsBinding;
import dev.shedmaster.api.v1alpha1.JenkinsNodeMode;
import dev.shedmaster.api.v1alpha1.JenkinsServer;
import dev.shedmaster.api.v1alpha1.Scaling;
import dev.shedmaster.api.v1alpha1.WorkerPool;
import dev.shedmaster.core.demand.Requirement;
import dev.shedmaster.core.label.Excerpt;
import dev.shedmaster.kube.pool.ScheduleTimes;
import dev.shedmaster.kube.pool.ScheduleWindow;
import dev.shedmaster.kube.status.Conditions;
import dev.shedmaster.kube.status.Names;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says whether a job would get a worker of a pool, by what the pool's spec says and what the operator found.
 *
 * @param requirement what the job asks for
 * @param source the JenkinsServer where it waits, as {@code namespace/name}; null if that is left open
 * @param servers all JenkinsServers by {@code namespace/name}
 * @param now which schedules hold depends on it
 */
record PoolJudge(Requirement requirement, @Nullable String source, Map<String, JenkinsServer> servers, Instant now) {
    private static final int MOST_UNMET = 5;

    /** Which JenkinsServer the pool works for, as {@code namespace/name}; nothing if for none. */
    static Optional<String> serverOf(WorkerPool pool) {
        JenkinsBinding jenkins = pool.getSpec().ci().jenkins();
        return jenkins == null ? Optional.empty() : Optional.of(Names.of(pool, jenkins.serverRef()));
    }

    /**
     * What keeps the job from a worker of the pool, each as a part of a sentence about the pool; empty if nothing does. The
     * state of a pool that the job is not for is of no interest.
     */
    List<String> objections(WorkerPool pool) {
        JenkinsBinding jenkins = pool.getSpec().ci().jenkins();
        if (jenkins == null) {
            return List.of("serves no Jenkins");
        }
        String server = Names.of(pool, jenkins.serverRef());
        if (source != null && !source.equals(server)) {
            return List.of("works for another JenkinsServer");
        }
        Set<String> labels = Set.copyOf(jenkins.labels());
        boolean exclusive = jenkins.mode() == JenkinsNodeMode.EXCLUSIVE;
        return requirement.servedBy(labels, exclusive)
                ? hindrances(pool, server)
                : readable(requirement.unmetBy(labels, exclusive));
    }

    /** What a job asks for may be of any length, and so may be what a pool lacks of it. */
    private static List<String> readable(List<String> unmet) {
        List<String> told = new ArrayList<>();
        unmet.stream().limit(MOST_UNMET).map(Excerpt::of).forEach(told::add);
        if (unmet.size() > MOST_UNMET) {
            told.add("and " + (unmet.size() - MOST_UNMET) + " more");
        }
        return told;
    }

    private List<String> hindrances(WorkerPool pool, String server) {
        List<String> hindrances = new ArrayList<>();
        if (pool.getMetadata().getDeletionTimestamp() != null) {
            hindrances.add("is being deleted");
        }
        pause(pool.getSpec().scaling()).ifPresent(hindrances::add);
        JenkinsServer known = servers.get(server);
        if (known == null) {
            // The pool's own condition says the same once the operator has looked at it.
            hindrances.add("works for JenkinsServer " + server + ", which does not exist: create it");
            return hindrances;
        }
        trouble(known, known.getStatus() == null ? List.of() : known.getStatus().conditions())
                .map(trouble -> "works for JenkinsServer " + server + ", which " + trouble)
                .ifPresent(hindrances::add);
        trouble(pool, pool.getStatus() == null ? List.of() : pool.getStatus().conditions())
                .ifPresent(hindrances::add);
        return hindrances;
    }

    private Optional<String> pause(Scaling scaling) {
        if (scaling.max() == 0) {
            return Optional.of("is paused, because spec.scaling.max is 0");
        }
        ScheduleWindow window = ScheduleWindow.at(scaling, now, new ScheduleTimes());
        return window.max() > 0 ? Optional.empty() : Optional.of("is paused by " + window.maxNote());
    }

    private static Optional<String> trouble(HasMetadata object, List<Condition> conditions) {
        Condition ready = Conditions.find(conditions, Condition.READY).orElse(null);
        String ask = ": does one serve namespace " + object.getMetadata().getNamespace() + "?";
        if (ready == null) {
            return Optional.of("has been looked at by no operator yet" + ask);
        }
        if (ready.status() != ConditionStatus.TRUE) {
            return Optional.of("is not ready: " + ready.message());
        }
        return Objects.requireNonNullElse(ready.observedGeneration(), 0L)
                        < Objects.requireNonNullElse(object.getMetadata().getGeneration(), 0L)
                ? Optional.of("has been looked at by no operator since its last change" + ask)
                : Optional.empty();
    }
}
