package dev.shedmaster.lab.azure.estate;

import java.util.Arrays;
import java.util.Optional;

/** What becomes of a machine's part when the machine is deleted. */
public enum DeleteOption {
    DELETE("Delete"),
    DETACH("Detach");

    private final String wireName;

    DeleteOption(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    public static Optional<DeleteOption> named(String text) {
        return Arrays.stream(values())
                .filter(option -> option.wireName.equalsIgnoreCase(text))
                .findFirst();
    }
}
