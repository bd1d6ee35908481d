package dev.shedmaster.lab.robot.machine;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command that turns a machine on. QEMU ends when it is turned off, and where it would restart. */
final class MachineCommand {
    /** Without mitigations, which an emulated processor has no use for, it boots by a third faster. */
    private static final String KERNEL_LINE =
            "console=ttyS0 net.ifnames=0 mitigations=off quiet loglevel=3 systemd.show_status=no";

    private final List<String> words = new ArrayList<>();

    private MachineCommand() {}

    /**
     * Makes it.
     *
     * @param firstBoot what the firmware boots
     * @param knock where this machine asks if its SSH server is up
     */
    static List<String> of(Chassis chassis, FirstBoot firstBoot, InetSocketAddress knock) {
        MachineCommand command = new MachineCommand();
        command.board(chassis);
        for (int i = 0; i < chassis.disks().size(); i++) {
            command.disk(i, chassis.disks().get(i));
        }
        command.lines(chassis, knock);
        switch (firstBoot) {
            case FirstBoot.Rescue rescue -> command.rescue(chassis);
            case FirstBoot.Disk disk -> {}
            case FirstBoot.Nothing nothing -> command.add("-S");
        }
        return List.copyOf(command.words);
    }

    private void board(Chassis chassis) {
        add("qemu-system-x86_64", "-nodefaults", "-no-user-config", "-no-reboot", "-display", "none");
        add("-machine", "q35,pflash0=code,pflash1=variables");
        // QEMU keeps up to a GiB of translated code otherwise.
        add("-accel", "tcg,tb-size=256", "-cpu", "Nehalem", "-smp", "1", "-m", chassis.memoryMib() + "M");
        add("-blockdev", file("code", Chassis.FIRMWARE_CODE) + ",read-only=on");
        add("-blockdev", file("variables", chassis.variables()));
        add("-object", "rng-random,id=entropy,filename=/dev/urandom", "-device", "virtio-rng-pci,rng=entropy");
    }

    private void disk(int number, Path disk) {
        String node = "disk" + number;
        add("-blockdev", file(node, disk) + ",discard=unmap,file.discard=unmap");
        add("-device", "nvme,drive=" + node + ",serial=" + Chassis.serial(number) + ",bootindex=" + (number + 1));
    }

    /** Its serial line is QEMU's output, and its network lets in who comes to the place where this machine knocks. */
    private void lines(Chassis chassis, InetSocketAddress knock) {
        add("-chardev", "stdio,id=console,signal=off", "-serial", "chardev:console");
        add("-chardev", "socket,id=control,path=" + escaped(chassis.controlSocket()), "-mon", "control,mode=control");
        add("-netdev", "user,id=" + Machine.NETWORK + ",hostfwd=" + Machine.forward(knock));
        add("-device", "virtio-net-pci,netdev=" + Machine.NETWORK + ",romfile=");
    }

    private void rescue(Chassis chassis) {
        add("-kernel", chassis.rescue().kernel().toString());
        add("-initrd", chassis.rescue().initrd().toString());
        add("-append", KERNEL_LINE);
        // systemd writes what this credential holds to root's own file.
        add(
                "-fw_cfg",
                "name=opt/io.systemd.credentials/ssh.authorized_keys.root,file=" + escaped(chassis.authorizedKeys()));
    }

    private static String file(String node, Path path) {
        return "driver=raw,node-name=" + node + ",file.driver=file,file.filename=" + escaped(path);
    }

    /** A comma ends a value for QEMU; two are one that is meant. */
    private static String escaped(Path path) {
        return path.toString().replace(",", ",,");
    }

    private void add(String... more) {
        words.addAll(List.of(more));
    }
}
