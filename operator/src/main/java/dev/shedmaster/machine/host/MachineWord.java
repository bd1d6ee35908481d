package dev.shedmaster.machine.host;

/** What servers call things, in our words. */
final class MachineWord {
    private MachineWord() {}

    /** The architecture, of what {@code uname -m} calls it; what we have no word for stays as it is. */
    static String architecture(String machine) {
        return switch (machine) {
            case "aarch64" -> "arm64";
            case "x86_64" -> "amd64";
            default -> machine;
        };
    }
}
