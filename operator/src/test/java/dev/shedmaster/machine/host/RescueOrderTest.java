package dev.shedmaster.machine.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.port.Installation;
import dev.shedmaster.port.Installation.Flatcar;
import dev.shedmaster.port.Installation.Image;
import dev.shedmaster.port.Installation.Installimage;
import dev.shedmaster.port.Installation.Raid;
import dev.shedmaster.port.Installation.Raid.Level;
import dev.shedmaster.port.Installation.Raw;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the program in the rescue system is told of each kind of installation. */
class RescueOrderTest {

    @Test
    void aRawImageHasItsChecksum() {
        assertThat(RescueOrder.of(order(new Raw("https://images.example.org/host.raw.zst", "00ff"), "eui.02")))
                .isEqualTo(Outcome.done("""
                        owner t1 ci/rx220-1
                        generation g1
                        hostname rx220-1
                        root eui.01
                        scratch eui.02
                        key ssh-ed25519 AAAA operator
                        kind raw
                        image https://images.example.org/host.raw.zst
                        sha256 00ff
                        """));
    }

    @Test
    void installimageHasItsVolumesAndItsDisks() {
        Installimage image = new Installimage(
                "Debian-1200-bookworm-arm64-base",
                List.of("PART /boot/efi esp 256M", "PART / ext4 all"),
                new Raid(Level.RAID1, List.of("eui.02")));

        assertThat(RescueOrder.of(order(image, ""))).isEqualTo(Outcome.done("""
                owner t1 ci/rx220-1
                generation g1
                hostname rx220-1
                root eui.01
                key ssh-ed25519 AAAA operator
                kind installimage
                archive Debian-1200-bookworm-arm64-base
                volume PART /boot/efi esp 256M
                volume PART / ext4 all
                raid 1
                raid-disk eui.02
                """));
    }

    @Test
    void flatcarHasItsDocumentWhateverLinesThatHas() {
        assertThat(RescueOrder.of(order(new Flatcar("stable", "", "{\n}", "", ""), "")))
                .isEqualTo(Outcome.done("""
                        owner t1 ci/rx220-1
                        generation g1
                        hostname rx220-1
                        root eui.01
                        key ssh-ed25519 AAAA operator
                        kind flatcar
                        channel stable
                        ignition ewp9
                        """));
        assertThat(RescueOrder.of(order(new Flatcar("beta", "4230.1.0", "", "https://x/flatcar-install", "00"), "")))
                .isInstanceOfSatisfying(
                        Outcome.Done.class,
                        done -> assertThat((String) done.value())
                                .endsWith(
                                        "channel beta\nversion 4230.1.0\nprogram https://x/flatcar-install\nprogram-sha256 00\n"));
    }

    @Test
    void whatContradictsItselfNamesItsField() {
        assertThat(refused(new Raw("https://x/\nkey evil", "00"))).isEqualTo("image must be one line of plain text");
        assertThat(refused(new Installimage("a", List.of("DRIVE2 /dev/sdb"), null)))
                .isEqualTo("volumes must begin with PART, LV or SUBVOL each, not as in \"DRIVE2 /dev/sdb\"");
        assertThat(refused(new Installimage("a", List.of("PART / ext4 all\nkey evil"), null)))
                .startsWith("volumes must begin with");
        assertThat(refused(new Flatcar("stable", "", "", "https://x/flatcar-install", "")))
                .isEqualTo("programSha256 must be given with program, and only with it");
    }

    @Test
    void anArrayHasEachDiskOnceAndEnoughOfThem() {
        String once = "raid must have each disk once, and neither the root disk nor the scratch disk";

        assertThat(refused(over(Level.RAID1, "eui.01"))).isEqualTo(once);
        assertThat(refused(over(Level.RAID1, "eui.02"))).isEqualTo(once);
        assertThat(refused(over(Level.RAID5, "eui.03", "eui.03"))).isEqualTo(once);
        assertThat(refused(over(Level.RAID5, "eui.03")))
                .isEqualTo("raid of level 5 takes 3 disks at least, the root disk among them, not 2");
        assertThat(refused(over(Level.RAID5, "eui.03", "eui.04"))).isNull();
    }

    private static Image over(Level level, String... disks) {
        return new Installimage("a", List.of(), new Raid(level, List.of(disks)));
    }

    private static @Nullable String refused(Image image) {
        return switch (RescueOrder.of(order(image, "eui.02"))) {
            case Outcome.Failed<String>(PortError error) -> error.message();
            case Outcome.Done<String> done -> null;
        };
    }

    private static Installation order(Image image, String scratchDisk) {
        return new Installation(
                "t1 ci/rx220-1", "g1", "rx220-1", image, "eui.01", scratchDisk, "ssh-ed25519 AAAA operator");
    }
}
