package dev.shedmaster.bootstrap;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the jar brings along for one format. Read once: a burst renders boot data a thousand times.
 *
 * @param template the built-in one
 * @param sources what the agent's files are made of
 * @param plain these files where no certificates are to be trusted beside the machine's
 */
record BuiltInFiles(String template, AgentFiles.Sources sources, AgentFiles plain) {
    private static final Map<BootstrapFormat, BuiltInFiles> ALL = Arrays.stream(BootstrapFormat.values())
            .collect(Collectors.toUnmodifiableMap(Function.identity(), BuiltInFiles::read));

    static BuiltInFiles of(BootstrapFormat format) {
        return Objects.requireNonNull(ALL.get(format));
    }

    AgentFiles agentFiles(@Nullable String caBundle) {
        return caBundle == null ? plain : sources.trusting(caBundle);
    }

    private static BuiltInFiles read(BootstrapFormat format) {
        AgentFiles.Sources sources =
                AgentFiles.Sources.of(resource(format.unit()), resource(format.prepare()), resource("agent-trust.sh"));
        return new BuiltInFiles(resource(format.template()), sources, sources.plain());
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
