package dev.shedmaster.lab.jenkins.web;

import dev.shedmaster.lab.jenkins.controller.JobDefinition;
import dev.shedmaster.lab.jenkins.controller.JobKind;
import dev.shedmaster.lab.jenkins.controller.PipelineScript;
import dev.shedmaster.lab.jenkins.controller.ShellScript;
import dev.shedmaster.lab.jenkins.controller.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** Reads a job's {@code config.xml}. What a build does is read from its shell steps or its Pipeline script. */
final class JobForms {

    JobDefinition fromXml(byte[] document) {
        Element root = Xml.parse(document);
        return switch (root.getTagName()) {
            case "project" -> definition(JobKind.FREESTYLE, root, label(root), shellSteps(root), List.of(), false);
            case "matrix-project" -> definition(JobKind.MATRIX, root, null, shellSteps(root), axis(root), false);
            case "flow-definition" -> definition(JobKind.PIPELINE, root, null, script(root), List.of(), true);
            default ->
                throw new Refusal(
                        400,
                        "This stand-in has the jobs <project>, <matrix-project> and <flow-definition>, not <"
                                + root.getTagName() + ">");
        };
    }

    private static JobDefinition definition(
            JobKind kind, Element root, @Nullable String label, Step body, List<String> axis, boolean concurrent) {
        String quietPeriod = Xml.text(root, "quietPeriod", "");
        try {
            return new JobDefinition(
                    kind,
                    label,
                    body,
                    axis,
                    Boolean.parseBoolean(Xml.text(root, "concurrentBuild", String.valueOf(concurrent))),
                    lock(root),
                    throttle(root),
                    parameters(root),
                    quietPeriod.isEmpty() ? null : Duration.ofSeconds(Integer.parseInt(quietPeriod)));
        } catch (NumberFormatException notANumber) {
            throw new Refusal(400, "Expected a number in the job's configuration: " + notANumber.getMessage());
        }
    }

    private static @Nullable String label(Element root) {
        String label = Xml.text(root, "assignedNode", "");
        boolean roams = Boolean.parseBoolean(Xml.text(root, "canRoam", "false"));
        return label.isEmpty() || roams ? null : label;
    }

    private static Step shellSteps(Element root) {
        List<Step> steps = new ArrayList<>();
        Element builders = Xml.child(root, "builders");
        if (builders != null) {
            for (Element builder : Xml.children(builders, "*")) {
                if (!builder.getTagName().equals("hudson.tasks.Shell")) {
                    throw new Refusal(400, "This stand-in knows shell steps only, not <" + builder.getTagName() + ">");
                }
                steps.add(ShellScript.read(Xml.text(builder, "command", "")));
            }
        }
        return new Step.Sequence(steps);
    }

    private static Step script(Element root) {
        String script = Xml.text(Xml.child(root, "definition"), "script", "");
        try {
            return PipelineScript.read(script);
        } catch (IllegalArgumentException notUnderstood) {
            throw new Refusal(400, "Pipeline script: " + notUnderstood.getMessage());
        }
    }

    private static List<String> axis(Element root) {
        List<String> labels = new ArrayList<>();
        Element axes = Xml.child(root, "axes");
        Element axis = axes == null ? null : Xml.child(axes, "hudson.matrix.LabelAxis");
        Element values = axis == null ? null : Xml.child(axis, "values");
        if (values != null) {
            Xml.children(values, "string")
                    .forEach(value -> labels.add(value.getTextContent().strip()));
        }
        return labels;
    }

    private static Map<String, String> parameters(Element root) {
        Map<String, String> parameters = new LinkedHashMap<>();
        Element property = property(root, "hudson.model.ParametersDefinitionProperty");
        Element definitions = property == null ? null : Xml.child(property, "parameterDefinitions");
        if (definitions != null) {
            Xml.children(definitions, "*")
                    .forEach(one -> parameters.put(Xml.text(one, "name", ""), Xml.text(one, "defaultValue", "")));
        }
        return parameters;
    }

    private static @Nullable String lock(Element root) {
        String names = Xml.text(
                property(root, "org.jenkins.plugins.lockableresources.RequiredResourcesProperty"), "resourceNames", "");
        return names.isEmpty() ? null : names;
    }

    private static int throttle(Element root) {
        String most = Xml.text(
                property(root, "hudson.plugins.throttleconcurrents.ThrottleJobProperty"), "maxConcurrentTotal", "0");
        return Integer.parseInt(most);
    }

    private static @Nullable Element property(Element root, String name) {
        Element properties = Xml.child(root, "properties");
        return properties == null ? null : Xml.child(properties, name);
    }
}
