package dev.shedmaster.ci.jenkins;

import java.util.Locale;

/**
 * The few words of an HTML page that tell a person what went wrong. Jenkins' errors are pages of tens of kilobytes; none
 * of their mark-up and no more than a sentence gets into a message.
 */
final class PageText {
    private static final int READ = 64 * 1024;
    private static final int LONGEST = 200;

    private final String page;
    private final String lower;

    PageText(String page) {
        this.page = page.length() > READ ? page.substring(0, READ) : page;
        this.lower = this.page.toLowerCase(Locale.ROOT);
    }

    /** The page's title, else its first words; empty for an empty page. */
    String title() {
        String title = element("<title", "</title>", 0);
        return title.isEmpty() ? words(page) : title;
    }

    /** The sentence below the page's heading, where Jenkins' error pages have it; empty if there is none. */
    String error() {
        int heading = lower.indexOf("<h1");
        if (heading < 0) {
            return "";
        }
        String paragraph = element("<p", "</p>", heading);
        return paragraph.isEmpty() ? element("<pre", "</pre>", heading) : paragraph;
    }

    boolean contains(String phrase) {
        return lower.contains(phrase.toLowerCase(Locale.ROOT));
    }

    private String element(String start, String end, int from) {
        int open = lower.indexOf(start, from);
        int content = open < 0 ? -1 : lower.indexOf('>', open);
        int close = content < 0 ? -1 : lower.indexOf(end, content);
        return close < 0 ? "" : words(page.substring(content + 1, close));
    }

    private static String words(String html) {
        StringBuilder text = new StringBuilder();
        boolean tag = false;
        for (int i = 0; i < html.length() && text.length() <= LONGEST; i++) {
            char c = html.charAt(i);
            if (tag) {
                tag = c != '>';
            } else if (c == '<') {
                tag = true;
                blank(text);
            } else if (Character.isWhitespace(c) || Character.isISOControl(c)) {
                blank(text);
            } else if (c == '&') {
                i = entity(html, i, text);
            } else {
                text.append(c);
            }
        }
        String words = text.toString().strip();
        return words.length() > LONGEST ? words.substring(0, LONGEST - 1) + "…" : words;
    }

    private static void blank(StringBuilder text) {
        if (!text.isEmpty() && text.charAt(text.length() - 1) != ' ') {
            text.append(' ');
        }
    }

    /** Appends what the entity at {@code start} stands for and returns the index of its last character. */
    private static int entity(String html, int start, StringBuilder text) {
        int end = html.indexOf(';', start);
        if (end < 0 || end - start > 8) {
            text.append('&');
            return start;
        }
        String name = html.substring(start + 1, end);
        switch (name) {
            case "amp" -> text.append('&');
            case "lt" -> text.append('<');
            case "gt" -> text.append('>');
            case "quot" -> text.append('"');
            case "apos" -> text.append('\'');
            case "nbsp" -> blank(text);
            default -> appendNumbered(name, text);
        }
        return end;
    }

    private static void appendNumbered(String name, StringBuilder text) {
        boolean hexadecimal = name.startsWith("#x") || name.startsWith("#X");
        String digits = name.startsWith("#") ? name.substring(hexadecimal ? 2 : 1) : "";
        try {
            int code = Integer.parseInt(digits, hexadecimal ? 16 : 10);
            if (Character.isValidCodePoint(code) && !Character.isISOControl(code)) {
                text.appendCodePoint(code);
            }
        } catch (NumberFormatException e) {
            text.append('&').append(name).append(';'); // Not an entity that we know: shown as it stands.
        }
    }
}
