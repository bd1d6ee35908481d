package dev.shedmaster.ci.jenkins;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An item of Jenkins' queue as its remote API tells it (reference: jenkins.md, section 1.2).
 *
 * @param kind the item's class, such as {@code hudson.model.Queue$BuildableItem}
 * @param id unique and rising, restarts included
 * @param pending an executor has been found and takes it any moment
 * @param since when it could have run, or entered the queue
 * @param why Jenkins' sentence about what it waits for, null if it has none
 * @param taskClass the class of what would run
 * @param taskName what a person calls that
 * @param labelExpression the job's label expression as typed; empty if it has none, null if its class does not tell
 * @param parameterLabel the label that this one build was asked to run on by a parameter, null if none was
 */
record QueueItem(
        String kind,
        long id,
        boolean pending,
        Instant since,
        @Nullable String why,
        String taskClass,
        String taskName,
        @Nullable String labelExpression,
        @Nullable String parameterLabel) {

    /** Waits for an executor and for nothing else. */
    boolean buildable() {
        return kind.endsWith("$BuildableItem");
    }

    /**
     * What the build was configured to ask for; null if only {@code why} can tell: a Pipeline step has no such field, and
     * the one of a matrix cell is wrong, since its label comes from its axes.
     */
    @Nullable
    String configuredLabel() {
        if (parameterLabel != null) {
            return parameterLabel;
        }
        return taskClass.endsWith(".MatrixConfiguration") ? null : labelExpression;
    }

    /**
     * Runs beside the executors and needs none: the Pipeline itself, the matrix itself, and what scans repositories for
     * branches.
     */
    boolean flyweight() {
        return taskClass.endsWith(".WorkflowJob")
                || taskClass.endsWith(".MatrixProject")
                || taskClass.endsWith("MultiBranchProject")
                || taskClass.endsWith(".OrganizationFolder")
                || taskClass.endsWith(".ComputedFolder");
    }
}
