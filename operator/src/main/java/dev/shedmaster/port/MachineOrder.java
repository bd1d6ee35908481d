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
 */
public record MachineOrder(
        String name, Offering offering, MachineOwner owner, String bootData, MachineSettings settings) {
    @Override
    public String toString() {
        return "MachineOrder[name=" + name + ", offering=" + offering + ", owner=" + owner + ", bootData=…]";
    }
}
