package dev.shedmaster.lab.jenkins.controller;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the lab understands of a shell script: {@code sleep SECONDS}, a non-zero {@code exit}, and {@code false}. All
 * else takes no time.
 */
public final class ShellScript {
    private static final Pattern WORD =
            Pattern.compile("\\bsleep\\s+(\\d+(?:\\.\\d+)?)|\\bexit\\s+(\\d+)|(?:^|[;\\s])(false)(?:$|[;\\s])");

    private ShellScript() {}

    /** Reads a script. */
    public static Step read(String script) {
        List<Step> steps = new ArrayList<>();
        Matcher words = WORD.matcher(script);
        while (words.find()) {
            if (words.group(1) != null) {
                steps.add(Step.lasting(Duration.ofMillis(Math.round(Double.parseDouble(words.group(1)) * 1000))));
            } else if (words.group(3) != null || !words.group(2).equals("0")) {
                steps.add(new Step.Fail());
            }
        }
        return new Step.Sequence(steps);
    }
}
