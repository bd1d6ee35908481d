/** How a virtual machine is started on a host: the command line of QEMU, made of records and nothing else. */
@NullMarked
package dev.shedmaster.machine.host.qemu;

import org.jspecify.annotations.NullMarked;
