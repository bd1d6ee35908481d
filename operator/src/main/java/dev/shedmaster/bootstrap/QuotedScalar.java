package dev.shedmaster.bootstrap;

/**
 * Escapes a value for the inside of a double-quoted string, of JSON and YAML alike: YAML's double-quoted form knows all of
 * JSON's escapes. What YAML does not take for printable is escaped too, and line ends, so that a value stays on its line.
 */
final class QuotedScalar {
    private QuotedScalar() {}

    static String escape(String raw) {
        StringBuilder escaped = new StringBuilder(raw.length() + 16);
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            switch (c) {
                case '"' -> escaped.append("\\\"");
                case '\\' -> escaped.append("\\\\");
                case '\n' -> escaped.append("\\n");
                case '\r' -> escaped.append("\\r");
                case '\t' -> escaped.append("\\t");
                default -> {
                    if (isPrintable(c)) {
                        escaped.append(c);
                    } else {
                        escaped.append(String.format("\\u%04x", (int) c));
                    }
                }
            }
        }
        return escaped.toString();
    }

    private static boolean isPrintable(char c) {
        boolean control = c < 0x20 || (c >= 0x7f && c < 0xa0);
        boolean lineEnd = c == '\u2028' || c == '\u2029';
        return !control && !lineEnd && c != '\ufeff' && c != '\ufffe' && c != '\uffff';
    }
}
