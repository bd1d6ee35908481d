package dev.shedmaster.lab.robot.access;

/** What a caller gets whose address is blocked. The documentation says that it is, not how that looks. */
public enum BlockedAnswer {
    /** 401, as for a wrong password. */
    UNAUTHORIZED,
    /** 403 with a page instead of JSON. */
    FORBIDDEN_PAGE
}
