package dev.shedmaster.port;

/**
 * A provider has taken an order.
 *
 * @param id the provider's full identifier of the machine
 * @param operation where the provider tells how the creation goes, to be followed verbatim; empty if it gave none
 */
public record AcceptedMachine(String id, String operation) {}
