package dev.shedmaster.controlplane;

import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubeapitest.binary.BinaryManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** The only class that touches kube-api-test, which knows where releases lie and how they are packed. */
final class ReleaseDownload {

    /** It sets itself no limit. */
    private static final Duration ENOUGH = Duration.ofMinutes(5);

    private ReleaseDownload() {}

    /** Downloads the newest patch of the pinned minor, whole or not at all: it appears under its name when it is complete. */
    static void into(Path folder) {
        try {
            Files.createDirectories(folder.resolve("k8s"));
            try (ScratchFolder beside = ScratchFolder.in(folder, Duration.ofHours(1))) {
                Path release = CompletableFuture.supplyAsync(() -> download(beside.path()), Thread::startVirtualThread)
                        .orTimeout(ENOUGH.toSeconds(), TimeUnit.SECONDS)
                        .join();
                Path target = folder.resolve("k8s").resolve(release.getFileName());
                if (!Files.exists(target)) {
                    Files.move(release, target, StandardCopyOption.ATOMIC_MOVE);
                }
            }
        } catch (IOException | CompletionException e) {
            throw new ControlPlaneFailure("the download failed: " + e, e);
        }
    }

    private static Path download(Path folder) {
        BinaryManager releases = new BinaryManager(KubeAPIServerConfigBuilder.anAPIServerConfig()
                .withTestDir(folder.toString())
                .withApiServerVersion(PinnedRelease.minor() + ".*")
                .withOfflineMode(false)
                .build());
        releases.initAndDownloadIfRequired();
        return Objects.requireNonNull(
                releases.binaries().getApiServer().toPath().getParent());
    }
}
