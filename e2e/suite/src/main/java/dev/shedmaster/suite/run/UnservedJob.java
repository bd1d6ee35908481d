package dev.shedmaster.suite.run;

import dev.shedmaster.lab.jenkins.JenkinsStandIn;
import dev.shedmaster.lab.jenkins.controller.Batch;
import java.time.Duration;

/** A job whose label no pool serves: it waits all night, and the operator has to say so. */
final class UnservedJob {
    /** As Jenkins prints it. */
    static final String LABEL = "amd64&&hsm";

    private static final String NAME = "sign-images";

    private UnservedJob() {}

    static boolean isOf(String label) {
        return label.equals(LABEL);
    }

    /** What to say first of what waits for a label, so that nobody takes this job for a fault. */
    static String mark(String label) {
        return isOf(label) ? "on purpose: " : "";
    }

    static void enqueue(JenkinsStandIn jenkins) {
        jenkins.enqueue(Batch.freestyle(NAME, 1, LABEL, Duration.ofSeconds(1)));
    }
}
