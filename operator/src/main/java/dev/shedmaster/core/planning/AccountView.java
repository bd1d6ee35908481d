package dev.shedmaster.core.planning;

import java.util.OptionalInt;

/**
 * What all pools together may take from one account.
 *
 * @param name {@code namespace/name} of the account's object
 * @param maxWorkers how many machines; empty = no limit of ours
 * @param maxVcpus how many vCPUs; empty = no limit of ours
 * @param currency of its offerings' prices
 */
public record AccountView(String name, OptionalInt maxWorkers, OptionalInt maxVcpus, String currency) {}
