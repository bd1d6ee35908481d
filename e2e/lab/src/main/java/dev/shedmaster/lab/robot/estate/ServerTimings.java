package dev.shedmaster.lab.robot.estate;

import java.time.Duration;

/**
 * How long a server takes, in lab time.
 *
 * @param firmware from power or reset until it looks for something to boot
 * @param rescueStart from there until the rescue system tells its host keys
 * @param rescueSshd from there until its SSH server answers
 * @param diskStart from the end of the firmware until an installed system's SSH server answers
 * @param shutdown from the wish until a running system is down
 * @param installation of an operating system that nobody attends
 * @param technician until somebody has walked to the server
 */
public record ServerTimings(
        Duration firmware,
        Duration rescueStart,
        Duration rescueSshd,
        Duration diskStart,
        Duration shutdown,
        Duration installation,
        Duration technician) {

    /**
     * From a reset 80 s until the host keys are told, 10 s more until SSH answers, as one report from a live account
     * has it.
     */
    public static ServerTimings realistic() {
        return new ServerTimings(
                Duration.ofSeconds(60),
                Duration.ofSeconds(20),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(8),
                Duration.ofMinutes(4),
                Duration.ofMinutes(30));
    }

    /** From power or reset until the rescue system can be reached. */
    public Duration toRescue() {
        return firmware.plus(rescueStart).plus(rescueSshd);
    }

    /** From power or reset until the installed system can be reached. */
    public Duration toDisk() {
        return firmware.plus(diskStart);
    }
}
