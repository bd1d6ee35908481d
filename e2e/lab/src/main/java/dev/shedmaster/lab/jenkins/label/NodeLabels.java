package dev.shedmaster.lab.jenkins.label;

import java.util.LinkedHashSet;
import java.util.Set;

/** Reads the labels that a node is configured with. */
public final class NodeLabels {

    private NodeLabels() {}

    /** The labels of a label string: separated by white space, of which a pair of quotes protects what it holds. */
    public static Set<String> of(String labelString) {
        Set<String> labels = new LinkedHashSet<>();
        StringBuilder label = new StringBuilder();
        char quote = 0;
        boolean begun = false;
        for (int i = 0; i < labelString.length(); i++) {
            char c = labelString.charAt(i);
            if (quote != 0 && c == '\\' && i + 1 < labelString.length()) {
                label.append(labelString.charAt(++i));
            } else if (quote != 0 ? c == quote : c == '"' || c == '\'') {
                quote = quote == 0 ? c : 0;
                begun = true;
            } else if (quote == 0 && Character.isWhitespace(c)) {
                if (begun) {
                    labels.add(label.toString());
                }
                label.setLength(0);
                begun = false;
            } else {
                label.append(c);
                begun = true;
            }
        }
        if (begun) {
            labels.add(label.toString());
        }
        return labels;
    }
}
