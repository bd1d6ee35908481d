/**
 * Servers that are virtual machines: QEMU, which emulates all of an x86 server with UEFI, and a rescue system that is
 * booted without a network.
 */
@NullMarked
package dev.shedmaster.lab.robot.machine;

import org.jspecify.annotations.NullMarked;
