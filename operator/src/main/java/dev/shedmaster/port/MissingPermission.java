package dev.shedmaster.port;

/**
 * A permission that a CI system does not grant to our credential.
 *
 * @param name as the CI system writes it
 * @param stopsAgents whether no agent can be registered, served or taken away without it, so that no machine is worth making
 */
public record MissingPermission(String name, boolean stopsAgents) {}
