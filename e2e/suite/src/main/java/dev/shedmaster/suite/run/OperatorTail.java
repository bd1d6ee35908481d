package dev.shedmaster.suite.run;

import dev.shedmaster.suite.world.OperatorProcess;
import java.util.List;

/** The last that an operator said, and where the rest is. */
final class OperatorTail {
    private static final int LINES = 20;

    private OperatorTail() {}

    static String of(OperatorProcess operator) {
        List<String> log = operator.log().lines().toList();
        return "; the end of " + operator.logFile() + ":\n    "
                + String.join("\n    ", log.subList(Math.max(0, log.size() - LINES), log.size()));
    }
}
