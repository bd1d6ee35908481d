package dev.shedmaster.lab.robot.light.rescue;

import java.util.LinkedHashMap;
import java.util.Map;

/** An order of an installation: one fact a line, a word and its value. */
record InstallOrder(Map<String, String> facts) {

    static InstallOrder parse(String text) {
        Map<String, String> facts = new LinkedHashMap<>();
        text.lines().forEach(line -> {
            int space = line.indexOf(' ');
            if (space > 0) {
                facts.putIfAbsent(line.substring(0, space), line.substring(space + 1));
            }
        });
        return new InstallOrder(facts);
    }

    /** Empty if nothing is said of it. */
    String ordered(String word) {
        return facts.getOrDefault(word, "");
    }

    /** What is fetched: a disk's image, an archive, or a program that fetches the rest. Empty if nothing is named. */
    String source() {
        for (String word : new String[] {"image", "archive", "program"}) {
            if (!ordered(word).isEmpty()) {
                return ordered(word);
            }
        }
        return "";
    }
}
