package dev.shedmaster.core.host;

import dev.shedmaster.core.host.DiskHint.Choice;
import java.util.ArrayList;
import java.util.List;

/** Whether a server is what its host's spec says, and which of its disks are meant. */
final class HardwareCheck {
    /** What follows from looking at the hardware. */
    sealed interface Verdict {
        record Fits(DiskPlan disks) implements Verdict {}

        record Wrong(Trouble trouble) implements Verdict {}
    }

    private HardwareCheck() {}

    static Verdict of(HostWish wish, Hardware seen) {
        List<String> missed = wish.hardware().missedBy(seen);
        return missed.isEmpty()
                ? disks(wish, seen.disks())
                : new Verdict.Wrong(new Trouble(
                        TroubleKind.HARDWARE_MISMATCH,
                        missed.getFirst() + ": correct the spec, or have the landlord look at the server"));
    }

    private static Verdict disks(HostWish wish, List<Disk> disks) {
        Choice root = wish.rootDisk().choose(disks);
        if (root instanceof Choice.Unclear(String why)) {
            return new Verdict.Wrong(new Trouble(TroubleKind.DISK_HINT, why));
        }
        String rootId = root instanceof Choice.Chosen(Disk disk) ? disk.id() : "";
        if (wish.scratchDisk().isEmpty()) {
            return new Verdict.Fits(new DiskPlan(rootId, ""));
        }
        DiskHint hint = wish.scratchDisk().orElseThrow();
        Choice scratch = hint.choose(disks);
        if (scratch instanceof Choice.Unclear(String why)) {
            return new Verdict.Wrong(new Trouble(TroubleKind.DISK_HINT, why));
        }
        String scratchId = scratch instanceof Choice.Chosen(Disk disk) ? disk.id() : "";
        return scratchId.equals(rootId)
                ? new Verdict.Wrong(new Trouble(
                        TroubleKind.DISK_HINT,
                        hint.field() + " and " + wish.rootDisk().field() + " name the same disk, " + rootId
                                + ": name another, or leave " + hint.field() + " out"))
                : new Verdict.Fits(new DiskPlan(rootId, scratchId));
    }

    /**
     * Whether the disks may be written: none of the chosen fails, and none of all bears the mark of another owner. A mark on a disk
     * that is not written counts as well: two who each take the server for theirs would install over each other for ever.
     */
    static List<Trouble> ofDisks(HostWish wish, DiskPlan plan, List<Disk> disks) {
        List<Trouble> troubles = new ArrayList<>();
        for (Disk disk : disks) {
            if (!disk.owner().isEmpty() && !disk.owner().equals(wish.owner())) {
                troubles.add(new Trouble(
                        TroubleKind.FOREIGN_OWNER,
                        disk.device() + " bears the mark of " + disk.owner() + ", and this host is " + wish.owner()
                                + ": delete the other one's object, or take the server over by the annotation "
                                + "shedmaster.dev/take-over with that owner as its value"));
            }
            boolean isChosen = disk.id().equals(plan.root()) || disk.id().equals(plan.scratch());
            if (isChosen && !disk.failings().isEmpty()) {
                troubles.add(new Trouble(
                        TroubleKind.DISK_BROKEN,
                        disk.device() + " (" + disk.id() + ") says that it fails: "
                                + String.join(", ", disk.failings())
                                + ": have the landlord replace it, then correct the hint if it names the old one"));
            }
        }
        return troubles;
    }
}
