package dev.shedmaster.core.label;

/** A text that is not a label expression, with the place where it stops being one. */
public final class LabelSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int position;

    LabelSyntaxException(int position, String problem) {
        super("at character " + (position + 1) + ": " + problem);
        this.position = position;
    }

    /** Index of the first character that does not fit, from 0; the text's length if it ends too early. */
    public int position() {
        return position;
    }
}
