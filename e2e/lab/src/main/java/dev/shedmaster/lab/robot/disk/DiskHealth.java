package dev.shedmaster.lab.robot.disk;

/**
 * What a disk's self-monitoring says.
 *
 * @param passed its own judgement
 * @param sparePercent of its spare blocks how many are left; below ten it warns
 * @param usedPercent of its life how much is used; may be more than all
 */
public record DiskHealth(boolean passed, int sparePercent, int usedPercent) {
    public static final DiskHealth GOOD = new DiskHealth(true, 100, 3);

    /** Of one that has been written to for most of its life. */
    public static final DiskHealth WORN = new DiskHealth(true, 100, 91);

    /** Of one that is about to fail. */
    public static final DiskHealth DYING = new DiskHealth(false, 3, 104);
}
