package dev.shedmaster.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.core.host.DiskHint.Choice;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DiskHintTest {
    private static final Disk FIRST = disk("/dev/nvme0n1", "eui.01", "S1", 960);
    private static final Disk SECOND = disk("/dev/nvme1n1", "eui.02", "S2", 960);
    private static final Disk SMALL = disk("/dev/sda", "", "S3", 480);
    private static final List<Disk> ALL = List.of(SMALL, SECOND, FIRST);

    private static Disk disk(String device, String wwn, String serial, long gigabytes) {
        return new Disk(device, wwn, serial, gigabytes * 1_000_000_000, "", List.of());
    }

    private static DiskHint hint(@Nullable String wwn, @Nullable String serial, long gigabytes, OptionalInt index) {
        return new DiskHint("spec.rootDisk", wwn, serial, gigabytes * 1_000_000_000, index);
    }

    private static Choice choice(DiskHint hint) {
        return hint.choose(ALL);
    }

    @Test
    void aNameForGoodNamesOne() {
        assertThat(choice(hint("EUI.02", null, 0, OptionalInt.empty()))).isEqualTo(new Choice.Chosen(SECOND));
        assertThat(choice(hint(null, "S3", 0, OptionalInt.empty()))).isEqualTo(new Choice.Chosen(SMALL));
    }

    @Test
    void everythingThatIsGivenMustBeTrue() {
        assertThat(choice(hint("eui.02", "S1", 0, OptionalInt.empty()))).isInstanceOf(Choice.Unclear.class);
        assertThat(choice(hint(null, "S3", 480, OptionalInt.empty()))).isEqualTo(new Choice.Chosen(SMALL));
        assertThat(choice(hint(null, "S3", 481, OptionalInt.empty())))
                .isEqualTo(new Choice.Unclear("spec.rootDisk fits none of the server's disks (/dev/sda S3 480 GB, "
                        + "/dev/nvme1n1 eui.02 960 GB, /dev/nvme0n1 eui.01 960 GB): correct it"));
    }

    @Test
    void amongSeveralThePlaceIsThatOfTheirNames() {
        assertThat(choice(hint(null, null, 900, OptionalInt.of(0)))).isEqualTo(new Choice.Chosen(FIRST));
        assertThat(choice(hint(null, null, 900, OptionalInt.of(1)))).isEqualTo(new Choice.Chosen(SECOND));
        assertThat(choice(hint(null, null, 900, OptionalInt.of(2))))
                .isEqualTo(new Choice.Unclear(
                        "spec.rootDisk.index is 2, and only 2 disks fit (/dev/nvme0n1 eui.01 960 GB, "
                                + "/dev/nvme1n1 eui.02 960 GB), counted from 0: correct it"));
    }

    @Test
    void severalWithoutAPlaceAreUnclear() {
        assertThat(choice(hint(null, null, 900, OptionalInt.empty())))
                .isEqualTo(new Choice.Unclear("spec.rootDisk fits 2 disks (/dev/nvme0n1 eui.01 960 GB, "
                        + "/dev/nvme1n1 eui.02 960 GB): name one by its wwn or serial, or choose one by index"));
    }

    @Test
    void aServerWithoutDisksHasNone() {
        assertThat(hint(null, null, 0, OptionalInt.empty()).choose(List.of()))
                .isEqualTo(new Choice.Unclear(
                        "spec.rootDisk fits none of the server's disks (it shows none): correct it"));
    }

    @Test
    void aDiskIsNamedByWhatLastsLongest() {
        assertThat(FIRST.id()).isEqualTo("eui.01");
        assertThat(SMALL.id()).isEqualTo("S3");
        assertThat(disk("/dev/vda", "", "", 1).id()).isEqualTo("/dev/vda");
    }
}
