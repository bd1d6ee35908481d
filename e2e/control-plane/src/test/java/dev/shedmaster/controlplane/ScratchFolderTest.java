package dev.shedmaster.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchFolderTest {

    @TempDir
    private Path base;

    @Test
    void isGoneWhenItIsClosed() throws IOException {
        ScratchFolder folder = ScratchFolder.in(base, Duration.ofDays(1));
        Files.createDirectories(folder.path().resolve("a/b"));
        folder.write("a/b/file", "text");
        folder.close();
        assertThat(base).isEmptyDirectory();
    }

    @Test
    void staysWhereItIsToBeRead() {
        ScratchFolder folder = ScratchFolder.in(base, Duration.ofDays(1));
        folder.keep();
        folder.close();
        assertThat(folder.path()).isDirectory();
    }

    @Test
    void whatADeadProcessLeftIsClearedAwayInTime() throws IOException {
        Path old = abandoned("old", Duration.ofHours(2));
        Path fresh = abandoned("fresh", Duration.ofMinutes(2));
        Path foreign = Files.createDirectory(base.resolve("not-ours"));
        try (ScratchFolder folder = ScratchFolder.in(base, Duration.ofHours(1))) {
            assertThat(old).doesNotExist();
            assertThat(fresh).isDirectory();
            assertThat(foreign).isDirectory();
            assertThat(folder.path()).isDirectory();
        }
    }

    @Test
    void whatThisProcessUsesIsLeftAlone() {
        try (ScratchFolder first = ScratchFolder.in(base, Duration.ZERO);
                ScratchFolder second = ScratchFolder.in(base, Duration.ZERO)) {
            assertThat(first.path()).isDirectory();
            assertThat(second.path()).isDirectory();
        }
    }

    /** Process 0 is nobody's. */
    private Path abandoned(String name, Duration ago) throws IOException {
        Path folder = Files.createDirectory(base.resolve("shedmaster-control-plane-0-" + name));
        Path lock = Files.createFile(folder.resolve("in-use"));
        Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minus(ago)));
        return folder;
    }
}
