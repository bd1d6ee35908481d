package dev.shedmaster.core.planning;

import java.util.OptionalDouble;

/**
 * What a pool may cost by the hour: the sum of its workers' hourly prices. Prices that are not known count as nothing.
 *
 * @param currency of both limits. Offerings of an account with another currency are not used, for they cannot be compared
 * @param softPerHour beyond it only spot machines are made, and none ahead of demand
 * @param hardPerHour beyond it no machine is made that costs anything
 */
public record Budget(String currency, OptionalDouble softPerHour, OptionalDouble hardPerHour) {}
