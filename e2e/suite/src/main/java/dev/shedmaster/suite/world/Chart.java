package dev.shedmaster.suite.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The Helm chart that users install. */
public final class Chart {
    private final Path helm;
    private final Path folder;

    public Chart(Path helm) {
        this.helm = helm;
        this.folder = find(Path.of("").toAbsolutePath());
    }

    /** The manifests that Helm makes of it, with these values set: each {@code path=JSON}. */
    public String render(String release, String namespace, List<String> values) {
        List<String> command = new ArrayList<>(
                List.of(helm.toString(), "template", release, folder.toString(), "--namespace", namespace));
        values.forEach(value -> command.addAll(List.of("--set-json", value)));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("helm template failed: " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while helm ran", e);
        }
    }

    private static Path find(Path start) {
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            Path chart = folder.resolve("charts/shedmaster");
            if (Files.isDirectory(chart)) {
                return chart;
            }
        }
        throw new IllegalStateException("charts/shedmaster is in no folder above " + start);
    }
}
