package dev.shedmaster.lab.guest;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The guest's file system and units as the first boot has left them. */
final class GuestSystem {

    /** @param mode permission bits */
    record GuestFile(int mode, String text) {
        String modeText() {
            return String.format("%04o", mode);
        }
    }

    /** Whether a unit runs after this boot, and if not, why. */
    sealed interface UnitState {
        record Started() implements UnitState {}

        record NotStarted(String why) implements UnitState {}
    }

    private final Map<String, GuestFile> files = new LinkedHashMap<>();
    private final Map<String, String> units = new LinkedHashMap<>();
    private final Map<String, UnitState> states = new LinkedHashMap<>();

    void write(String path, GuestFile file) {
        files.put(path, file);
    }

    void unit(String name, String contents) {
        units.put(name, contents);
    }

    void state(String unit, UnitState state) {
        states.put(unit, state);
    }

    Optional<GuestFile> file(String path) {
        return Optional.ofNullable(files.get(path));
    }

    /** The unit's text, from wherever this system's first boot puts units. */
    Optional<String> unit(String name) {
        return Optional.ofNullable(units.get(name))
                .or(() -> file("/etc/systemd/system/" + name).map(GuestFile::text));
    }

    UnitState state(String unit) {
        return states.getOrDefault(unit, new UnitState.NotStarted("nothing enables it"));
    }
}
