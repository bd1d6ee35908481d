package dev.shedmaster.machine.host.qemu;

import dev.shedmaster.core.slot.Architecture;
import java.util.ArrayList;
import java.util.List;

/**
 * The command that starts a guest, for QEMU 7.2 and newer: one process that ends when the guest turns itself off or
 * restarts, for a worker lives once. Whoever starts it makes the files; a guest is looked at and ended through its
 * control socket.
 *
 * <p>All is spelled out, and what QEMU would add by itself is left away, so that one guest is like another whatever a
 * distribution sets. Machine types are those without a version: no guest moves to another QEMU.
 */
public final class QemuCommand {
    /** In MiB. QEMU keeps up to a GiB of translated code for each guest otherwise, beside the guest's memory. */
    public static final int TRANSLATED_CODE = 256;

    private static final String FLATCAR_IGNITION = "opt/org.flatcar-linux/config";
    private static final String SYSTEMD_CREDENTIALS = "opt/io.systemd.credentials/";

    private final List<String> words = new ArrayList<>();

    private QemuCommand() {}

    /** The program and its arguments, for no shell: nothing in them is quoted. */
    public static List<String> of(Guest guest) {
        QemuCommand command = new QemuCommand();
        command.words.add(
                switch (guest.architecture()) {
                    case AMD64 -> "qemu-system-x86_64";
                    case ARM64 -> "qemu-system-aarch64";
                });
        command.machine(guest);
        command.disks(guest);
        command.configuration(guest.configuration());
        command.network(guest);
        command.lines(guest);
        return List.copyOf(command.words);
    }

    private void machine(Guest guest) {
        option("-name", "guest=" + guest.name());
        flag("-nodefaults");
        flag("-no-user-config");
        option("-machine", machineType(guest) + ",pflash0=firmware-code,pflash1=firmware-variables");
        option("-accel", guest.accelerator() == Accelerator.KVM ? "kvm" : "tcg,tb-size=" + TRANSLATED_CODE);
        option("-cpu", cpu(guest));
        option("-smp", "cpus=" + guest.cpus());
        option("-m", "size=" + guest.memoryMib() + "M");
        option("-object", "rng-random,id=entropy,filename=/dev/urandom");
        option("-device", "virtio-rng-pci,rng=entropy");
        flag("-no-reboot");
        option("-sandbox", "on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny");
    }

    /** The host's interrupt controller is there with KVM alone; the third version is that of a Neoverse N1. */
    private static String machineType(Guest guest) {
        return switch (guest.architecture()) {
            case AMD64 -> "q35";
            case ARM64 -> guest.accelerator() == Accelerator.KVM ? "virt,gic-version=host" : "virt,gic-version=3";
        };
    }

    /** Emulated ones have what distributions ask for, and little that makes them slower. */
    private static String cpu(Guest guest) {
        if (guest.accelerator() == Accelerator.KVM) {
            return "host";
        }
        return guest.architecture() == Architecture.AMD64 ? "Nehalem" : "neoverse-n1";
    }

    private void disks(Guest guest) {
        Firmware firmware = guest.firmware();
        option("-blockdev", "driver=raw,node-name=firmware-code,read-only=on" + file(firmware.code()));
        option("-blockdev", "driver=raw,node-name=firmware-variables" + file(firmware.variables()));
        option("-object", "iothread,id=disk-thread");
        option("-blockdev", "driver=qcow2,node-name=disk,discard=unmap,file.discard=unmap" + file(guest.disk()));
        option("-device", "virtio-blk-pci,id=disk,drive=disk,iothread=disk-thread,bootindex=1");
    }

    private void configuration(Guest.Configuration configuration) {
        if (configuration.seed() != null) {
            option("-blockdev", "driver=raw,node-name=seed,read-only=on" + file(configuration.seed()));
            option("-device", "virtio-blk-pci,id=seed,drive=seed");
        }
        if (configuration.ignition() != null) {
            option("-fw_cfg", "name=" + FLATCAR_IGNITION + ",file=" + escaped(configuration.ignition()));
        }
        configuration
                .credentials()
                .forEach((name, path) ->
                        option("-fw_cfg", "name=" + SYSTEMD_CREDENTIALS + name + ",file=" + escaped(path)));
    }

    /** Without a boot ROM: nobody boots from the network, and its file is of another package. */
    private void network(Guest guest) {
        option(
                "-netdev",
                switch (guest.network()) {
                    case Network.Tap(String name) -> "tap,id=network,ifname=" + name + ",script=no,downscript=no";
                    case Network.UserMode() -> "user,id=network";
                });
        option("-device", "virtio-net-pci,id=network,netdev=network,mac=" + MacAddress.of(guest.name()) + ",romfile=");
    }

    private void lines(Guest guest) {
        option("-display", "none");
        option("-chardev", "file,id=console,path=" + escaped(guest.console()));
        option("-serial", "chardev:console");
        option("-chardev", "socket,id=control,server=on,wait=off,path=" + escaped(guest.controlSocket()));
        option("-mon", "chardev=control,mode=control");
    }

    private static String file(String path) {
        return ",file.driver=file,file.filename=" + escaped(path);
    }

    /** A comma ends a value for QEMU; two are one that is meant. */
    private static String escaped(String value) {
        return value.replace(",", ",,");
    }

    private void option(String name, String value) {
        words.add(name);
        words.add(value);
    }

    private void flag(String name) {
        words.add(name);
    }
}
