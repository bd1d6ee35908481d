package dev.shedmaster.kube.host;

import dev.shedmaster.api.v1alpha1.Api;
import dev.shedmaster.api.v1alpha1.Architecture;
import dev.shedmaster.api.v1alpha1.BareMetalHost;
import dev.shedmaster.api.v1alpha1.BareMetalHostSpec;
import dev.shedmaster.api.v1alpha1.DiskSelector;
import dev.shedmaster.api.v1alpha1.HostDeletionPolicy;
import dev.shedmaster.api.v1alpha1.HostImage;
import dev.shedmaster.api.v1alpha1.HostWords;
import dev.shedmaster.api.v1alpha1.RobotServer;
import dev.shedmaster.core.host.DiskHint;
import dev.shedmaster.core.host.HostWish;
import dev.shedmaster.core.host.HostWish.Expected;
import dev.shedmaster.core.host.HostWish.Removal;
import dev.shedmaster.kube.pool.Spans;
import dev.shedmaster.kube.status.Names;
import dev.shedmaster.ssh.HostKeyFingerprint;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a person wants of a host, read from its object. */
final class HostWishes {
    /** Lets a host out of its quarantine, and begin anew: each new value once. */
    static final String RELEASE = Api.GROUP + "/release";

    /** Takes a server over from the owner that it names, whose mark counts for nothing then. */
    static final String TAKE_OVER = Api.GROUP + "/take-over";

    /** Enough to tell systems apart, and short enough for a person. */
    private static final int HASH_DIGITS = 16;

    private final String installation;

    /** @param installation the first word of each mark of ours */
    HostWishes(String installation) {
        this.installation = installation;
    }

    /** @param words as {@link #heard} has left them */
    HostWish of(BareMetalHost host, HostWords words, Instant now) {
        BareMetalHostSpec spec = host.getSpec();
        return new HostWish(
                owner(host),
                generation(spec),
                expected(spec),
                hint("spec.rootDisk", spec.rootDisk() == null ? DiskSelector.ANY : spec.rootDisk()),
                Optional.ofNullable(spec.scratchDisk()).map(selector -> hint("spec.scratchDisk", selector)),
                spec.maintenance().enabled(),
                words.removedAt() == null ? null : removal(spec),
                words.removedAt(),
                words.releasedAt(),
                words.specChangedAt() == null ? now : words.specChangedAt(),
                hostKeys(spec));
    }

    /** Notes what is new of what people say: by our own clock, since deadlines count from it. */
    static HostWords heard(BareMetalHost host, HostWords words, Instant now) {
        String hash = hash(living(host.getSpec()));
        Map<String, String> annotations = host.getMetadata().getAnnotations();
        String release = annotations == null ? null : annotations.get(RELEASE);
        boolean isReleased = release != null && !release.equals(words.release());
        boolean leaves = host.getMetadata().getDeletionTimestamp() != null;
        return new HostWords(
                hash,
                hash.equals(words.specHash()) ? words.specChangedAt() : now,
                release == null ? words.release() : release,
                isReleased ? now : words.releasedAt(),
                leaves && words.removedAt() == null ? now : words.removedAt());
    }

    /** {@code installation namespace/name}. */
    String owner(BareMetalHost host) {
        return installation + " " + Names.of(host);
    }

    /** The account that its server is rented under; null if it is reached by its address alone. */
    static @Nullable String account(BareMetalHost host) {
        RobotServer robot = host.getSpec().robot();
        return robot == null ? null : Names.of(host, robot.accountRef());
    }

    /** The owner whose marks count for nothing here; empty if all count. */
    static String takenOverFrom(BareMetalHost host) {
        Map<String, String> annotations = host.getMetadata().getAnnotations();
        return annotations == null ? "" : annotations.getOrDefault(TAKE_OVER, "");
    }

    static Expected expected(BareMetalHostSpec spec) {
        return new Expected(
                architecture(spec),
                spec.hardware().cpus(),
                Spans.bytes(spec.hardware().memory()));
    }

    static String architecture(BareMetalHostSpec spec) {
        return spec.hardware().architecture() == Architecture.ARM64 ? "arm64" : "amd64";
    }

    private static Removal removal(BareMetalHostSpec spec) {
        return spec.deletionPolicy() == HostDeletionPolicy.WIPE ? Removal.WIPE : Removal.RETAIN;
    }

    private static DiskHint hint(String field, DiskSelector selector) {
        return new DiskHint(
                field,
                selector.wwn(),
                selector.serial(),
                selector.minSize() == null ? 0 : Spans.bytes(selector.minSize()),
                selector.index() == null ? OptionalInt.empty() : OptionalInt.of(selector.index()));
    }

    private static Set<String> hostKeys(BareMetalHostSpec spec) {
        return spec.ssh() == null
                ? Set.of()
                : spec.ssh().hostKeys().stream().map(HostKeyFingerprint::of).collect(Collectors.toUnmodifiableSet());
    }

    /** What a system is made of: whoever changes it wants another one. */
    static String generation(BareMetalHostSpec spec) {
        HostImage image = spec.image();
        return image == null
                ? ""
                : hash(Stream.of(
                                image.name(),
                                image.version(),
                                image.url(),
                                image.sha256(),
                                image.installimage(),
                                image.flatcar(),
                                spec.rootDisk(),
                                spec.scratchDisk())
                        .map(Objects::toString)
                        .collect(Collectors.joining("\n")));
    }

    /** What the host's life rests on. How much of it workers get, and when it may be out of service, is none of that. */
    private static String living(BareMetalHostSpec spec) {
        return Stream.of(spec.robot(), spec.ssh(), spec.hardware(), spec.image(), spec.rootDisk(), spec.scratchDisk())
                .map(Objects::toString)
                .collect(Collectors.joining("\n"));
    }

    private static String hash(@Nullable String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(String.valueOf(text).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the platform has no SHA-256", e);
        }
    }
}
