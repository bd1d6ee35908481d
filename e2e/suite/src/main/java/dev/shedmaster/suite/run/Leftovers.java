package dev.shedmaster.suite.run;

import java.util.ArrayList;
import java.util.List;

/**
 * What is there that only a fleet at work has.
 *
 * @param onHosts units of workers on dedicated servers
 * @param nodes of Jenkins, less the anchor, which stays
 * @param workers Worker objects
 */
record Leftovers(int machines, int nics, int disks, int publicIps, int onHosts, int nodes, int workers) {

    boolean isNothing() {
        return machines == 0 && nics == 0 && disks == 0 && publicIps == 0 && onHosts == 0 && nodes == 0 && workers == 0;
    }

    /** In words: {@code 1 machine, 2 NICs}; {@code nothing}. */
    String inWords() {
        List<String> words = new ArrayList<>();
        count(words, machines, "machine");
        count(words, nics, "NIC");
        count(words, disks, "disk");
        count(words, publicIps, "public address", "public addresses");
        count(words, onHosts, "worker on a host", "workers on hosts");
        count(words, nodes, "Jenkins node");
        count(words, workers, "Worker object");
        return words.isEmpty() ? "nothing" : String.join(", ", words);
    }

    private static void count(List<String> words, int count, String one) {
        count(words, count, one, one + "s");
    }

    private static void count(List<String> words, int count, String one, String several) {
        if (count > 0) {
            words.add(count + " " + (count == 1 ? one : several));
        }
    }
}
