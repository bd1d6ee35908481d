package dev.shedmaster.cli;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which JenkinsServer a person means: by its name, or by {@code namespace/name} where several have that name. */
final class ServerChoice {
    static final String OPTION = "--server";

    private ServerChoice() {}

    /**
     * The {@code namespace/name} of the JenkinsServer.
     *
     * @param known all that exist or that pools refer to
     * @throws CommandProblem if there is none or more than one, naming those that could be meant
     */
    static String of(String given, Set<String> known) {
        List<String> meant = known.stream()
                .filter(name -> name.equals(given) || name.endsWith("/" + given))
                .sorted()
                .toList();
        if (meant.size() == 1) {
            return meant.getFirst();
        }
        if (meant.isEmpty()) {
            throw CommandProblem.inArgument(OPTION + ": there is no JenkinsServer \"" + given + "\""
                    + (known.isEmpty() ? ", and no other" : "; there are " + String.join(", ", new TreeSet<>(known))));
        }
        throw CommandProblem.inArgument(OPTION + ": several JenkinsServers are called \"" + given + "\": write one of "
                + String.join(", ", meant));
    }
}
