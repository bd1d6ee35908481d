package dev.shedmaster.core.slot;

/** Why one host gives a worker no slot, in the order in which people are told. What lasts hides what passes. */
public enum Obstacle {
    MEMORY(true),
    CPUS(true),
    KVM_SLOTS(true),
    /** There is room, and it is kept back for other pools. */
    KEPT_BACK(true),
    DRAINING(true),
    NOT_READY(true),
    /** Its workers' image is on its way to it. */
    IMAGE_COMES(true),
    UNSCHEDULABLE(false),
    /** It does not have its workers' image, and does not fetch it either. */
    NO_IMAGE(false),
    /** It has workers of a zone that it does not list any more: no other zone may come beside them. */
    FORMER_ZONE(true),
    ZONE(false),
    /** The worker is too large for it even when it is empty. */
    TOO_SMALL(false),
    NO_NESTING(false),
    NO_KVM(false),
    ARCHITECTURE(false),
    /** A selector found it, and nothing is known of it. */
    UNKNOWN(true);

    private final boolean passing;

    Obstacle(boolean passing) {
        this.passing = passing;
    }

    /** Whether it can end although no person changes anything. */
    public boolean isPassing() {
        return passing;
    }
}
