package dev.shedmaster.machine.host;

import static dev.shedmaster.machine.host.PrisonedRescue.run;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.shedmaster.machine.host.PrisonedRescue.Ended;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Systems that others' programs install. Stand-ins of these programs write down what they are asked for, and fail if they shall. */
class RescueInstallersTest {
    /** Takes what the real one takes, and puts a file system with a system onto the first drive. */
    private static final String INSTALLIMAGE = """
            #!/bin/sh
            set -eu
            cd "$(dirname "$0")"
            printf '<%s>' "$@" > asked
            read -r countdown
            [ "$#" = 3 ] && [ "$1 $2" = '-a -c' ] && [ "$countdown" = x ] || { echo usage; exit 2; }
            cp "$3" configuration
            echo 'Image download failed' >&2
            echo >&2
            [ ! -e fails ] || exit 1
            mkdir -p tree/etc
            echo ID=debian > tree/etc/os-release
            mkfs.ext4 -q -F -d tree "$(sed -n 's/^DRIVE1 //p' configuration)"
            """;

    private static final String FLATCAR_INSTALL = """
            #!/bin/bash
            set -eu
            printf '<%s>' "$@" > /usr/local/sbin/asked
            while getopts d:C:V:o:i: option; do
                [ "$option" != i ] || cp "$OPTARG" /usr/local/sbin/document
            done
            echo 'gpg: BAD signature' >&2
            [ ! -e /usr/local/sbin/fails ]
            """;

    @TempDir
    Path folder;

    private PrisonedRescue rescue;
    private Path installer;

    @BeforeEach
    void prepare() throws Exception {
        rescue = PrisonedRescue.make(Files.createDirectory(folder.resolve("rescue")));
        installer = rescue.home().resolve(".oldroot/nfs/install");
        rescue.have(installer.resolve("installimage"), INSTALLIMAGE);
        Path images = Files.createDirectory(rescue.home().resolve(".oldroot/nfs/images"));
        for (String archive : new String[] {
            "Debian-1200-bookworm-amd64-base.tar.gz",
            "Debian-1200-bookworm-amd64-base.tar.gz.sig",
            "Debian-1300-trixie-amd64-base.tar.gz",
            "Debian-1300-trixie-amd64-base.tar.zst"
        }) {
            Files.createFile(images.resolve(archive));
        }
    }

    @AfterEach
    void cleanUp() throws Exception {
        if (rescue != null) {
            rescue.close();
        }
    }

    @Test
    void installimageIsToldAllAndWhatComesOfItIsOurs() throws Exception {
        rescue.bootByUefi();

        Ended ended = rescue.untilItEnds(
                "install",
                rescue.order(rescue.disk(1), "kind installimage\narchive Debian-1200-bookworm-amd64-base\n"));

        assertThat(ended).isEqualTo(new Ended(0, "done\n", ""));
        assertThat(installer.resolve("asked")).hasContent("<-a><-c></run/shedmaster-rescue/install/configuration>");
        assertThat(installer.resolve("configuration")).hasContent("""
                DRIVE1 %s
                SWRAID 0
                BOOTLOADER grub
                HOSTNAME host-1
                PART /boot/efi esp 256M
                PART /boot ext3 1024M
                PART / ext4 all
                IMAGE /root/.oldroot/nfs/images/Debian-1200-bookworm-amd64-base.tar.gz
                """.formatted(rescue.disk(0)));
        assertThat(rescue.program("", "keys").output()).startsWith("ssh-ed25519 AAAA");
        assertThat(rescue.program("", "disks").output()).contains("\"owner\":\"t1 ci/host\"");
    }

    @Test
    void anArrayHasItsLevelAndAllItsDisks() throws Exception {
        Ended ended = rescue.untilItEnds("install", rescue.order("", """
                kind installimage
                archive https://images.example.org/Our-1-base-amd64-x.tar.zst
                volume PART /boot ext4 512M
                volume PART / xfs all
                raid 1
                raid-disk %s
                """.formatted(rescue.disk(1))));

        assertThat(ended).isEqualTo(new Ended(0, "done\n", ""));
        assertThat(installer.resolve("configuration")).hasContent("""
                DRIVE1 %s
                DRIVE2 %s
                SWRAID 1
                SWRAIDLEVEL 1
                BOOTLOADER grub
                HOSTNAME host-1
                PART /boot ext4 512M
                PART / xfs all
                IMAGE https://images.example.org/Our-1-base-amd64-x.tar.zst
                """.formatted(rescue.disk(0), rescue.disk(1)));
    }

    @Test
    void whatInstallimageSaysLastIsTold() throws Exception {
        Files.createFile(installer.resolve("fails"));

        assertThat(rescue.untilItEnds(
                        "install", rescue.order("", "kind installimage\narchive Debian-1200-bookworm-amd64-base\n")))
                .isEqualTo(new Ended(1, "", "installimage has failed: Image download failed\n"));
    }

