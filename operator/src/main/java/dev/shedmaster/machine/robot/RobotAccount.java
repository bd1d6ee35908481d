package dev.shedmaster.machine.robot;

import java.net.URI;
import java.util.Locale;

/**
 * Whose servers these are, and as whom they are asked for.
 *
 * @param name how messages call the account: {@code namespace/name} of its object
 * @param endpoint where the webservice is; {@link #PUBLIC_ENDPOINT} but for tests
 * @param username the webservice user, such as {@code #ws+abcdefgh}, made in Robot under "Web service and app settings"
 * @param password that user's own, which is not the one of Robot's web pages
 * @param resetsPerHour how many resets we may ask for within an hour
 */
public record RobotAccount(String name, URI endpoint, String username, String password, int resetsPerHour) {
    public static final URI PUBLIC_ENDPOINT = URI.create("https://robot-ws.your-server.de");

    /** Refuses, naming the field, what could never be accepted: each bad login counts towards the lock-out. */
    public RobotAccount {
        String scheme = endpoint.getScheme() == null ? "" : endpoint.getScheme().toLowerCase(Locale.ROOT);
        if (!(scheme.equals("http") || scheme.equals("https")) || endpoint.getHost() == null) {
            throw new IllegalArgumentException(
                    "endpoint: must be an https address such as " + PUBLIC_ENDPOINT + ", is " + endpoint);
        }
        if (endpoint.getRawQuery() != null || endpoint.getRawFragment() != null || endpoint.getRawUserInfo() != null) {
            throw new IllegalArgumentException("endpoint: must have no user, query or fragment");
        }
        if (!isOneLine(username) || username.contains(":")) {
            throw new IllegalArgumentException("username: must be a webservice user such as #ws+abcdefgh, without ':',"
                    + " blanks around it or line breaks");
        }
        if (!isOneLine(password)) {
            throw new IllegalArgumentException("password: must not be empty, and have no blanks around it and no line"
                    + " breaks; a Secret made from a file often ends in one");
        }
        if (resetsPerHour < 1 || resetsPerHour > RequestKind.RESET.perHour()) {
            throw new IllegalArgumentException("resetsPerHour: must be 1 to " + RequestKind.RESET.perHour());
        }
    }

    private static boolean isOneLine(String text) {
        return !text.isEmpty() && text.equals(text.strip()) && text.chars().noneMatch(Character::isISOControl);
    }

    @Override
    public String toString() {
        return "RobotAccount[name=" + name + ", endpoint=" + endpoint + ", username=" + username + ", password=…]";
    }
}
