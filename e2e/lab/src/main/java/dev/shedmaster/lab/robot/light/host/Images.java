package dev.shedmaster.lab.robot.light.host;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.shedmaster.lab.robot.disk.SystemFiles;
import dev.shedmaster.lab.robot.fault.FaultKind;
import dev.shedmaster.lab.robot.light.ImageSource;
import dev.shedmaster.lab.robot.light.ImageSource.Fetched;
import dev.shedmaster.lab.robot.light.LightOptions;
import dev.shedmaster.lab.robot.light.Refusal;
import dev.shedmaster.lab.robot.system.BootedServer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** The images that a host's workers run. To be used in a step of the account only. */
final class Images {
    private static final String FOLDER = "/var/lib/shedmaster/images/";
    private final BootedServer server;
    private final SystemFiles files;
    private final LightOptions options;
    private final ImageSource source;
    private final Supplier<Collection<WorkerUnit>> units;

    /** What this boot is fetching, by checksum. */
    private final Set<String> underWay = new TreeSet<>();

    /** Why the last attempt failed, by checksum. */
    private final Map<String, Refusal> failures = new HashMap<>();

    /** What workers of this boot were started with. */
    private final Map<String, String> startedWith = new HashMap<>();

    Images(
            BootedServer server,
            SystemFiles files,
            LightOptions options,
            ImageSource source,
            Supplier<Collection<WorkerUnit>> units) {
        this.server = server;
        this.files = files;
        this.options = options;
        this.source = source;
        this.units = units;
    }

    /** Refuses a worker whose image is not there. */
    void check(String name) {
        boolean isThere = files.imageNames().containsKey(name)
                || options.workerImages() == null
                || options.workerImages().contains(name);
        if (!isThere || server.strikes(FaultKind.WORKER_IMAGE_MISSING)) {
            throw new Refusal(6, "the host has no image " + FOLDER + name);
        }
    }

    void started(String worker, String image) {
        String sha256 = files.imageNames().get(image);
        if (sha256 != null) {
            startedWith.put(worker, sha256);
            use(sha256);
        }
    }

    private void use(String sha256) {
        files.images().put(sha256, server.clock().instant());
    }

    /** Says how far it is; begins it if nobody has. */
    String fetch(ImageWish wish) {
        if (options.workerImages() != null && options.workerImages().contains(wish.name())) {
            throw new Refusal(4, FOLDER + wish.name() + " is none of ours: somebody has put it there");
        }
        if (files.images().containsKey(wish.sha256())) {
            files.imageNames().put(wish.name(), wish.sha256());
            use(wish.sha256());
            return "done\n";
        }
        Refusal failure = failures.remove(wish.sha256());
        if (failure != null) {
            throw failure;
        }
        if (underWay.add(wish.sha256())) {
            begin(wish);
        }
        return "going\n";
    }

    private void begin(ImageWish wish) {
        if (server.strikes(FaultKind.WORKER_IMAGE_UNREACHABLE)) {
            server.later(Duration.ZERO, () -> fetched(wish, new Fetched.Unreachable(28)));
            return;
        }
        Thread.ofVirtual().name("lab-worker-image").start(() -> {
            Fetched fetched = source.fetch(wish.url());
            server.later(options.timings().fetching(), () -> fetched(wish, fetched));
        });
    }

    private void fetched(ImageWish wish, Fetched fetched) {
        underWay.remove(wish.sha256());
        switch (fetched) {
            case Fetched.Unreachable(int curl) ->
                failures.put(wish.sha256(), new Refusal(7, "the image cannot be fetched: curl: (" + curl + ")"));
            case Fetched.Whole(String taken) -> {
                String sum = server.strikes(FaultKind.WORKER_IMAGE_MISMATCH) ? "0".repeat(64) : taken;
                if (!sum.isEmpty() && !sum.equals(wish.sha256())) {
                    failures.put(
                            wish.sha256(),
                            new Refusal(
                                    8,
                                    "what was fetched has the checksum " + sum + ", and " + wish.sha256()
                                            + " was asked for"));
                } else {
                    use(wish.sha256());
                }
            }
        }
    }

    void drop(String sha256) {
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new Refusal(3, "'" + sha256 + "' is no SHA-256");
        }
        if (isUsed(sha256)) {
            throw new Refusal(4, "a worker runs the image " + sha256);
        }
        files.images().remove(sha256);
        files.imageNames().values().removeIf(sha256::equals);
    }

    private boolean isUsed(String sha256) {
        return units.get().stream()
                .filter(WorkerUnit::lives)
                .anyMatch(unit -> sha256.equals(startedWith.get(unit.name().text())));
    }

    /** Whether it can be said which there are. */
    boolean isKnown() {
        return options.workerImages() != null;
    }

    void list(ArrayNode rows) {
        Set<String> byHand = options.workerImages();
        if (byHand != null) {
            byHand.stream()
                    .sorted()
                    .forEach(name -> rows.addObject()
                            .put("name", name)
                            .put("sha256", "")
                            .put("used", (Long) null)
                            .put("inUse", false));
        }
        files.imageNames().forEach((name, sha256) -> list(rows, name, sha256));
        files.images().keySet().stream()
                .filter(sha256 -> !files.imageNames().containsValue(sha256))
                .forEach(sha256 -> list(rows, "", sha256));
    }

    private void list(ArrayNode rows, String name, String sha256) {
        Instant usedAt = Objects.requireNonNull(files.images().get(sha256));
        rows.addObject()
                .put("name", name)
                .put("sha256", sha256)
                .put(
                        "used",
                        options.timeOfDay(server.clock()).instant().getEpochSecond()
                                - Duration.between(usedAt, server.clock().instant())
                                        .toSeconds())
                .put("inUse", isUsed(sha256));
    }
}
