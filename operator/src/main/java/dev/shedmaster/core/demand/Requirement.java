package dev.shedmaster.core.demand;

import java.util.List;
import java.util.Set;

/**
 * What a job asks of the worker that runs it. Equal requirements are interchangeable, so a fleet's demand is counted by
 * requirement and not job by job.
 */
public sealed interface Requirement permits Unlabelled, Labelled {

    /**
     * Whether a worker could take the job.
     *
     * @param labels the worker's labels, matched exactly and case-sensitively
     * @param exclusive whether the worker takes only jobs that name one of its labels
     */
    boolean servedBy(Set<String> labels, boolean exclusive);

    /** How a person reads it: the expression as the user typed it. */
    String describe();

    /**
     * What keeps such a worker from taking the job, each as a part of a sentence about the worker ("lacks kvm"); empty if
     * nothing does. The fewer, the nearer the worker is.
     */
    List<String> unmetBy(Set<String> labels, boolean exclusive);
}
