package dev.shedmaster.port;

/**
 * A cloud resource of ours that no worker accounts for.
 *
 * @param id the provider's full identifier
 * @param kind the provider's word for what it is
 * @param name its name
 * @param worker the worker that it was made for, {@code namespace/name}
 */
public record Leftover(String id, String kind, String name, String worker) {}
