package dev.shedmaster.core.stock;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The images of one host, and what is wanted of it. Images are fetched ahead of the first worker, one after the other; what nobody wants
 * any more is kept for a while, since pools are changed back, and goes when the disk gets full.
 *
 * @param wanted the names of the images that pools want there
 * @param isAllKnown whether that is all of them: else nothing is let go
 * @param images what it has
 * @param freeBytes what is free where they and the workers' disks are
 * @param bytes how large that is
 * @param failures of the attempts to fetch an image since the last that went well, by its name
 */
public record ImageStock(
        Set<String> wanted,
        boolean isAllKnown,
        Set<StoredImage> images,
        long freeBytes,
        long bytes,
        Map<String, Failures> failures) {
    /** A release that is taken back within a week finds its image still there. */
    static final Duration KEPT_UNUSED = Duration.ofDays(7);

    /** Jobs write more at night than by day: below that much of the disk, images that nobody wants make room. */
    static final int FREE_PERCENT = 20;

    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(30);
    private static final int MOST_DOUBLINGS = 5;

    public ImageStock {
        wanted = Set.copyOf(wanted);
        images = Set.copyOf(images);
        failures = Map.copyOf(failures);
    }

    /**
     * Attempts that failed, one after the other.
     *
     * @param times how many, at least one
     * @param last when the last one did
     * @param why it did, for a person
     */
    public record Failures(int times, Instant last, String why) {
        /** One more after those that are known; null if there were none. */
        public static Failures after(@Nullable Failures before, Instant now, String why) {
            return new Failures(before == null ? 1 : before.times() + 1, now, why);
        }

        private Instant retryAt() {
            Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(times - 1, MOST_DOUBLINGS));
            return last.plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
        }
    }

    /** What a host does next about its images. */
    public sealed interface Step {
        /** It fetches what is wanted and is not there, or goes on with it. */
        record Fetch(String name) implements Step {}

        /** It lets go of what nobody wants. */
        record Drop(String sha256) implements Step {}

        /** Nothing: all that is wanted is there, or was tried a moment ago. */
        record Nothing() implements Step {}
    }

    /** What is to be done next. The same question again, before anything has changed, has the same answer. */
    public Step next(Instant now) {
        Optional<StoredImage> leaving = images.stream()
                .filter(image -> isAllKnown && isUnwanted(image))
                .filter(image -> isCramped() || isForgotten(image, now))
                .min(Comparator.comparing(ImageStock::lastUse).thenComparing(StoredImage::sha256));
        if (leaving.isPresent()) {
            return new Step.Drop(leaving.get().sha256());
        }
        return missing().stream()
                .filter(name -> !isPaused(name, now))
                .min(Comparator.naturalOrder())
                .<Step>map(Step.Fetch::new)
                .orElseGet(Step.Nothing::new);
    }

    /** Which wanted images are not there. */
    public Set<String> missing() {
        Set<String> there = images.stream().map(StoredImage::name).collect(Collectors.toSet());
        return wanted.stream().filter(name -> !there.contains(name)).collect(Collectors.toSet());
    }

    private boolean isPaused(String name, Instant now) {
        Failures failed = failures.get(name);
        return failed != null && failed.retryAt().isAfter(now);
    }

    private boolean isUnwanted(StoredImage image) {
        return !image.sha256().isEmpty()
                && !image.isUsed()
                && images.stream()
                        .filter(other -> other.sha256().equals(image.sha256()))
                        .noneMatch(other -> wanted.contains(other.name()));
    }

    private boolean isCramped() {
        return freeBytes * 100 < bytes * FREE_PERCENT;
    }

    private static boolean isForgotten(StoredImage image, Instant now) {
        return lastUse(image).plus(KEPT_UNUSED).isBefore(now);
    }

    /** Of which nothing is known goes first. */
    private static Instant lastUse(StoredImage image) {
        return image.usedAt() == null ? Instant.EPOCH : image.usedAt();
    }
}
