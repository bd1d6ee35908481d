package dev.shedmaster.machine.host;

import dev.shedmaster.port.MachineName;

/**
 * Where a worker's things are on its server, for who writes a virtual machine's command line.
 *
 * @param worker the worker's name
 */
public record WorkerFolders(MachineName worker) {

    /** A file of the order's; in memory. */
    public String file(String name) {
        return "/run/shedmaster/units/" + worker + "/files/" + name;
    }

    /** The disk that is made for a virtual machine, as qcow2. */
    public String disk() {
        return room() + "/disk.qcow2";
    }

    /** A virtual machine's own copy of its firmware's variables. */
    public String variables() {
        return room() + "/variables.fd";
    }

    /** A folder on the server's disk, for what else QEMU is to write; lost with the worker. */
    public String room() {
        return "/var/lib/shedmaster/units/" + worker;
    }

    /** An image that is on the server, a folder for containers or a file for disks. */
    public static String image(String name) {
        return "/var/lib/shedmaster/images/" + name;
    }
}
