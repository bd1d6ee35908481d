package dev.shedmaster.core.slot;

/**
 * A worker that wants a slot.
 *
 * @param worker its name, for the answer
 * @param need what it needs
 */
public record SlotRequest(String worker, Need need) {}
