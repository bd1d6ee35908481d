package dev.shedmaster.api.v1alpha1;

/** What the disk that a machine runs from must have, as conditions in CEL. */
final class SystemDisks {
    private static final String DISK = "self.machine.disk";
    private static final String SIZE = "p.azure.osDisk.size";

    /** After a quantity: whether it has the form of one. If not, another rule says so. */
    static final String IS_QUANTITY = ".matches(r'" + Forms.QUANTITY + "')";

    /**
     * In a pool {@code self}, whether the disk of a placement {@code p} is written down smaller than {@code machine.disk}
     * needs: that, a tenth and 8Gi. In whole numbers, so that exactly enough is enough.
     */
    static final String TOO_SMALL = "has(" + DISK + ") && " + DISK + IS_QUANTITY + " && has(p.azure) && has("
            + SIZE + ") && " + SIZE + IS_QUANTITY + " && (quantity(" + SIZE
            + ").asApproximateFloat() - 8589934592.0) * 10.0 < quantity(" + DISK + ").asApproximateFloat() * 11.0";

    private SystemDisks() {}
}
