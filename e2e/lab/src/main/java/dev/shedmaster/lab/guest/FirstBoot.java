package dev.shedmaster.lab.guest;

/** What reads a machine's configuration at its first boot. */
public enum FirstBoot {
    IGNITION,
    CLOUD_INIT
}
