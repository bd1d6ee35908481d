package dev.shedmaster.controlplane;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The release of Kubernetes that go.mod pins. All sources that can choose give that, or one of the same minor. */
final class PinnedRelease {

    private static final Pattern REQUIRED = Pattern.compile("^\\s*k8s\\.io/kubernetes v(\\S+)", Pattern.MULTILINE);

    private PinnedRelease() {}

    /** Such as 1.37.2. */
    static String kubernetes() {
        try (InputStream file =
                Objects.requireNonNull(PinnedRelease.class.getResourceAsStream("recipe/go.mod"), "recipe/go.mod")) {
            Matcher line = REQUIRED.matcher(new String(file.readAllBytes(), StandardCharsets.UTF_8));
            if (!line.find()) {
                throw new IllegalStateException("go.mod does not require k8s.io/kubernetes");
            }
            return line.group(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Such as 1.37. */
    static String minor() {
        String release = kubernetes();
        return release.substring(0, release.lastIndexOf('.'));
    }
}
