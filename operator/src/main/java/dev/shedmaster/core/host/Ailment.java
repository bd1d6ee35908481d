package dev.shedmaster.core.host;

/**
 * Something that is wrong with a host's hardware.
 *
 * @param part which part of it
 * @param message what was seen and what to do about it. It has no measurement in it, so that it stays the same while these change
 */
public record Ailment(AilmentKind kind, String part, String message) {}
