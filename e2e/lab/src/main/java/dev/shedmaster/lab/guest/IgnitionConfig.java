package dev.shedmaster.lab.guest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.shedmaster.lab.guest.GuestSystem.GuestFile;
import dev.shedmaster.lab.guest.GuestSystem.UnitState;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads an Ignition configuration of specification 3 as Ignition does in the initial RAM file system: strict about types and duplicates, and a
 * failure is the end of the boot.
 */
final class IgnitionConfig {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern VERSION = Pattern.compile("3\\.[0-5]\\.0");
    private static final Pattern UNIT_NAME = Pattern.compile(
            "[^/]+\\.(service|socket|device|mount|automount|swap|target|path|timer|snapshot|slice|scope)");
    private static final int DEFAULT_FILE_MODE = 0644;

    private final BootLog log;
    private final GuestSystem system = new GuestSystem();
    private final Set<String> paths = new HashSet<>();
    private final Set<String> unitNames = new HashSet<>();

    private IgnitionConfig(BootLog log) {
        this.log = log;
    }

    static GuestSystem read(byte[] configuration, BootLog log) throws FirstBootFailure {
        IgnitionConfig reader = new IgnitionConfig(log);
        reader.apply(reader.parse(configuration));
        log.say("ignition", "Ignition finished successfully");
        return reader.system;
    }

    private JsonNode parse(byte[] configuration) throws FirstBootFailure {
        if (startsWith(configuration, "#cloud-config") || startsWith(configuration, "#!")) {
            throw failed("config is not valid: this is no Ignition configuration but a "
                    + (startsWith(configuration, "#!") ? "script" : "cloud-config"));
        }
        JsonNode root;
        try {
            root = JSON.readTree(configuration);
        } catch (JsonProcessingException broken) {
            throw failed("couldn't parse config: error at line "
                    + broken.getLocation().getLineNr() + ", column "
                    + broken.getLocation().getColumnNr() + ": " + broken.getOriginalMessage());
        } catch (java.io.IOException impossible) {
            throw failed("couldn't read config: " + impossible.getMessage());
        }
        if (root == null || !root.isObject()) {
            throw failed("couldn't parse config: not a JSON object");
        }
        return root;
    }

    private static boolean startsWith(byte[] data, String prefix) {
        return new String(data, 0, Math.min(data.length, prefix.length()), StandardCharsets.UTF_8).equals(prefix);
    }

    private void apply(JsonNode root) throws FirstBootFailure {
        JsonNode version = root.path("ignition").path("version");
        if (!version.isTextual() || !VERSION.matcher(version.asText()).matches()) {
            throw failed("unsupported config version: "
                    + (version.isMissingNode() ? "ignition.version is missing" : version));
        }
        log.say("ignition", "parsed config of version " + version.asText());
        JsonNode included = root.path("ignition").path("config");
        for (JsonNode merged : included.path("merge")) {
            apply(parse(contents(merged, "ignition.config.merge")));
        }
        if (included.path("replace").hasNonNull("source")) {
            apply(parse(contents(included.path("replace"), "ignition.config.replace")));
            return;
        }
        for (JsonNode file : root.path("storage").path("files")) {
            file(file);
        }
        for (JsonNode unit : root.path("systemd").path("units")) {
            unit(unit);
        }
    }

