package dev.shedmaster.kube.status;

import dev.shedmaster.api.v1alpha1.Condition;
import dev.shedmaster.api.v1alpha1.ConditionStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A kind's conditions while its status is worked out. What stays as it was keeps the time of its last change. */
public final class Conditions {
    private final List<Condition> before;
    private final long generation;
    private final Instant now;
    private final List<Condition> result = new ArrayList<>();

    public Conditions(List<Condition> before, long generation, Instant now) {
        this.before = before;
        this.generation = generation;
        this.now = now;
    }

    /** The one of that type, if it was told. */
    public static Optional<Condition> find(List<Condition> told, String type) {
        return told.stream().filter(condition -> condition.type().equals(type)).findFirst();
    }

    public Conditions holds(String type, String reason, String message) {
        return set(type, ConditionStatus.TRUE, reason, message);
    }

    public Conditions fails(String type, String reason, String message) {
        return set(type, ConditionStatus.FALSE, reason, message);
    }

    public Conditions unknown(String type, String reason, String message) {
        return set(type, ConditionStatus.UNKNOWN, reason, message);
    }

    public List<Condition> list() {
        return result.stream().sorted(Comparator.comparing(Condition::type)).toList();
    }

    private Conditions set(String type, ConditionStatus status, String reason, String message) {
        Instant since = before.stream()
                .filter(known -> known.type().equals(type) && known.status() == status)
                .map(Condition::lastTransitionTime)
                .findFirst()
                .orElse(now);
        result.add(new Condition(type, status, reason, message, since, generation));
        return this;
    }
}
