package dev.shedmaster.lab.guest;

import dev.shedmaster.lab.guest.GuestSystem.GuestFile;
import dev.shedmaster.lab.guest.GuestSystem.UnitState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Reads a {@code #cloud-config} as cloud-init does: YAML 1.1, forgiving. What it can't use it logs and leaves out, and the system comes up all the
 * same.
 */
final class CloudConfig {
    private static final String SYSTEM_UNITS = "/etc/systemd/system/";

    private final BootLog log;
    private final GuestSystem system = new GuestSystem();
    private final Set<String> enabled = new LinkedHashSet<>();
    private final Set<String> started = new LinkedHashSet<>();

    private CloudConfig(BootLog log) {
        this.log = log;
    }

    static GuestSystem read(byte[] configuration, BootLog log) throws FirstBootFailure {
        byte[] data = isGzip(configuration) ? DataUrl.gunzip(configuration) : configuration;
        String text = new String(data, StandardCharsets.UTF_8);
        String firstLine = text.lines().findFirst().orElse("").strip();
        if (!firstLine.equals("#cloud-config")) {
            throw failed("Unhandled non-multipart (text/x-not-multipart) userdata: '"
                    + firstLine.substring(0, Math.min(24, firstLine.length()))
                    + "...'; the first line must be #cloud-config");
        }
        CloudConfig reader = new CloudConfig(log);
        reader.apply(reader.parse(text));
        log.say("cloud-init", "Cloud-init finished");
        return reader.system;
    }

    private static boolean isGzip(byte[] data) {
        return data.length > 2 && (data[0] & 0xff) == 0x1f && (data[1] & 0xff) == 0x8b;
    }

    private Map<?, ?> parse(String text) throws FirstBootFailure {
        LoaderOptions limits = new LoaderOptions();
        limits.setAllowDuplicateKeys(true);
        limits.setMaxAliasesForCollections(50);
        Object root;
        try {
            root = new Yaml(new SafeConstructor(limits)).load(text);
        } catch (YAMLException broken) {
            throw failed("Failed loading yaml blob. Invalid format: "
                    + Objects.toString(broken.getMessage(), "").lines().collect(Collectors.joining("; ")));
        }
        if (!(root instanceof Map<?, ?> config)) {
            throw failed(
                    "Failed loading yaml blob. Yaml load allows (<class 'dict'>,) root types, but got another instead");
        }
        return config;
    }

    private void apply(Map<?, ?> config) {
        entries(config, "write_files").forEach(this::writeFile);
        for (Object command : entries(config, "runcmd")) {
            run(command);
        }
        enabled.forEach(unit -> system.state(
                unit,
                started.contains(unit)
                        ? new UnitState.Started()
                        : new UnitState.NotStarted(
                                "it is enabled for the next boot but not started (systemctl enable without --now)")));
        started.forEach(unit -> system.state(unit, new UnitState.Started()));
    }

    private List<?> entries(Map<?, ?> config, String key) {
        Object value = config.get(key);
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list) {
            return list;
        }
        log.say("cloud-init", "Failed to run module " + key.replace('_', '-') + ": " + key + " must be a list");
        return List.of();
    }

    private void writeFile(Object entry) {
        if (!(entry instanceof Map<?, ?> file) || !(file.get("path") instanceof String path)) {
            log.say("cloud-init", "No path provided to write for entry of write_files, skipping it");
            return;
        }
        try {
            String encoding = Objects.toString(file.get("encoding"), "text/plain");
            byte[] content = decoded(Objects.toString(file.get("content"), ""), encoding);
            GuestFile written = new GuestFile(mode(file.get("permissions")), appended(file, path, content));
            system.write(path, written);
            log.say("cloud-init", "write-files: wrote " + path + " with mode " + written.modeText());
        } catch (IllegalArgumentException broken) {
            log.say("cloud-init", "Failed to run module write-files: " + path + ": " + broken.getMessage());
        }
    }

    private String appended(Map<?, ?> file, String path, byte[] content) {
        String text = new String(content, StandardCharsets.UTF_8);
        boolean append = Boolean.TRUE.equals(file.get("append"));
        return append ? system.file(path).map(GuestFile::text).orElse("") + text : text;
    }

    private static byte[] decoded(String content, String encoding) {
        byte[] raw = content.getBytes(StandardCharsets.UTF_8);
        return switch (encoding.toLowerCase(Locale.ROOT).strip()) {
            case "text/plain", "" -> raw;
            case "b64", "base64" -> Base64.getMimeDecoder().decode(raw);
            case "gz+b64", "gz+base64", "gzip+b64", "gzip+base64" ->
                DataUrl.gunzip(Base64.getMimeDecoder().decode(raw));
            case "gz", "gzip" -> DataUrl.gunzip(content.getBytes(StandardCharsets.ISO_8859_1));
            // cloud-init takes an encoding that it doesn't know for plain text.
            default -> raw;
        };
    }

    /** A number is taken as it is (YAML 1.1 reads 0600 as octal), a text as octal. */
    private static int mode(@Nullable Object permissions) {
        return switch (permissions) {
            case null -> 0644;
            case Integer number -> number;
            default -> Integer.parseInt(permissions.toString().replaceFirst("^0o", ""), 8);
        };
    }

    private void run(Object command) {
        String line = command instanceof List<?> words
                ? words.stream().map(Objects::toString).collect(Collectors.joining(" "))
                : Objects.toString(command, "");
        for (String single : line.split("\\s*(?:&&|\\|\\||;|\\n)\\s*")) {
            List<String> words = Arrays.stream(single.strip().split("\\s+")).toList();
            int at = words.indexOf("systemctl");
            if (at >= 0) {
                systemctl(words.subList(at + 1, words.size()));
            }
        }
    }

    private void systemctl(List<String> arguments) {
        boolean now = arguments.contains("--now");
        List<String> plain = new ArrayList<>(arguments);
        plain.removeIf(word -> word.startsWith("-"));
        if (plain.size() < 2) {
            return;
        }
        String verb = plain.getFirst();
        for (String unit : plain.subList(1, plain.size())) {
            String name = unit.contains(".") ? unit : unit + ".service";
            if (system.file(SYSTEM_UNITS + name).isEmpty() && (verb.equals("enable") || verb.equals("start"))) {
                log.say("systemd", "Failed to " + verb + " unit: Unit file " + name + " does not exist.");
            }
            switch (verb) {
                case "enable" -> {
                    enabled.add(name);
                    if (now) {
                        started.add(name);
                    }
                }
                case "start", "restart" -> started.add(name);
                default -> {}
            }
        }
    }

    private static FirstBootFailure failed(String why) {
        return new FirstBootFailure(why, false);
    }
}
