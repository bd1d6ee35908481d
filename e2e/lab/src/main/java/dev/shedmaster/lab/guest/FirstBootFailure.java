package dev.shedmaster.lab.guest;

/** The first boot's program refuses the configuration. */
final class FirstBootFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean machineStops;

    /** @param machineStops whether the machine stops in an emergency shell, so that it never reports itself provisioned */
    FirstBootFailure(String message, boolean machineStops) {
        super(message);
        this.machineStops = machineStops;
    }

    boolean machineStops() {
        return machineStops;
    }
}
