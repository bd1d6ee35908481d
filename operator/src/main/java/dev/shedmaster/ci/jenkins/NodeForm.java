package dev.shedmaster.ci.jenkins;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import okhttp3.FormBody;

/**
 * The form in which Jenkins is asked for a node of an inbound agent that connects by WebSocket. The JSON form is understood
 * by all versions; the XML one by 2.539 and later only (reference: jenkins.md, section 1.6).
 *
 * @param labels separated by blanks
 * @param exclusive whether only builds that ask for one of the labels may run there
 * @param workDirectory the agent's root, absolute
 */
record NodeForm(
        String name, String description, String labels, int executors, boolean exclusive, String workDirectory) {
    private static final String TYPE = "hudson.slaves.DumbSlave";

    FormBody body() {
        return new FormBody.Builder()
                .add("name", name)
                .add("type", TYPE)
                .add("json", json().toString())
                .build();
    }

    private ObjectNode json() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("name", name)
                .put("nodeDescription", description)
                .put("numExecutors", Integer.toString(executors))
                .put("remoteFS", workDirectory)
                .put("labelString", labels)
                .put("mode", exclusive ? "EXCLUSIVE" : "NORMAL")
                .put("type", TYPE);
        node.putObject("retentionStrategy").put("stapler-class", "hudson.slaves.RetentionStrategy$Always");
        node.putObject("nodeProperties").put("stapler-class-bag", "true");
        node.putObject("launcher")
                .put("stapler-class", "hudson.slaves.JNLPLauncher")
                .put("webSocket", true)
                .putObject("workDirSettings")
                .put("disabled", false)
                .put("workDirPath", "")
                .put("internalDir", "remoting")
                .put("failIfWorkDirIsMissing", false);
        return node;
    }
}
