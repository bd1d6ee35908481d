package dev.shedmaster.port;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be installed on a server, from inside of its {@link RescueSystem}. Whatever it is, the system that comes of it bears its
 * owner's mark, has host keys of its own that were made there, and lets the given key in.
 *
 * @param owner whose mark the system gets: {@code installation namespace/name}
 * @param generation the second part of that mark
 * @param hostName what the system calls itself
 * @param image what is installed, and by what
 * @param rootDisk the disk that it goes to, by what names it for good
 * @param scratchDisk the disk that gets an empty file system labelled {@code shedmaster}; empty for none
 * @param authorizedKey the public key that lets us in, one line
 */
public record Installation(
        String owner,
        String generation,
        String hostName,
        Image image,
        String rootDisk,
        String scratchDisk,
        String authorizedKey) {

    /** What is installed. */
    public sealed interface Image {}

    /**
     * A disk's image, which is written as it is.
     *
     * @param url where it is fetched from: plain, or packed as its name's ending says ({@code .zst}, {@code .xz}, {@code .gz}, {@code
     *     .bz2})
     * @param sha256 the checksum of what is fetched, in hexadecimal digits
     */
    public record Raw(String url, String sha256) implements Image {}

    /**
     * A distribution that Hetzner's own program {@code installimage} unpacks into partitions that it makes.
     *
     * @param archive a tar archive: its name among those of the rescue system, with or without its ending, or where it is fetched
     *     from. Its architecture is told by its name ({@code …-arm64-…})
     * @param volumes lines of the program's configuration that begin with {@code PART}, {@code LV} or {@code SUBVOL}; empty for the
     *     usual ones: an EFI partition where the server boots by UEFI, 1 GiB for {@code /boot}, and the rest for the root
     * @param raid over which disks the system is spread; null for the root disk alone
     */
    public record Installimage(
            String archive, List<String> volumes, @Nullable Raid raid) implements Image {
        public Installimage {
            volumes = List.copyOf(volumes);
        }
    }

    /**
     * Linux's software RAID.
     *
     * @param disks those beside the root disk, by what names them for good; none of them is the scratch disk
     */
    public record Raid(Level level, List<String> disks) {
        public Raid {
            disks = List.copyOf(disks);
        }

        /** The levels that the program makes. */
        public enum Level {
            RAID0(0, 2),
            RAID1(1, 2),
            RAID5(5, 3),
            RAID6(6, 4),
            RAID10(10, 4);

            private final int number;
            private final int leastDisks;

            Level(int number, int leastDisks) {
                this.number = number;
                this.leastDisks = leastDisks;
            }

            /** As Linux and the program write it. */
            public int number() {
                return number;
            }

            /** How many disks it takes at least, the root disk among them. */
            public int leastDisks() {
                return leastDisks;
            }
        }
    }

    /**
     * Flatcar Container Linux, by its own program {@code flatcar-install}, which fetches it and checks its signature.
     *
     * @param channel {@code stable}, {@code beta}, {@code alpha} or {@code lts}
     * @param version a release of it; empty for the newest
     * @param ignition what it is configured by at its first boot, an Ignition document; empty for nothing beside what makes it ours.
     *     What both set is set as the document says
     * @param program where the program is fetched from; empty if the rescue system has it
     * @param programSha256 the checksum of the program, in hexadecimal digits; empty if the rescue system has it
     */
    public record Flatcar(String channel, String version, String ignition, String program, String programSha256)
            implements Image {}
}
