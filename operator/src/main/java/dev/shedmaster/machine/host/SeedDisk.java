package dev.shedmaster.machine.host;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A disk of a few small files for cloud-init, which finds it by its label (its NoCloud source). It is a FAT12 file system
 * without partitions, with long names, as Microsoft's specification of FAT describes it.
 */
final class SeedDisk {
    private static final int SECTOR = 512;
    private static final int RESERVED_SECTORS = 1;
    private static final int ROOT_ENTRIES = 64;
    private static final int ENTRY = 32;

    /** More clusters would make it FAT16. */
    private static final int CLUSTERS = 2048;

    private static final int SECTORS_OF_A_TABLE = (CLUSTERS + 2) * 3 / 2 / SECTOR + 1;
    private static final int SECTORS = RESERVED_SECTORS + SECTORS_OF_A_TABLE + ROOT_ENTRIES * ENTRY / SECTOR + CLUSTERS;
    private static final int LAST = 0xfff;
    private static final byte VOLUME_LABEL = 0x08;
    private static final byte LONG_NAME = 0x0f;
    private static final int LAST_PART = 0x40;

    /** Where letters stand in an entry of a long name. */
    private static final List<Integer> LETTERS = List.of(1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30);

    private final ByteBuffer table = ByteBuffer.allocate(SECTORS_OF_A_TABLE * SECTOR);
    private final ByteBuffer root = ByteBuffer.allocate(ROOT_ENTRIES * ENTRY).order(ByteOrder.LITTLE_ENDIAN);
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private int nextCluster = 2;

    private SeedDisk() {}

    /**
     * The whole disk.
     *
     * @param files by their names, a dozen at most
     * @throws IllegalArgumentException if they are more than a mebibyte together
     */
    static byte[] of(String label, Map<String, byte[]> files) {
        SeedDisk disk = new SeedDisk();
        disk.mark(0, 0xff8);
        disk.mark(1, LAST);
        disk.root.put(padded(label, 11)).put(VOLUME_LABEL).position(ENTRY);
        int number = 0;
        for (Map.Entry<String, byte[]> file : new TreeMap<>(files).entrySet()) {
            disk.add(file.getKey(), "FILE%04d".formatted(number++), file.getValue());
        }
        return disk.written();
    }

    private void add(String name, String shortName, byte[] content) {
        byte[] alias = padded(shortName, 11);
        int clusters = Math.ceilDiv(content.length, SECTOR);
        if (nextCluster + clusters > CLUSTERS + 2) {
            throw new IllegalArgumentException("a seed disk has room for a mebibyte");
        }
        putLongName(name, alias);
        root.put(alias).put((byte) 0x20).position(root.position() + 14);
        root.putShort((short) (clusters == 0 ? 0 : nextCluster)).putInt(content.length);
        for (int i = 0; i < clusters; i++) {
            mark(nextCluster, i + 1 == clusters ? LAST : nextCluster + 1);
            nextCluster++;
        }
        data.writeBytes(content);
        data.writeBytes(new byte[clusters * SECTOR - content.length]);
    }

    /** The last part of a name comes first, and is marked as the last one. */
    private void putLongName(String name, byte[] alias) {
        int parts = Math.ceilDiv(name.length(), LETTERS.size());
        for (int part = parts; part > 0; part--) {
            int at = root.position();
            root.put(at, (byte) (part == parts ? part | LAST_PART : part));
            root.put(at + 11, LONG_NAME).put(at + 13, checksum(alias));
            for (int i = 0; i < LETTERS.size(); i++) {
                root.putShort(at + LETTERS.get(i), (short) letter(name, (part - 1) * LETTERS.size() + i));
            }
            root.position(at + ENTRY);
        }
    }

    /** A zero ends a name that does not fill its last part, and what is left is filled with ones. */
    private static int letter(String name, int at) {
        return at < name.length() ? name.charAt(at) : at == name.length() ? 0 : 0xffff;
    }

    private static byte checksum(byte[] alias) {
        int sum = 0;
        for (byte letter : alias) {
            sum = ((sum & 1) << 7) + (sum >> 1) + (letter & 0xff) & 0xff;
        }
        return (byte) sum;
    }

    /** Entries of the table are twelve bits: two of them are three bytes. */
    private void mark(int cluster, int next) {
        int at = cluster + cluster / 2;
        int pair = (table.get(at) & 0xff) | ((table.get(at + 1) & 0xff) << 8);
        int marked = cluster % 2 == 0 ? (pair & 0xf000) | next : (pair & 0x000f) | (next << 4);
        table.put(at, (byte) marked).put(at + 1, (byte) (marked >> 8));
    }

    private byte[] written() {
        ByteBuffer disk = ByteBuffer.allocate(SECTORS * SECTOR).order(ByteOrder.LITTLE_ENDIAN);
        disk.put(new byte[] {(byte) 0xeb, 0x3c, (byte) 0x90}).put(padded("SHEDMAST", 8));
        disk.putShort((short) SECTOR)
                .put((byte) 1)
                .putShort((short) RESERVED_SECTORS)
                .put((byte) 1);
        disk.putShort((short) ROOT_ENTRIES).putShort((short) SECTORS).put((byte) 0xf8);
        disk.putShort((short) SECTORS_OF_A_TABLE).putShort((short) 32).putShort((short) 2);
        disk.position(36).put((byte) 0x80).put((byte) 0).put((byte) 0x29).putInt(0x5eed5eed);
        disk.put(Arrays.copyOfRange(root.array(), 0, 11)).put(padded("FAT12", 8));
        disk.put(SECTOR - 2, (byte) 0x55).put(SECTOR - 1, (byte) 0xaa);
        disk.position(RESERVED_SECTORS * SECTOR);
        disk.put(table.array()).put(root.array()).put(data.toByteArray());
        return disk.array();
    }

    private static byte[] padded(String text, int length) {
        return (text + " ".repeat(length - text.length())).getBytes(StandardCharsets.US_ASCII);
    }
}
