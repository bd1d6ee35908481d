package dev.shedmaster.core.host;

/**
 * The disks that were chosen, by what names them for good.
 *
 * @param root where the system goes
 * @param scratch where workers' disks go; empty if they share the root disk
 */
public record DiskPlan(String root, String scratch) {
    public static final DiskPlan NONE = new DiskPlan("", "");
}
