package dev.shedmaster.lab.robot.light;

import dev.shedmaster.lab.time.Latency;
import java.time.Duration;

/**
 * How long a light host takes, in lab time.
 *
 * @param examination of one disk's health and marks
 * @param clearing the disks before an installation
 * @param writing an image
 * @param configuring the system that was written
 * @param wiping one disk
 * @param fetching an image of workers
 * @param containerBoot from a container's start until its agent is started
 * @param machineBoot from a virtual machine's start until its agent is started
 * @param workerShutdown from the wish until a worker has ended in order
 */
public record LightTimings(
        Duration examination,
        Duration clearing,
        Duration writing,
        Duration configuring,
        Duration wiping,
        Duration fetching,
        Latency containerBoot,
        Latency machineBoot,
        Duration workerShutdown) {

    /** A guess, until a real server has been measured: two minutes for an image, some seconds for a container. */
    public static LightTimings realistic() {
        return new LightTimings(
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                Duration.ofMinutes(2),
                Duration.ofSeconds(5),
                Duration.ofMinutes(1),
                Duration.ofSeconds(40),
                Latency.lognormal(Duration.ofSeconds(5), 0.3),
                Latency.lognormal(Duration.ofSeconds(25), 0.3),
                Duration.ofSeconds(2));
    }

    public LightTimings withWriting(Duration other) {
        return new LightTimings(
                examination,
                clearing,
                other,
                configuring,
                wiping,
                fetching,
                containerBoot,
                machineBoot,
                workerShutdown);
    }

    public LightTimings withBoots(Latency containers, Latency machines) {
        return new LightTimings(
                examination, clearing, writing, configuring, wiping, fetching, containers, machines, workerShutdown);
    }
}
