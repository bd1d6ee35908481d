package dev.shedmaster.core.planning;

/**
 * Why a number of a plan is what it is. A reason keeps its numbers as fields, so that nothing has to be read out of its
 * sentence again.
 */
public sealed interface Reason permits Sizing, Purpose, Hold, Departure, Prospect {

    /** Stable and CamelCase: a metric's label, a condition's reason. */
    default String code() {
        return getClass().getSimpleName();
    }

    /** A sentence for a person, without a full stop. */
    String text();
}
