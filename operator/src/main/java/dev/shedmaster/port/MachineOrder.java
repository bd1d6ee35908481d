package dev.shedmaster.port;

import dev.shedmaster.core.placement.Offering;

/**
 * One machine, asked for once.
 *
 * @param name unique for ever; the provider refuses a second machine of that name
 * @param offering what is asked for, where, and how it is paid
 * @param owner written on everything that the order makes
 * @param bootData what the machine reads at its first boot (Ignition or cloud-init), not encoded; holds a secret
 * @param settings the provider's own part of the order
 * @param first whether no provider can have a machine of that name: if one may, what is refused without being asked has to be looked
 *     for before it is said that there is none
 */
public record MachineOrder(
        String name, Offering offering, MachineOwner owner, String bootData, MachineSettings settings, boolean first) {

    /** One that may have been asked for before. */
    public MachineOrder(String name, Offering offering, MachineOwner owner, String bootData, MachineSettings settings) {
        this(name, offering, owner, bootData, settings, false);
    }

    /** The same, certainly not asked for before. */
    public MachineOrder asFirst() {
        return new MachineOrder(name, offering, owner, bootData, settings, true);
    }

    @Override
    public String toString() {
        return "MachineOrder[name=" + name + ", offering=" + offering + ", owner=" + owner + ", bootData=…]";
    }
}
