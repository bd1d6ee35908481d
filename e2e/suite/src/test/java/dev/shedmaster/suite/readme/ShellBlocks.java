package dev.shedmaster.suite.readme;

import java.util.List;
import java.util.regex.Pattern;

/** The commands in the code blocks of a Markdown text that are for a shell. */
final class ShellBlocks {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");
    private static final Pattern COMMENT = Pattern.compile("(^|\\s+)#.*$");

    private ShellBlocks() {}

    /** One command a line, in their order, without comments. */
    static List<String> commands(String markdown) {
        return BLOCK.matcher(markdown)
                .results()
                .flatMap(block -> block.group(1).lines())
                .map(line -> COMMENT.matcher(line).replaceFirst("").strip())
                .filter(command -> !command.isEmpty())
                .toList();
    }

    /** What a command's own comment says; empty if it has none. */
    static String comment(String markdown, String command) {
        return markdown.lines()
                .filter(line -> line.strip().startsWith(command + " ") && line.contains("#"))
                .map(line -> line.substring(line.indexOf('#') + 1).strip())
                .findFirst()
                .orElse("");
    }
}
