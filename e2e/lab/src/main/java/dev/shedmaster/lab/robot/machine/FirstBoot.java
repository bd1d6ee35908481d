package dev.shedmaster.lab.robot.machine;

import dev.shedmaster.lab.robot.key.PublicKeyText;
import java.util.List;

/** What a machine's firmware boots when it is turned on. */
public sealed interface FirstBoot {
    /**
     * The rescue system.
     *
     * @param authorized who may log in as root
     */
    record Rescue(List<PublicKeyText> authorized) implements FirstBoot {
        public Rescue {
            authorized = List.copyOf(authorized);
        }
    }

    /** Whatever is on its disks. */
    record Disk() implements FirstBoot {}

    /** Nothing: the firmware hangs. */
    record Nothing() implements FirstBoot {}
}
