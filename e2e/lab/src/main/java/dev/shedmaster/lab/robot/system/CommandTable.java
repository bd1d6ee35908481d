package dev.shedmaster.lab.robot.system;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A system that knows some commands: whole lines, programs with any arguments, or scripts that are sent along under a
 * name. What it does not know, no shell would find.
 */
public final class CommandTable implements ServerSystem {
    private final Map<String, ServerSystem> lines;
    private final Map<String, ServerSystem> programs;
    private final Map<String, ServerSystem> scripts;

    private CommandTable(
            Map<String, ServerSystem> lines, Map<String, ServerSystem> programs, Map<String, ServerSystem> scripts) {
        this.lines = lines;
        this.programs = programs;
        this.scripts = scripts;
    }

    public static CommandTable empty() {
        return new CommandTable(Map.of(), Map.of(), Map.of());
    }

    /** Knows this line too. */
    public CommandTable line(String line, ServerSystem answer) {
        return new CommandTable(with(lines, line, answer), programs, scripts);
    }

    /** Knows every line too whose first word this is, unless the whole line is known. */
    public CommandTable program(String name, ServerSystem answer) {
        return new CommandTable(lines, with(programs, name, answer), scripts);
    }

    /** Does this instead of every script that calls itself so. */
    public CommandTable script(String name, ServerSystem answer) {
        return new CommandTable(lines, programs, with(scripts, name, answer));
    }

    private static Map<String, ServerSystem> with(Map<String, ServerSystem> known, String word, ServerSystem answer) {
        Map<String, ServerSystem> more = new LinkedHashMap<>(known);
        more.put(word, answer);
        return more;
    }

    @Override
    public CommandResult run(CommandCall call) {
        ServerSystem ofProgram = programs.getOrDefault(call.program(), CommandResult::unknown);
        ServerSystem ofScript = call.script().map(scripts::get).orElse(ofProgram);
        return lines.getOrDefault(call.line().strip(), ofScript).run(call);
    }
}
