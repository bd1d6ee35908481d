package dev.shedmaster.machine.host.qemu;

import java.nio.charset.StandardCharsets;

/** Names of files on a host, as a command line may have them. */
final class GuestFile {
    /** What Linux has room for in a socket's address, beside its closing zero. */
    private static final int LONGEST_SOCKET = 107;

    private GuestFile() {}

    static void check(String field, String path) {
        if (!path.startsWith("/") || path.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    field + " must be an absolute path without control characters, not \"" + path + "\"");
        }
    }

    static void checkSocket(String field, String path) {
        check(field, path);
        if (path.getBytes(StandardCharsets.UTF_8).length > LONGEST_SOCKET) {
            throw new IllegalArgumentException(
                    field + " must have at most " + LONGEST_SOCKET + " bytes, as a socket's path: \"" + path + "\"");
        }
    }
}
