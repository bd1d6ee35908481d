package dev.shedmaster.lab.guest;

/** What a guest lets the world outside know. Calls come on threads of the guest. */
public interface GuestEvents {
    void agentStarted();

    /** The agent's program ended by itself. */
    void agentExited();

    /** The system has shut itself down. */
    void poweredOff();
}