    private void file(JsonNode file) throws FirstBootFailure {
        String path = text(file, "path", "storage.files");
        if (!path.startsWith("/")) {
            throw failed("config is not valid: storage.files: path '" + path + "' is not absolute");
        }
        if (!paths.add(path)) {
            throw failed("config is not valid: storage.files: duplicate entry defined for path '" + path + "'");
        }
        JsonNode mode = file.path("mode");
        if (!mode.isMissingNode() && !mode.isNull() && !mode.isInt()) {
            throw failed("config is not valid: storage.files: mode of '" + path + "' must be a decimal number, but is "
                    + mode);
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        if (file.hasNonNull("contents")) {
            content.writeBytes(contents(file.path("contents"), path));
        }
        for (JsonNode appended : file.path("append")) {
            content.writeBytes(contents(appended, path));
        }
        GuestFile written = new GuestFile(mode.asInt(DEFAULT_FILE_MODE), content.toString(StandardCharsets.UTF_8));
        system.write(path, written);
        log.say("ignition", "files: wrote " + path + " with mode " + written.modeText());
    }

    private byte[] contents(JsonNode contents, String where) throws FirstBootFailure {
        JsonNode source = contents.path("source");
        if (source.isMissingNode() || source.isNull()) {
            return new byte[0];
        }
        if (!source.isTextual()) {
            throw failed("config is not valid: source of '" + where + "' must be a string");
        }
        if (!source.asText().startsWith("data:")) {
            throw failed("failed to fetch '" + source.asText() + "' for '" + where
                    + "': the lab's machines reach no such place");
        }
        try {
            byte[] data = DataUrl.decode(source.asText());
            String compression = contents.path("compression").asText("");
            if (!compression.isEmpty() && !compression.equals("gzip")) {
                throw failed("config is not valid: unknown compression '" + compression + "' of '" + where + "'");
            }
            // The hash is that of what was fetched, before it is unpacked.
            verify(contents.path("verification").path("hash").asText(""), data, where);
            return compression.isEmpty() ? data : DataUrl.gunzip(data);
        } catch (IllegalArgumentException broken) {
            throw failed("failed to read the contents of '" + where + "': " + broken.getMessage());
        }
    }

    private static void verify(String hash, byte[] data, String where) throws FirstBootFailure {
        if (hash.isEmpty()) {
            return;
        }
        String algorithm = hash.startsWith("sha512-") ? "SHA-512" : "SHA-256";
        try {
            String sum = HexFormat.of()
                    .formatHex(MessageDigest.getInstance(algorithm).digest(data));
            if (!hash.substring(hash.indexOf('-') + 1).equalsIgnoreCase(sum)) {
                throw failed("hash verification failed for '" + where + "': got " + sum + ", expected " + hash);
            }
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void unit(JsonNode unit) throws FirstBootFailure {
        String name = text(unit, "name", "systemd.units");
        if (!UNIT_NAME.matcher(name).matches()) {
            throw failed("config is not valid: systemd.units: invalid unit name '" + name + "'");
        }
        if (!unitNames.add(name)) {
            throw failed("config is not valid: systemd.units: duplicate entry defined for unit '" + name + "'");
        }
        JsonNode enabled = unit.path("enabled");
        if (!enabled.isMissingNode() && !enabled.isNull() && !enabled.isBoolean()) {
            throw failed("config is not valid: systemd.units: enabled of '" + name + "' must be true or false, but is "
                    + enabled);
        }
        String contents = unit.path("contents").asText("");
        if (unit.hasNonNull("contents")) {
            system.unit(name, contents);
        }
        for (JsonNode dropin : unit.path("dropins")) {
            contents = contents + "\n" + dropin.path("contents").asText("");
            system.unit(name, contents);
        }
        system.state(name, state(unit, contents));
        log.say("ignition", "units: wrote " + name + (enabled.asBoolean(false) ? ", enabled" : ", not enabled"));
    }

    private static UnitState state(JsonNode unit, String contents) {
        if (unit.path("mask").asBoolean(false)) {
            return new UnitState.NotStarted("it is masked");
        }
        if (!unit.path("enabled").asBoolean(false)) {
            return new UnitState.NotStarted("it is not enabled (systemd.units[].enabled is not true)");
        }
        // Enabling means the links that [Install] asks for; without that section there are none.
        return SystemdUnit.parse(contents).has("Install")
                ? new UnitState.Started()
                : new UnitState.NotStarted("it is enabled but has no [Install] section, so nothing starts it");
    }

    private static String text(JsonNode entry, String field, String where) throws FirstBootFailure {
        JsonNode value = entry.path(field);
        if (!value.isTextual() || value.asText().isEmpty()) {
            throw failed("config is not valid: " + where + ": an entry has no " + field);
        }
        return value.asText();
    }

    private static FirstBootFailure failed(String why) {
        return new FirstBootFailure(why, true);
    }
}
