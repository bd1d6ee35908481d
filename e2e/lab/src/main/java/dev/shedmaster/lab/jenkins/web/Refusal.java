package dev.shedmaster.lab.jenkins.web;

import dev.shedmaster.lab.jenkins.access.Permission;

/** A request that is not carried out, with the status and the message of its error page. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    Refusal(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    static Refusal notFound() {
        return new Refusal(404, "Not Found");
    }

    static Refusal missing(String user, Permission permission) {
        return new Refusal(403, user + " is missing the " + permission.title() + " permission");
    }

    int status() {
        return status;
    }
}
