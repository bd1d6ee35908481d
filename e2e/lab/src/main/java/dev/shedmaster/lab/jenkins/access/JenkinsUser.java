package dev.shedmaster.lab.jenkins.access;

import java.util.EnumSet;
import java.util.Set;

/**
 * Somebody who may log in.
 *
 * @param password needs a crumb with everything that changes something
 * @param token an API token, which needs none
 */
public record JenkinsUser(String name, String password, String token, Set<Permission> permissions) {

    /** The permissions that an autoscaler needs and no more. */
    public static final Set<Permission> AUTOSCALER = Set.of(
            Permission.READ,
            Permission.JOB_READ,
            Permission.AGENT_CREATE,
            Permission.AGENT_CONNECT,
            Permission.AGENT_DISCONNECT,
            Permission.AGENT_DELETE);

    public JenkinsUser {
        permissions = Set.copyOf(permissions);
    }

    /** Somebody who may do everything. */
    public static JenkinsUser administrator(String name, String password, String token) {
        return new JenkinsUser(name, password, token, EnumSet.of(Permission.ADMINISTER));
    }

    /** Whether a text is this user's secret of either kind. */
    boolean hasSecret(String secret) {
        return secret.equals(token) || secret.equals(password);
    }

    @Override
    public String toString() {
        return "JenkinsUser[" + name + " " + permissions + "]";
    }
}
