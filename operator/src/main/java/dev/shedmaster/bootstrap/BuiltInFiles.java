package dev.shedmaster.bootstrap;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the jar brings along for one format. Read once: a burst renders boot data a thousand times.
 *
 * @param template the built-in one
 * @param unit the agent's, the same for built-in and own templates
 * @param prepare the script that runs before the agent
 */
record BuiltInFiles(String template, String unit, String unitBase64, String prepare, String prepareBase64) {
    private static final Map<BootstrapFormat, BuiltInFiles> ALL = Arrays.stream(BootstrapFormat.values())
            .collect(Collectors.toUnmodifiableMap(Function.identity(), BuiltInFiles::read));

    static BuiltInFiles of(BootstrapFormat format) {
        return Objects.requireNonNull(ALL.get(format));
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static BuiltInFiles read(BootstrapFormat format) {
        String unit = resource(format.unit());
        String prepare = resource(format.prepare());
        return new BuiltInFiles(resource(format.template()), unit, base64(unit), prepare, base64(prepare));
    }

    private static String resource(String name) {
        try (InputStream stream = BuiltInFiles.class.getResourceAsStream("/bootstrap/" + name)) {
            if (stream == null) {
                throw new IllegalStateException("the jar lacks bootstrap/" + name);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
