package dev.shedmaster.lab.jenkins.label;

/** A text that is not a label expression; the message says where and why. */
public final class LabelSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    LabelSyntaxException(int position, String problem) {
        super("at character " + position + ": " + problem);
    }
}
