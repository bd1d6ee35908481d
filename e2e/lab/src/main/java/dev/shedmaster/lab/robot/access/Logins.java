package dev.shedmaster.lab.robot.access;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who may ask. After three wrong passwords the address that they came from is blocked for ten minutes, the right
 * password included. How long a wrong one is remembered is not documented: here until a right one comes.
 */
public final class Logins {
    /** Of Robot's documentation. */
    public static final int TRIES = 3;

    /** Of Robot's documentation. */
    public static final Duration BLOCK = Duration.ofMinutes(10);

    /** What becomes of a request. */
    public sealed interface Verdict {}

    /** It is let in. */
    public record Accepted(String login) implements Verdict {}

    /** It has no login, or a wrong one. */
    public record Refused() implements Verdict {}

    /** Its address is blocked. */
    public record Blocked() implements Verdict {}

    private final InstantSource clock;
    private final Map<String, String> passwords;
    private final Map<String, Integer> wrong = new HashMap<>();
    private final Map<String, Instant> blockedUntil = new HashMap<>();

    /** @param passwords by login; web service users are called like {@code #ws+abc} */
    public Logins(Map<String, String> passwords, InstantSource clock) {
        this.passwords = new HashMap<>(passwords);
        this.clock = clock;
    }

    /** Judges a request by the address that it came from and its {@code Authorization} header. */
    public synchronized Verdict judge(String caller, Optional<String> authorization) {
        Instant until = blockedUntil.get(caller);
        if (until != null && clock.instant().isBefore(until)) {
            return new Blocked();
        }
        blockedUntil.remove(caller);
        if (authorization.isEmpty()) {
            // Nobody tried to log in.
            return new Refused();
        }
        Optional<String> login = authorization.flatMap(this::login);
        if (login.isPresent()) {
            wrong.remove(caller);
            return new Accepted(login.get());
        }
        countWrong(caller);
        return new Refused();
    }

    private void countWrong(String caller) {
        if (wrong.merge(caller, 1, Integer::sum) >= TRIES) {
            wrong.remove(caller);
            blockedUntil.put(caller, clock.instant().plus(BLOCK));
        }
    }

    private Optional<String> login(String authorization) {
        return decoded(authorization).flatMap(pair -> {
            int colon = pair.indexOf(':');
            String login = colon < 0 ? pair : pair.substring(0, colon);
            return colon >= 0 && pair.substring(colon + 1).equals(passwords.get(login))
                    ? Optional.of(login)
                    : Optional.empty();
        });
    }

    private static Optional<String> decoded(String authorization) {
        if (!authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
            return Optional.empty();
        }
        try {
            byte[] pair = Base64.getDecoder().decode(authorization.substring(6).strip());
            return Optional.of(new String(pair, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /** Gives a login another password, as its owner does when the old one leaked. */
    public synchronized void change(String login, String password) {
        passwords.put(login, password);
    }

    /** Whether any address is blocked now. */
    public synchronized boolean isBlocking() {
        Instant now = clock.instant();
        return blockedUntil.values().stream().anyMatch(now::isBefore);
    }
}
