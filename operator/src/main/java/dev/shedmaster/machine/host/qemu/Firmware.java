package dev.shedmaster.machine.host.qemu;

/**
 * UEFI, from two files of one size each that belong together.
 *
 * @param code the firmware itself, shared by all guests and only read
 * @param variables the guest's own copy of the empty variable store
 */
public record Firmware(String code, String variables) {
    public Firmware {
        GuestFile.check("firmware.code", code);
        GuestFile.check("firmware.variables", variables);
    }
}
