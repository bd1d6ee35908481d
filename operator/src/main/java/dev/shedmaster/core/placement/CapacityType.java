package dev.shedmaster.core.placement;

/** How a provider sells a machine: until it wants it back, or until we give it back. */
public enum CapacityType {
    SPOT,
    ON_DEMAND
}
