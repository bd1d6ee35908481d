package dev.shedmaster.lab.jenkins.access;

/**
 * Who makes a request.
 *
 * @param anonymous whether nobody logged in
 * @param byToken whether the login was an API token
 */
public record Identity(String name, boolean anonymous, boolean byToken) {
    static final Identity ANONYMOUS = new Identity("anonymous", true, false);
}
