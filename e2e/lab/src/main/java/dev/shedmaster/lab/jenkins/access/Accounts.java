package dev.shedmaster.lab.jenkins.access;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The users, their secrets, and what each may do at the moment. */
public final class Accounts {

    private record Withheld(String user, Permission permission) {}

    private final Map<String, JenkinsUser> users;
    private final Set<Permission> ofAnonymous;
    private final Set<Withheld> withheld = ConcurrentHashMap.newKeySet();

    public Accounts(List<JenkinsUser> users, Set<Permission> ofAnonymous) {
        this.users = users.stream().collect(Collectors.toMap(JenkinsUser::name, Function.identity()));
        this.ofAnonymous = Set.copyOf(ofAnonymous);
    }

    /** Reads a request's {@code Authorization}; empty when it is wrong, anonymous when there is none. */
    public Optional<Identity> authenticate(@Nullable String authorization) {
        if (authorization == null) {
            return Optional.of(Identity.ANONYMOUS);
        }
        if (!authorization.toLowerCase(Locale.ROOT).startsWith("basic ")) {
            return Optional.empty();
        }
        String[] parts;
        try {
            byte[] plain = Base64.getDecoder().decode(authorization.substring(6).strip());
            parts = new String(plain, StandardCharsets.UTF_8).split(":", 2);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
        JenkinsUser user = users.get(parts[0]);
        if (user == null || parts.length < 2 || !user.hasSecret(parts[1])) {
            return Optional.empty();
        }
        return Optional.of(new Identity(user.name(), false, parts[1].equals(user.token())));
    }

    /** Whether a user may do something now. */
    public boolean may(Identity identity, Permission permission) {
        Set<Permission> granted = switch (users.get(identity.name())) {
            case JenkinsUser user when !identity.anonymous() -> user.permissions();
            case null, default -> ofAnonymous;
        };
        return !isWithheld(identity, permission)
                && (granted.contains(permission) || granted.contains(Permission.ADMINISTER));
    }

    private boolean isWithheld(Identity identity, Permission permission) {
        return withheld.contains(new Withheld(identity.name(), permission));
    }

    /** Whether there is such a user. */
    public boolean knows(String user) {
        return users.containsKey(user);
    }

    /** Takes a permission away, from an administrator too. */
    public void withhold(String user, Permission permission) {
        withheld.add(new Withheld(user, permission));
    }

    /** Gives a permission back. */
    public void restore(String user, Permission permission) {
        withheld.remove(new Withheld(user, permission));
    }
}
