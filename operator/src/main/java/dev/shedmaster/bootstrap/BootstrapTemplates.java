package dev.shedmaster.bootstrap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.samskivert.mustache.MustacheException;
import dev.shedmaster.port.AgentCredentials;
import dev.shedmaster.port.Nothing;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Renders boot data. Templates are Mustache without logic: they can place values and run nothing. A variable that does not
 * exist is an error that names it. The variables are described in docs/bootstrap.md.
 */
public final class BootstrapTemplates {
    private static final String FIELD = "bootstrap.templateRef";

    private final ObjectMapper json = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private final CompiledTemplates compiled = new CompiledTemplates();

    /** Renders the built-in template. */
    public Outcome<String> render(BootstrapFormat format, BootstrapValues values) {
        return render(format, BuiltInFiles.of(format).template(), values);
    }

    /**
     * Renders a user's template.
     *
     * @return {@code Invalid} with what is wrong and where, if the template cannot be used
     */
    public Outcome<String> render(BootstrapFormat format, String template, BootstrapValues values) {
        String rendered;
        try {
            rendered = compiled.of(template).execute(variables(format, values));
        } catch (MustacheException.Context e) {
            return invalid(
                    "variable \"" + e.key + "\" in line " + e.lineNo
                            + " does not exist, or is not in the form that the template uses; docs/bootstrap.md lists them all");
        } catch (MustacheException e) {
            return invalid(String.valueOf(e.getMessage()));
        } catch (UnsupportedOperationException e) {
            return invalid("partials ({{>name}}) are not supported: write the template in one piece");
        }
        return format.isJson() ? checkedJson(rendered) : Outcome.done(rendered);
    }

    /** Whether a user's template can be used at all, tried with values of no meaning; parameters as the pool has them. */
    public Outcome<Nothing> check(BootstrapFormat format, String template, Map<String, String> parameters) {
        return render(format, template, sample(null, parameters))
                .then(rendered -> render(format, template, sample("CERTIFICATES\n", parameters)))
                .map(rendered -> Nothing.NOTHING);
    }

    private static BootstrapValues sample(@Nullable String caBundle, Map<String, String> parameters) {
        return new BootstrapValues(
                new AgentCredentials(
                        URI.create("https://jenkins.example.org/"), "sm-sample-aaaaaaaa", "0".repeat(64), caBundle),
                "/var/lib/jenkins",
                "sample/sample",
                "sample/sm-sample-aaaaaaaa",
                true,
                BootstrapValues.DEFAULT_AGENT_IMAGE,
                parameters);
    }

    private Outcome<String> checkedJson(String rendered) {
        try {
            json.readTree(rendered);
            return Outcome.done(rendered);
        } catch (JsonProcessingException e) {
            // The parser's own message quotes the text around the fault, which may hold the secret.
            return invalid(
                    "the rendered text is no JSON in line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr());
        }
    }

    private static Map<String, Object> variables(BootstrapFormat format, BootstrapValues values) {
        Map<String, Object> variables = new LinkedHashMap<>(values.parameters());
        AgentCredentials agent = values.agent();
        String environment = environment(values);
        AgentFiles files = BuiltInFiles.of(format).agentFiles(agent.caBundle());
        String caBundle = Objects.requireNonNullElse(agent.caBundle(), "");
        variables.put("jenkinsUrl", agent.url().toString());
        variables.put("agentName", agent.name());
        variables.put("agentSecret", agent.secret());
        variables.put("workDirectory", values.workDirectory());
        variables.put("pool", values.pool());
        variables.put("worker", values.worker());
        variables.put("kvmRequired", values.kvmRequired());
        variables.put("agentImage", values.agentImage());
        variables.put("agentEnvironment", environment);
        variables.put("agentEnvironmentBase64", AgentFiles.base64(environment));
        variables.put("agentUnit", files.unit());
        variables.put("agentUnitBase64", files.unitBase64());
        variables.put("agentPrepare", files.prepare());
        variables.put("agentPrepareBase64", files.prepareBase64());
        variables.put("caBundleGiven", agent.caBundle() != null);
        variables.put("caBundle", caBundle);
        variables.put("caBundleBase64", AgentFiles.base64(caBundle));
        return variables;
    }

    private static String environment(BootstrapValues values) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("JENKINS_URL", values.agent().url().toString());
        settings.put("JENKINS_AGENT_NAME", values.agent().name());
        settings.put("JENKINS_SECRET", values.agent().secret());
        settings.put("JENKINS_WEB_SOCKET", "true");
        settings.put("JENKINS_AGENT_WORKDIR", values.workDirectory());
        settings.put("SHEDMASTER_KVM", values.kvmRequired() ? "required" : "unneeded");
        settings.put("SHEDMASTER_AGENT_IMAGE", values.agentImage());
        return EnvironmentFile.of(settings);
    }

    private static <T> Outcome<T> invalid(String why) {
        return Outcome.failed(new PortError.Invalid(FIELD, FIELD + ": " + why));
    }
}
