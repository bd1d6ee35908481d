package dev.shedmaster.lab.jenkins.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The sessions of logins by password, and the crumbs that prove that a request belongs to one. */
public final class Crumbs {
    private final SecureRandom random = new SecureRandom();
    private final String salt = hex(16);
    private final Set<String> sessions = ConcurrentHashMap.newKeySet();

    /** Begins a session. */
    public String newSession() {
        String session = "node0" + hex(12);
        sessions.add(session);
        return session;
    }

    public boolean isOpen(@Nullable String session) {
        return session != null && sessions.contains(session);
    }

    /** The crumb of a user's session: 64 hexadecimal digits. */
    public String crumb(String user, String session) {
        try {
            byte[] text = (user + ";" + session + ";" + salt).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    /** Whether a crumb belongs to a user's open session. */
    public boolean isValid(@Nullable String crumb, String user, @Nullable String session) {
        return session != null && isOpen(session) && crumb(user, session).equals(crumb);
    }

    private String hex(int bytes) {
        byte[] secret = new byte[bytes];
        random.nextBytes(secret);
        return HexFormat.of().formatHex(secret);
    }
}
