package dev.shedmaster.lab.robot.light.host;

import dev.shedmaster.lab.robot.light.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An order of a worker, as it arrives.
 *
 * @param facts by their key; of one that is said several times the last
 * @param owner the lines that say who asks
 * @param devices what it may open of the host, by the paths below {@code /dev}
 * @param command the words that are run
 * @param files what its guest is told, by their names
 */
record WorkerOrder(
        WorkerName name,
        Map<String, String> facts,
        List<String> owner,
        List<String> devices,
        List<String> command,
        Map<String, byte[]> files) {
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9._:/-]+");
    private static final List<String> OWNER_KEYS = List.of("installation", "pool", "worker", "uid");
    private static final List<String> NEEDED =
            List.of("form", "memory", "cpu", "tasks", "stop-seconds", "address", "gateway");
    private static final Set<String> KNOWN = Set.of(
            "name",
            "installation",
            "pool",
            "worker",
            "uid",
            "started",
            "form",
            "memory",
            "cpu",
            "tasks",
            "stop-seconds",
            "address",
            "gateway",
            "resolver",
            "refuse",
            "image",
            "boot",
            "volume",
            "device",
            "disk-base",
            "disk-format",
            "disk-bytes",
            "firmware-variables");

    /** What it runs, by the name that the host has for it; empty if nothing. */
    String image() {
        return fact(isContainer() ? "image" : "disk-base");
    }

    /** Reads an order for the worker of that name; refuses what is none. */
    static WorkerOrder read(WorkerName name, byte[] tar) {
        Map<String, byte[]> parts = parts(tar);
        List<String> lines = text(parts, "order").lines().toList();
        Map<String, String> facts = new LinkedHashMap<>();
        for (String line : lines) {
            String[] fact = line.split(" +", 2);
            check(name, fact[0], fact.length > 1 ? fact[1].stripTrailing() : "");
            facts.put(fact[0], fact[1].stripTrailing());
        }
        for (String fact : NEEDED) {
            if (!facts.containsKey(fact)) {
                throw new Refusal(3, "the order says nothing of its " + fact.replaceFirst("stop-", ""));
            }
        }
        return new WorkerOrder(
                name,
                facts,
                lines.stream()
                        .filter(line -> OWNER_KEYS.contains(line.split(" ", 2)[0]))
                        .toList(),
                lines.stream()
                        .filter(line -> line.startsWith("device "))
                        .map(line -> line.substring("device ".length()))
                        .toList(),
                text(parts, "command").lines().toList(),
                files(parts));
    }

    private static Map<String, byte[]> parts(byte[] tar) {
        try {
            Map<String, byte[]> parts = Tar.read(tar);
            if (parts.keySet().containsAll(Set.of("order", "command", "files/", "whole"))) {
                return parts;
            }
        } catch (IOException broken) {
            throw new Refusal(1, "tar: " + broken.getMessage() + "\nthe order did not arrive whole");
        }
        throw new Refusal(1, "the order did not arrive whole");
    }

    private static void check(WorkerName name, String key, String value) {
        if (!WORD.matcher(value).matches()) {
            throw new Refusal(3, "the order's " + key + " is not one word of letters, digits and ._:/-");
        }
        if (key.equals("name") && !value.equals(name.text())) {
            throw new Refusal(3, "the order is for " + value);
        }
        if (!KNOWN.contains(key)) {
            throw new Refusal(
                    3, "the order says '" + key + "', which this version does not know: install the operator's own");
        }
    }

    private static String text(Map<String, byte[]> parts, String name) {
        return new String(parts.getOrDefault(name, new byte[0]), StandardCharsets.UTF_8);
    }

    private static Map<String, byte[]> files(Map<String, byte[]> parts) {
        String folder = "files/";
        return parts.entrySet().stream()
                .filter(part ->
                        part.getKey().startsWith(folder) && part.getKey().length() > folder.length())
                .collect(Collectors.toMap(
                        part -> part.getKey().substring(folder.length()),
                        Map.Entry::getValue,
                        (first, last) -> last,
                        TreeMap::new));
    }

    /** Empty if nothing is said of it. */
    String fact(String key) {
        return facts.getOrDefault(key, "");
    }

    long number(String key) {
        return Long.parseLong(fact(key));
    }

    boolean isContainer() {
        return fact("form").equals("container");
    }

    boolean isOfInstallation(String installation) {
        return fact("installation").equals(installation);
    }
}
