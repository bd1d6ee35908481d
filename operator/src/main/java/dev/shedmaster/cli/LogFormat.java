package dev.shedmaster.cli;

import java.util.List;
import java.util.Locale;

/** How log lines are written. It is chosen before the first of them, and never changes. */
enum LogFormat {
    PLAIN,
    JSON;

    static final String OPTION = "--log-format";

    /** What these arguments ask for; nonsense is refused where they are read as a whole. */
    static LogFormat in(List<String> arguments) {
        LogFormat wanted = PLAIN;
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            String value = "";
            if (argument.startsWith(OPTION + "=")) {
                value = argument.substring(OPTION.length() + 1);
            } else if (argument.equals(OPTION) && i + 1 < arguments.size()) {
                value = arguments.get(i + 1);
            }
            for (LogFormat format : values()) {
                wanted = format.name().equals(value.toUpperCase(Locale.ROOT)) ? format : wanted;
            }
        }
        return wanted;
    }

    /** To be called before anything logs. */
    void choose() {
        if (this == JSON) {
            System.setProperty("logback.configurationFile", "logback-json.xml");
        }
    }
}
