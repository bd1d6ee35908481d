package dev.shedmaster.core.slot;

/** What becomes of a request. */
public sealed interface SlotAnswer {
    /** Who asked. */
    String worker();

    /**
     * The worker has a slot.
     *
     * @param host where, as {@code namespace/name}
     * @param isolation how it is to be run: of what the worker may have, the strongest that the host can give
     */
    record Given(String worker, String host, Isolation isolation) implements SlotAnswer {}

    /** No host can take the worker now. */
    record Denied(String worker, NoRoom why) implements SlotAnswer {}
}