    @Test
    void whatInstallimageCannotDoIsSaidBeforeAnythingIsLost() throws Exception {
        run("mkfs.ext4", "-q", "-F", rescue.disk(0));

        assertThat(refused("archive Windows-11\n"))
                .isEqualTo("the rescue system has no archive Windows-11 in /root/.oldroot/nfs/images");
        assertThat(refused("archive Debian-1300-trixie-amd64-base\n"))
                .startsWith("two archives are called Debian-1300-trixie-amd64-base: ")
                .endsWith("/Debian-1300-trixie-amd64-base.tar.zst");
        rescue.bootByUefi();
        assertThat(refused("archive Debian-1200-bookworm-amd64-base\nvolume PART / ext4 all\n"))
                .isEqualTo("the server boots by UEFI: spec.image must have one volume like 'PART /boot/efi esp 256M'");
        Files.delete(installer.resolve("installimage"));
        assertThat(refused("archive /root/a.tar.gz\n")).contains("choose another kind of spec.image");

        assertThat(run("blkid", "--probe", "--match-tag", "TYPE", "--output", "value", rescue.disk(0))
                        .output())
                .isEqualTo("ext4\n");
    }

    private String refused(String facts) throws Exception {
        Ended ended = rescue.untilItEnds("install", rescue.order("", "kind installimage\n" + facts));
        rescue.reboot();
        assertThat(ended.status()).isEqualTo(8);
        return ended.complaint().strip();
    }

    @Test
    void flatcarIsToldWhatItIsAndReadsTheRestAtItsFirstBoot() throws Exception {
        rescue.have("flatcar-install", FLATCAR_INSTALL);
        rescue.have("gawk", "#!/bin/sh\n");
        String theirs = "{\"ignition\": {\"version\": \"3.3.0\"}}";

        Ended ended = rescue.untilItEnds(
                "install",
                rescue.order(
                        rescue.disk(1),
                        "kind flatcar\nchannel stable\nversion 4230.2.3\nignition " + base64(theirs) + "\n"));

        assertThat(ended).isEqualTo(new Ended(0, "done\n", ""));
        assertThat(programs("asked"))
                .hasContent("<-d><" + rescue.disk(0) + "><-C><stable><-o><>"
                        + "<-i></run/shedmaster-rescue/install/ignition.json><-V><4230.2.3>");
        JsonNode document = new ObjectMapper().readTree(programs("document").toFile());
        assertThat(document.at("/ignition/version").asText()).isEqualTo("3.3.0");
        assertThat(content(document.at("/ignition/config/merge/0/source"))).isEqualTo(theirs);
        Map<String, String> files = files(document);
        String keys = rescue.program("", "keys").output();
        assertThat(files)
                .containsEntry("/etc/shedmaster/host 644", "owner t1 ci/host\ngeneration g1\n")
                .containsEntry("/etc/hostname 644", "host-1\n")
                .containsEntry("/root/.ssh/authorized_keys 600", "ssh-ed25519 AAAA operator\n")
                .containsEntry(
                        "/etc/ssh/ssh_host_ed25519_key.pub 644",
                        keys.lines().findFirst().orElseThrow() + "\n")
                .containsKeys("/etc/ssh/ssh_host_rsa_key 600", "/etc/ssh/ssh_host_rsa_key.pub 644")
                .hasSize(7);
        assertThat(files.get("/etc/ssh/ssh_host_ed25519_key 600")).startsWith("-----BEGIN OPENSSH PRIVATE KEY-----");
        assertThat(run("blkid", "--probe", "--match-tag", "LABEL", "--output", "value", rescue.disk(1))
                        .output())
                .isEqualTo("shedmaster\n");
    }

    @Test
    void flatcarOfAFetchedProgramThatFails() throws Exception {
        rescue.have("gawk", "#!/bin/sh\n");
        rescue.have("fails", "");
        Path program = Files.writeString(folder.resolve("flatcar-install"), FLATCAR_INSTALL);
        String sum =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(program)));
        String facts = "kind flatcar\nchannel beta\nprogram file://" + program + "\n";

        assertThat(rescue.untilItEnds("install", rescue.order("", facts + "program-sha256 " + sum + "\n")))
                .isEqualTo(new Ended(1, "", "flatcar-install has failed: gpg: BAD signature\n"));
        assertThat(programs("asked")).content().endsWith("ignition.json>");
        assertThat(new ObjectMapper()
                        .readTree(programs("document").toFile())
                        .at("/ignition/config")
                        .isMissingNode())
                .isTrue();

        rescue.reboot();
        assertThat(rescue.untilItEnds("install", rescue.order("", facts + "program-sha256 00ff\n")))
                .satisfies(ended -> {
                    assertThat(ended.status()).isEqualTo(8);
                    assertThat(ended.complaint()).contains("has the checksum " + sum, "spec.image says 00ff");
                });
        rescue.reboot();
        assertThat(rescue.untilItEnds("install", rescue.order("", "kind flatcar\nchannel beta\n")))
                .satisfies(ended -> {
                    assertThat(ended.status()).isEqualTo(8);
                    assertThat(ended.complaint()).contains("say in spec.image where it is fetched from");
                });
    }

    private Path programs(String file) {
        return folder.resolve("rescue/programs").resolve(file);
    }

    /** What the document makes, by path and permissions. */
    private static Map<String, String> files(JsonNode document) {
        Map<String, String> files = new HashMap<>();
        for (JsonNode file : document.at("/storage/files")) {
            assertThat(file.path("overwrite").asBoolean()).isTrue();
            files.put(
                    file.path("path").asText()
                            + " "
                            + Integer.toOctalString(file.path("mode").asInt()),
                    content(file.at("/contents/source")));
        }
        return files;
    }

    private static String content(JsonNode source) {
        return new String(
                Base64.getDecoder().decode(source.asText().replaceFirst("^data:;base64,", "")), StandardCharsets.UTF_8);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
