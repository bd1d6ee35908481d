package dev.shedmaster.bootstrap;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/**
 * What runs the agent on a machine.
 *
 * @param unit the agent's, the same for built-in and own templates
 * @param prepare the script that runs before the agent
 */
record AgentFiles(String unit, String unitBase64, String prepare, String prepareBase64) {

    /** Makes the files of one format. The tags of their sources begin with a #, a comment to the shell and to systemd. */
    record Sources(Template unit, Template prepare, String trust) {
        private static final Mustache.Compiler COMPILER = Mustache.compiler()
                .withDelims("#{ }")
                .withCollector(new StrictVariables())
                .escapeHTML(false);

        static Sources of(String unit, String prepare, String trust) {
            return new Sources(COMPILER.compile(unit), COMPILER.compile(prepare), trust);
        }

        /** The files for a machine whose own certificates tell it who Jenkins is. */
        AgentFiles plain() {
            return made(Map.of("caBundle", false));
        }

        /** The files for one that has to trust others as well. */
        AgentFiles trusting(String caBundle) {
            return made(Map.of("caBundle", caBundle.stripTrailing(), "agentTrust", trust.stripTrailing()));
        }

        private AgentFiles made(Map<String, Object> variables) {
            String made = unit.execute(variables);
            String script = prepare.execute(variables);
            return new AgentFiles(made, base64(made), script, base64(script));
        }
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
