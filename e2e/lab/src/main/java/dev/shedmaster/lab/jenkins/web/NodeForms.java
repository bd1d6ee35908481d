package dev.shedmaster.lab.jenkins.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.shedmaster.lab.jenkins.controller.Mode;
import dev.shedmaster.lab.jenkins.controller.NodeConfig;
import dev.shedmaster.lab.jenkins.controller.NodeConfig.Launcher;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** The two ways in which a node's configuration is sent, and the one in which it is read back. */
final class NodeForms {
    private static final String UNSAFE = "?*/\\%!@#$^&|<>[]:;";
    private static final String ALWAYS = "hudson.slaves.RetentionStrategy$Always";
    private static final String INBOUND = "hudson.slaves.JNLPLauncher";

    private final ObjectMapper mapper = new ObjectMapper();

    /** Refuses a name as the controller does. */
    static String goodName(@Nullable String name) {
        if (name == null || name.isBlank()) {
            throw new Refusal(400, "No name is specified");
        }
        String trimmed = name.strip();
        if (trimmed.equals(".") || trimmed.equals("..")) {
            throw new Refusal(400, "\u2018" + trimmed + "\u2019 is not an allowed name");
        }
        if (trimmed.endsWith(".")) {
            throw new Refusal(400, "A name cannot end with \u2018.\u2019");
        }
        for (int i = 0; i < trimmed.length(); i++) {
            char c = trimmed.charAt(i);
            if (Character.isISOControl(c)) {
                throw new Refusal(400, "No control characters are allowed");
            }
            if (UNSAFE.indexOf(c) >= 0) {
                throw new Refusal(400, "\u2018" + c + "\u2019 is an unsafe character");
            }
        }
        return trimmed;
    }

    /** Reads the form of {@code doCreateItem}. */
    NodeConfig fromJson(String name, @Nullable String json) {
        JsonNode form;
        try {
            form = mapper.readTree(json == null ? "" : json);
        } catch (JsonProcessingException notJson) {
            throw new Refusal(400, "The form parameter json is not JSON");
        }
        if (!form.isObject()) {
            throw new Refusal(400, "The form parameter json is missing");
        }
        JsonNode launcher = form.path("launcher");
        requireInbound(name, launcher.path("stapler-class").asText());
        JsonNode workDir = launcher.path("workDirSettings");
        String description = form.path("nodeDescription").asText("");
        return new NodeConfig(
                name,
                description.isEmpty() ? null : description,
                form.path("remoteFS").asText(""),
                executors(name, form.path("numExecutors").asText("1")),
                mode(form.path("mode").asText("NORMAL")),
                form.path("labelString").asText(""),
                new Launcher(
                        launcher.path("webSocket").asBoolean(false),
                        workDir.path("disabled").asBoolean(false),
                        emptyToNull(workDir.path("workDirPath").asText("")),
                        workDir.path("internalDir").asText("remoting"),
                        workDir.path("failIfWorkDirIsMissing").asBoolean(false)),
                form.path("retentionStrategy").path("stapler-class").asText(ALWAYS));
    }

    /** Reads a {@code slave} document. */
    NodeConfig fromXml(String name, byte[] document) {
        Element slave = Xml.parse(document);
        if (!slave.getTagName().equals("slave")) {
            throw new Refusal(400, "Expected a <slave> document, got <" + slave.getTagName() + ">");
        }
        Element launcher = Xml.child(slave, "launcher");
        requireInbound(name, launcher == null ? "" : launcher.getAttribute("class"));
        Element workDir = launcher == null ? null : Xml.child(launcher, "workDirSettings");
        Element retention = Xml.child(slave, "retentionStrategy");
        return new NodeConfig(
                name,
                emptyToNull(Xml.text(slave, "description", "")),
                Xml.text(slave, "remoteFS", ""),
                executors(name, Xml.text(slave, "numExecutors", "1")),
                mode(Xml.text(slave, "mode", "NORMAL")),
                Xml.text(slave, "label", ""),
                new Launcher(
                        Boolean.parseBoolean(Xml.text(launcher, "webSocket", "false")),
                        Boolean.parseBoolean(Xml.text(workDir, "disabled", "false")),
                        emptyToNull(Xml.text(workDir, "workDirPath", "")),
                        Xml.text(workDir, "internalDir", "remoting"),
                        Boolean.parseBoolean(Xml.text(workDir, "failIfWorkDirIsMissing", "false"))),
                retention == null ? ALWAYS : retention.getAttribute("class"));
    }

    private static void requireInbound(String name, String launcher) {
        if (!launcher.equals(INBOUND)) {
            throw new Refusal(
                    400,
                    "Agent " + name + ": this stand-in has inbound agents only, not the launcher '" + launcher + "'");
        }
    }

    private static int executors(String name, String number) {
        try {
            int executors = Integer.parseInt(number.strip());
            if (executors > 0) {
                return executors;
            }
        } catch (NumberFormatException notANumber) {
            // refused below, as a number that is too small
        }
        throw new Refusal(400, "Invalid agent configuration for " + name + ". Invalid # of executors.");
    }

    private static Mode mode(String mode) {
        return switch (mode) {
            case "NORMAL" -> Mode.NORMAL;
            case "EXCLUSIVE" -> Mode.EXCLUSIVE;
            default -> throw new Refusal(400, "Unknown mode '" + mode + "': expected NORMAL or EXCLUSIVE");
        };
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }

    /** The configuration as {@code config.xml}. */
    static String toXml(NodeConfig node) {
        Launcher launcher = node.launcher();
        String description = node.description();
        String workDirPath = launcher.workDirPath();
        return """
                <?xml version="1.1" encoding="UTF-8"?>
                <slave>
                  <name>%s</name>
                %s  <remoteFS>%s</remoteFS>
                  <numExecutors>%d</numExecutors>
                  <mode>%s</mode>
                  <retentionStrategy class="%s"/>
                  <launcher class="%s">
                    <workDirSettings>
                      <disabled>%s</disabled>
                %s      <internalDir>%s</internalDir>
                      <failIfWorkDirIsMissing>%s</failIfWorkDirIsMissing>
                    </workDirSettings>
                    <webSocket>%s</webSocket>
                  </launcher>
                  <label>%s</label>
                  <nodeProperties/>
                </slave>""".formatted(
                ErrorPage.escaped(node.name()),
                description == null ? "" : "  <description>" + ErrorPage.escaped(description) + "</description>\n",
                ErrorPage.escaped(node.remoteFs()),
                node.executors(),
                node.mode(),
                ErrorPage.escaped(node.retentionClass()),
                INBOUND,
                launcher.workDirDisabled(),
                workDirPath == null ? "" : "      <workDirPath>" + ErrorPage.escaped(workDirPath) + "</workDirPath>\n",
                ErrorPage.escaped(launcher.internalDir()),
                launcher.failIfWorkDirIsMissing(),
                launcher.webSocket(),
                ErrorPage.escaped(node.labelString()));
    }
}
