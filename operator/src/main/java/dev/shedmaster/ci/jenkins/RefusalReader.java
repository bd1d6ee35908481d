package dev.shedmaster.ci.jenkins;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes apart the sentence in which Jenkins lists why idle executors were refused: the refusals are sorted, joined by
 * {@code "; "} and cut after five. A label may hold {@code "; "} too, so the shortest run of parts that reads as a refusal
 * is one.
 */
final class RefusalReader {
    private static final String LACKS_LABEL = Why.CLOSE + " doesn" + Why.CLOSE + "t have label " + Why.OPEN;
    private static final String RESERVED = Why.CLOSE + " is reserved for jobs with matching label expression";
    private static final String LACKS_PERMISSION = Why.CLOSE + " lacks permission to run on " + Why.OPEN;
    /** Beyond these a sentence is not the core's. */
    private static final int LONGEST = 16 * 1024;

    private static final int MOST_PARTS = 64;

    private final Set<String> labels = new LinkedHashSet<>();
    private boolean reserved;
    private boolean forbidden;
    private final List<String> unknown = new ArrayList<>();

    Why.Refused read(String sentence) {
        if (sentence.length() > LONGEST) {
            unknown.add(sentence.substring(0, LONGEST));
        } else {
            String[] parts = sentence.split("; ", MOST_PARTS);
            int next = 0;
            while (next < parts.length) {
                next = takeFrom(parts, next);
            }
        }
        return new Why.Refused(labels, reserved, forbidden, unknown);
    }

    /** Takes the refusal that begins with a part, and returns the part after it. */
    private int takeFrom(String[] parts, int first) {
        String text = parts[first];
        for (int next = first + 1; ; next++) {
            if (take(text)) {
                return next;
            }
            if (next == parts.length) {
                unknown.add(parts[first]);
                return first + 1;
            }
            text = text + "; " + parts[next];
        }
    }

    private boolean take(String text) {
        int lacksLabel = text.indexOf(LACKS_LABEL);
        if (text.startsWith(Why.OPEN) && lacksLabel > 0 && text.endsWith(Why.CLOSE)) {
            labels.add(text.substring(lacksLabel + LACKS_LABEL.length(), text.length() - Why.CLOSE.length()));
            return true;
        }
        if (text.startsWith(Why.OPEN) && text.contains(LACKS_PERMISSION) && text.endsWith(Why.CLOSE)) {
            forbidden = true;
            return true;
        }
        if (text.startsWith(Why.OPEN) && text.endsWith(RESERVED)) {
            reserved = true;
            return true;
        }
        return saysNothing(text);
    }

    /** Refusals that tell nothing about the item and go away by themselves. */
    private static boolean saysNothing(String text) {
        return (text.startsWith(Why.OPEN) && text.endsWith(Why.CLOSE + " is not accepting tasks"))
                || text.equals("Node is being removed")
                || text.equals("Executor slot already in use")
                || text.endsWith(" has been removed from configuration")
                || (text.startsWith("... and ") && text.endsWith(" more"));
    }
}
