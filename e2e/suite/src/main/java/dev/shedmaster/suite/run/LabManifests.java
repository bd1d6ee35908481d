package dev.shedmaster.suite.run;

import dev.shedmaster.suite.world.ImageShop;
import dev.shedmaster.suite.world.Lab;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code examples/lab}. Where the lab has other ports than usual, a copy that names them. */
final class LabManifests {
    private static final Path EXAMPLES = Path.of("examples", "lab");

    private LabManifests() {}

    /** The folder to apply, which is the repository's own if it fits the lab. */
    static Path fitting(Path repository, Lab lab, ImageShop images, Path scratch) throws IOException {
        Map<String, String> addresses = addresses(lab, images);
        Path examples = repository.resolve(EXAMPLES);
        if (addresses.entrySet().stream().allMatch(address -> address.getKey().equals(address.getValue()))) {
            return examples;
        }
        Path copies = Files.createDirectories(scratch.resolve("manifests"));
        for (Path example : files(examples)) {
            String text = Files.readString(example);
            for (Map.Entry<String, String> address : addresses.entrySet()) {
                text = text.replace(address.getKey(), address.getValue());
            }
            Files.writeString(copies.resolve(example.getFileName()), text);
        }
        return copies;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    /** The lab's true addresses by those that the examples name. */
    private static Map<String, String> addresses(Lab lab, ImageShop images) {
        Map<String, String> addresses = new LinkedHashMap<>();
        put(addresses, Ports.USUAL.jenkins(), lab.jenkins().url());
        put(addresses, Ports.USUAL.azure().get(0), lab.azure().armUrl());
        put(addresses, Ports.USUAL.azure().get(1), lab.azure().authorityUrl());
        put(addresses, Ports.USUAL.azure().get(2), lab.azure().imdsUrl());
        put(addresses, Ports.USUAL.robot(), lab.robot().url());
        put(addresses, Ports.USUAL.images(), images.url());
        return addresses;
    }

    private static void put(Map<String, String> addresses, int usual, URI address) {
        addresses.put("127.0.0.1:" + usual, address.getRawAuthority());
    }
}
