package dev.shedmaster.machine.robot;

import java.util.Locale;

/**
 * What Robot counts requests by. It documents a limit for each method and path; whether it counts for each login, address or
 * single server it does not say, so all calls of a method to paths of one pattern are one kind here, the narrowest reading.
 * The limits are those of the webservice's documentation, for an hour.
 */
enum RequestKind {
    LIST_SERVERS("GET", "/server", 200),
    RENAME_SERVER("POST", "/server", 200),
    READ_RESCUE("GET", "/boot/rescue", 500),
    ARM_RESCUE("POST", "/boot/rescue", 500),
    DISARM_RESCUE("DELETE", "/boot/rescue", 500),
    READ_LAST_RESCUE("GET", "/boot/rescue/last", 500),
    READ_RESET("GET", "/reset", 500),
    RESET("POST", "/reset", 50),
    READ_KEY("GET", "/key", 500),
    ADD_KEY("POST", "/key", 200),
    REMOVE_KEY("DELETE", "/key", 200),
    WAKE("POST", "/wol", 10),
    READ_BOOT("GET", "/boot", 500),
    LIST_ADDRESSES("GET", "/ip", 5_000),
    READ_POINTER("GET", "/rdns", 500),
    READ_TRAFFIC("POST", "/traffic", 200),
    LIST_FAILOVERS("GET", "/failover", 100),
    READ_FIREWALL("GET", "/firewall", 500);

    private final String method;
    private final String pattern;
    private final int perHour;

    RequestKind(String method, String pattern, int perHour) {
        this.method = method;
        this.pattern = pattern;
        this.perHour = perHour;
    }

    String method() {
        return method;
    }

    /** How many Robot allows within an hour. */
    int perHour() {
        return perHour;
    }

    /** How people are told of it: method and path without what is in it for one server or key. */
    String called() {
        return method + " " + pattern;
    }

    /** Its name in metrics. */
    String operation() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
