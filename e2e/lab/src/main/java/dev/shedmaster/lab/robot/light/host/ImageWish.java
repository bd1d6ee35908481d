package dev.shedmaster.lab.robot.light.host;

import dev.shedmaster.lab.robot.light.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** An image that a host is told to fetch, as it arrives. */
record ImageWish(String name, String sha256, String format, String url) {
    private static final Set<String> KEYS = Set.of("name", "sha256", "format", "url");
    private static final Set<String> FORMATS = Set.of("tar", "tar.zst", "tar.xz", "tar.gz", "qcow2");

    static ImageWish read(byte[] input) {
        Map<String, String> facts = new HashMap<>();
        for (String line : new String(input, StandardCharsets.UTF_8).lines().toList()) {
            String[] fact = line.split(" ", 2);
            if (!KEYS.contains(fact[0])) {
                throw new Refusal(
                        3,
                        "the image's order says '" + fact[0]
                                + "', which this version does not know: install the operator's own");
            }
            facts.put(fact[0], fact.length > 1 ? fact[1] : "");
        }
        ImageWish wish = new ImageWish(
                facts.getOrDefault("name", ""),
                facts.getOrDefault("sha256", ""),
                facts.getOrDefault("format", ""),
                facts.getOrDefault("url", ""));
        require(wish.name().matches("[A-Za-z0-9_-][A-Za-z0-9._-]*"), wish.name(), "no plain name of an image");
        require(wish.sha256().matches("[0-9a-f]{64}"), wish.sha256(), "no SHA-256");
        require(
                FORMATS.contains(wish.format()),
                wish.format(),
                "no format of images: tar, tar.zst, tar.xz, tar.gz and qcow2 are");
        require(wish.url().matches("https?://[^\"\\\\]+"), wish.url(), "no address that images are fetched from");
        return wish;
    }

    private static void require(boolean holds, String value, String otherwise) {
        if (!holds) {
            throw new Refusal(3, "'" + value + "' is " + otherwise);
        }
    }
}
