package dev.shedmaster.suite.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.lab.azure.admin.StateReport;
import dev.shedmaster.suite.world.World;

/** What must hold when work is done: nothing is left of it. */
public final class Nothingness {
    /** What the operator keeps at Jenkins while it serves it, so that label queries are answered. */
    private static final String ANCHOR = "shedmaster-anchor";

    private Nothingness() {}

    /** No machine, interface, disk, address at Azure and no node of a worker at Jenkins. */
    public static void assertNoMachines(World world) {
        StateReport.Totals totals = world.lab().azure().report().totals();
        assertThat(totals.machines()).as("machines").isZero();
        assertThat(totals.nics()).as("network interfaces").isZero();
        assertThat(totals.disks()).as("disks").isZero();
        assertThat(totals.publicIps()).as("public addresses").isZero();
        assertThat(world.lab().jenkins().controller().nodes().all().computers())
                .filteredOn(computer -> !computer.builtIn() && !computer.name().equals(ANCHOR))
                .as("nodes")
                .isEmpty();
    }
}
