package dev.shedmaster.machine.host;

import static dev.shedmaster.machine.host.PrisonedRescue.run;
import static dev.shedmaster.machine.host.PrisonedRescue.tryRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.shedmaster.machine.host.PrisonedRescue.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program of the rescue system itself, on disks that are files: it writes, marks and wipes them for real. That a server boots from
 * what it has written is tried on a virtual machine, in {@code e2e/suite}.
 */
class RescueProgramTest {
    @TempDir
    Path folder;

    private PrisonedRescue rescue;
    private ImageServer images;

    @BeforeEach
    void prepare() throws Exception {
        rescue = PrisonedRescue.make(Files.createDirectory(folder.resolve("rescue")));
        images = new ImageServer(Files.readAllBytes(rescue.image()));
    }

    @AfterEach
    void cleanUp() throws Exception {
        if (images != null) {
            images.close();
        }
        if (rescue != null) {
            rescue.close();
        }
    }

    private String order(Map<String, String> changes) throws Exception {
        String text = rescue.order(rescue.disk(1), """
                kind raw
                image %s
                sha256 %s
                """.formatted(images.url(), images.sha256()));
        for (Map.Entry<String, String> change : changes.entrySet()) {
            text = text.replaceAll("(?m)^" + change.getKey() + " .*", change.getKey() + " " + change.getValue());
        }
        return text;
    }

    @Test
    void anImageIsWrittenMarkedAndItsKeysAreItsOwn() throws Exception {
        Ended ended = rescue.untilItEnds("install", order(Map.of()));
        assertThat(ended).isEqualTo(new Ended(0, "done\n", ""));

        Ended keys = rescue.program("", "keys");
        assertThat(keys.output()).startsWith("ssh-ed25519 AAAA").doesNotContain("everybody");
        assertThat(rescue.program("", "disks").output())
                .contains("\"device\":\"" + rescue.disk(0) + "\"", "\"owner\":\"t1 ci/host\"");
        Path place = Files.createDirectory(folder.resolve("place"));
        run("mount", "-o", "ro,noload", rescue.disk(0), place.toString());
        try {
            assertThat(place.resolve("etc/shedmaster/host")).hasContent("owner t1 ci/host\ngeneration g1\n");
            assertThat(place.resolve("etc/hostname")).hasContent("host-1\n");
            assertThat(place.resolve("root/.ssh/authorized_keys")).hasContent("ssh-ed25519 AAAA operator\n");
            assertThat(Files.readString(place.resolve("etc/ssh/ssh_host_ed25519_key.pub")))
                    .isEqualTo(keys.output().lines().findFirst().orElseThrow() + "\n");
        } finally {
            run("umount", place.toString());
        }
        assertThat(run("blkid", "--probe", "--match-tag", "LABEL", "--output", "value", rescue.disk(1))
                        .output())
                .isEqualTo("shedmaster\n");
    }

    @Test
    void askedAgainItIsNotWrittenAgain() throws Exception {
        rescue.untilItEnds("install", order(Map.of()));
        String keys = rescue.program("", "keys").output();

        assertThat(rescue.untilItEnds("install", order(Map.of("generation", "g2")))
                        .output())
                .isEqualTo("done\n");
        assertThat(rescue.program("", "keys").output()).isEqualTo(keys);
    }

    @Test
    void whatIsNotTheImageIsUnmadeAgain() throws Exception {
        Ended ended = rescue.untilItEnds("install", order(Map.of("sha256", "00ff")));

        assertThat(ended.status()).isEqualTo(8);
        assertThat(ended.complaint()).contains("has the checksum " + images.sha256(), "and spec.image says 00ff");
        assertThat(isZero(rescue.file(0))).isTrue();
    }

    @Test
    void anImageThatIsNotThereIsToldApart() throws Exception {
        String nowhere = images.url().replace("host.raw", "none");

        Ended ended = rescue.untilItEnds("install", order(Map.of("image", nowhere)));

        assertThat(ended.status()).isEqualTo(7);
        assertThat(ended.complaint()).contains(nowhere + " cannot be fetched");
    }

    @Test
    void aDiskThatIsNotThereOrInUseIsNotWritten() throws Exception {
        Ended ended = rescue.untilItEnds("install", order(Map.of("root", "eui.99")));
        assertThat(ended).isEqualTo(new Ended(3, "", "no disk is called eui.99\n"));

        rescue.reboot();
        run("mkfs.ext4", "-q", "-F", rescue.disk(1));
        Path place = Files.createDirectory(folder.resolve("place"));
        run("mount", rescue.disk(1), place.toString());
        try {
            assertThat(rescue.untilItEnds("install", order(Map.of())))
                    .isEqualTo(new Ended(3, "", rescue.disk(1) + " is mounted here: it is not written\n"));
        } finally {
            run("umount", place.toString());
        }
    }

    @Test
    void anUnknownKindLosesNothing() throws Exception {
        run("cp", rescue.raw().toString(), rescue.file(0).toString());

        assertThat(rescue.untilItEnds("install", order(Map.of("kind", "floppy"))))
                .isEqualTo(new Ended(3, "", "'floppy' is nothing that can be installed\n"));
        assertThat(isZero(rescue.file(0))).isFalse();
    }

    @Test
    void wipedDisksHoldNothing() throws Exception {
        run("cp", rescue.raw().toString(), rescue.file(0).toString());
        assertThat(isZero(rescue.file(0))).isFalse();

        assertThat(rescue.untilItEnds("wipe", "")).isEqualTo(new Ended(0, "done\n", ""));
        assertThat(isZero(rescue.file(0))).isTrue();
        assertThat(isZero(rescue.file(1))).isTrue();
    }

    @Test
    void nothingIsDestroyedOutsideOfARescueSystem() throws Exception {
        for (String verb : new String[] {"install", "wipe"}) {
            Ended ended = rescue.withDisks("", "", verb);
            assertThat(ended.status()).isEqualTo(5);
            assertThat(ended.complaint()).contains("and no rescue system");
        }
        assertThat(rescue.program("", "format").status()).isEqualTo(3);
    }

    @Test
    void itPassesShellcheck() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/shellcheck")), "shellcheck is not installed");
        Path file = Files.writeString(folder.resolve("program"), SshRescueSystem.bundled());

        assertThat(tryRun("shellcheck", "--shell=sh", file.toString())).isEqualTo(new Ended(0, "", ""));
        assertThat(SshRescueSystem.bundled().lines().filter(line -> line.length() > 120))
                .isEmpty();
    }

    private static boolean isZero(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        for (byte one : bytes) {
            if (one != 0) {
                return false;
            }
        }
        return true;
    }
}
