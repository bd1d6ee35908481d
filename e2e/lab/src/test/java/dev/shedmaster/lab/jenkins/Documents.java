package dev.shedmaster.lab.jenkins;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The documents that a user of the controller would send. */
final class Documents {
    private Documents() {}

    static String node(String name, String labels, String mode, int executors) {
        return """
                <?xml version="1.1" encoding="UTF-8"?>
                <slave>
                  <name>%s</name>
                  <remoteFS>/home/jenkins/agent</remoteFS>
                  <numExecutors>%d</numExecutors>
                  <mode>%s</mode>
                  <retentionStrategy class="hudson.slaves.RetentionStrategy$Always"/>
                  <launcher class="hudson.slaves.JNLPLauncher">
                    <workDirSettings>
                      <disabled>true</disabled>
                      <internalDir>remoting</internalDir>
                      <failIfWorkDirIsMissing>false</failIfWorkDirIsMissing>
                    </workDirSettings>
                    <webSocket>true</webSocket>
                  </launcher>
                  <label>%s</label>
                  <nodeProperties/>
                </slave>""".formatted(name, executors, mode, labels);
    }

    static Map<String, String> nodeForm(String name, String labels) {
        return Map.of("name", name, "type", "hudson.slaves.DumbSlave", "json", """
                {"name":"%s","nodeDescription":"made by a form","numExecutors":"2","remoteFS":"/srv/agent",
                 "labelString":"%s","mode":"EXCLUSIVE","nodeProperties":{"stapler-class-bag":"true"},
                 "retentionStrategy":{"stapler-class":"hudson.slaves.RetentionStrategy$Always"},
                 "launcher":{"stapler-class":"hudson.slaves.JNLPLauncher","webSocket":true}}""".formatted(name, labels));
    }

    static String freestyle(@Nullable String label, String shell) {
        return "<project>"
                + (label == null
                        ? "<canRoam>true</canRoam>"
                        : "<assignedNode>" + escaped(label) + "</assignedNode><canRoam>false</canRoam>")
                + "<builders><hudson.tasks.Shell><command>" + escaped(shell)
                + "</command></hudson.tasks.Shell></builders></project>";
    }

    static String pipeline(String script) {
        return "<flow-definition><definition class=\"org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition\"><script>"
                + escaped(script) + "</script><sandbox>true</sandbox></definition></flow-definition>";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
