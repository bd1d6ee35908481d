package dev.shedmaster.lab.jenkins.controller;

/** The kinds of job that the stand-in runs, with the classes under which a controller exports them. */
public enum JobKind {
    FREESTYLE("hudson.model.FreeStyleProject", "hudson.model.FreeStyleBuild", false),
    PIPELINE("org.jenkinsci.plugins.workflow.job.WorkflowJob", "org.jenkinsci.plugins.workflow.job.WorkflowRun", true),
    MATRIX("hudson.matrix.MatrixProject", "hudson.matrix.MatrixBuild", true),
    MATRIX_CONFIGURATION("hudson.matrix.MatrixConfiguration", "hudson.matrix.MatrixRun", false);

    private final String jobClass;
    private final String buildClass;
    private final boolean flyweight;

    JobKind(String jobClass, String buildClass, boolean flyweight) {
        this.jobClass = jobClass;
        this.buildClass = buildClass;
        this.flyweight = flyweight;
    }

    public String jobClass() {
        return jobClass;
    }

    public String buildClass() {
        return buildClass;
    }

    /** Whether its builds take no executor themselves. */
    boolean flyweight() {
        return flyweight;
    }
}
