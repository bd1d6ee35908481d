package dev.shedmaster.kube.host;

import dev.shedmaster.port.DedicatedServers;
import dev.shedmaster.port.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * By what a host can be reached at this look.
 *
 * @param landlord the account that it is rented under; null for a host that is reached by its address alone
 * @param number the landlord's number of it
 * @param key with which we sign in to it
 * @param link the connections to it
 */
record HostReach(@Nullable Outcome<DedicatedServers> landlord, int number, Outcome<AccountKey> key, HostLink link) {}
