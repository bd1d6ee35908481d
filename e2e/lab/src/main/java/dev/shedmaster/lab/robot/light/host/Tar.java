package dev.shedmaster.lab.robot.light.host;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads a tar (ustar, POSIX.1-1988) of plain files and folders. */
final class Tar {
    private static final int BLOCK = 512;
    private static final int NAME_BYTES = 100;
    private static final int SIZE_AT = 124;
    private static final int SIZE_BYTES = 12;
    private static final int CHECKSUM_AT = 148;
    private static final int CHECKSUM_BYTES = 8;

    private Tar() {}

    /**
     * What is in it, by name; folders end with a slash and hold nothing.
     *
     * @throws IOException if it is none, or not whole
     */
    static Map<String, byte[]> read(byte[] tar) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        ByteArrayInputStream in = new ByteArrayInputStream(tar);
        while (true) {
            byte[] header = in.readNBytes(BLOCK);
            if (header.length < BLOCK) {
                throw new IOException("Unexpected EOF in archive");
            }
            if (isEmpty(header)) {
                return entries;
            }
            if (octal(header, CHECKSUM_AT, CHECKSUM_BYTES) != checksum(header)) {
                throw new IOException("This does not look like a tar archive");
            }
            int size = octal(header, SIZE_AT, SIZE_BYTES);
            byte[] content = in.readNBytes(size);
            if (content.length < size) {
                throw new IOException("Unexpected EOF in archive");
            }
            entries.put(text(header, 0, NAME_BYTES), content);
            in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
        }
    }

    private static boolean isEmpty(byte[] block) {
        return Arrays.equals(block, new byte[BLOCK]);
    }

    private static int checksum(byte[] header) {
        int sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            boolean isField = i >= CHECKSUM_AT && i < CHECKSUM_AT + CHECKSUM_BYTES;
            sum += isField ? ' ' : header[i] & 0xff;
        }
        return sum;
    }

    private static int octal(byte[] header, int at, int length) throws IOException {
        try {
            return Integer.parseInt(text(header, at, length).strip(), 8);
        } catch (NumberFormatException broken) {
            throw new IOException("This does not look like a tar archive", broken);
        }
    }

    private static String text(byte[] header, int at, int length) {
        int end = at;
        while (end < at + length && header[end] != 0) {
            end++;
        }
        return new String(header, at, end - at, StandardCharsets.UTF_8);
    }
}
