package dev.shedmaster.core.label;

/** What is shown of a text that somebody else wrote and that may be of any length. */
public final class Excerpt {
    /** As much as a person reads in a line. */
    static final int LONGEST = 120;

    private static final String CUT = "…";

    private Excerpt() {}

    /** The text's beginning; all of it if it is short. */
    public static String of(String text) {
        return around(text, 0);
    }

    /** The text's beginning, so many characters at most; for what is looked at closely, and yet has to end somewhere. */
    public static String upTo(int longest, String text) {
        return text.length() <= longest ? text : text.substring(0, whole(text, longest)) + CUT;
    }

    /**
     * The part of the text where something is; all of it if it is short.
     *
     * @param position index of what is to be seen, from 0 to the text's length
     */
    public static String around(String text, int position) {
        if (text.length() <= LONGEST) {
            return text;
        }
        int from = whole(text, Math.clamp(position - LONGEST / 2, 0, text.length() - LONGEST));
        int to = whole(text, from + LONGEST);
        return (from == 0 ? "" : CUT) + text.substring(from, to) + (to == text.length() ? "" : CUT);
    }

    /** A character may be two of Java's: the index where it begins. */
    private static int whole(String text, int index) {
        boolean within = index > 0
                && index < text.length()
                && Character.isSurrogatePair(text.charAt(index - 1), text.charAt(index));
        return within ? index - 1 : index;
    }
}
