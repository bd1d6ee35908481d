/**
 * Which host of one's own gives a worker its slot: room for one worker, for as long as that worker lives.
 *
 * <p>{@link dev.shedmaster.core.slot.SlotLedger} is the door: hosts ({@code HostView}) and the workers on them ({@code
 * PlacedWorker}) go in, and for each worker that asks ({@code SlotRequest}, {@code Need}, {@code Shape}) a {@code
 * SlotAnswer} comes out: a slot on a host, or {@code NoRoom}, which counts over the hosts what was in the way ({@code
 * Obstacle}). {@code HostRoom} is what is left of one host, {@code Packing} fills hosts one request after the other.
 *
 * <p>CPUs are whole ones, memory is in MiB. Of what is given in other units, a need is rounded up and a host's own
 * down.
 */
@NullMarked
package dev.shedmaster.core.slot;

import org.jspecify.annotations.NullMarked;
