package dev.shedmaster.lab.guest;

/** What keeps the agent away from a guest whose configuration is good. */
public sealed interface GuestTrouble {
    String why();

    /** The agent does not come, and nothing in the guest notices. */
    record Silent(String why) implements GuestTrouble {}

    /** What has to run before the agent fails, and with it the service. */
    record NotPrepared(String why) implements GuestTrouble {}
}
