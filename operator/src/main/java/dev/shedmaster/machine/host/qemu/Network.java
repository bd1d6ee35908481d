package dev.shedmaster.machine.host.qemu;

import java.util.regex.Pattern;

/** How a guest reaches others. */
public sealed interface Network {

    /**
     * Through an interface of the host that is there already and belongs to whoever runs QEMU.
     *
     * @param name as Linux allows it: up to 15 characters
     */
    record Tap(String name) implements Network {
        private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,14}");

        public Tap {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("network.name must be 1 to 15 letters, digits, dots, underscores or"
                        + " hyphens, a letter or digit first, not \"" + name + "\"");
            }
        }
    }

    /** Through QEMU's own network, which takes no rights and lets nobody in. */
    record UserMode() implements Network {}
}
