package dev.shedmaster.core.host;

/**
 * Something that is wrong with a host.
 *
 * @param message what was seen and what to do about it; names the field where one is to be changed
 */
public record Trouble(TroubleKind kind, String message) {}
