package dev.shedmaster.machine.host;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** Writes a tar (ustar, POSIX.1-1988) of small files that only their owner may read. */
final class TarWriter {
    private static final int BLOCK = 512;
    private static final int NAME_BYTES = 100;
    private static final int CHECKSUM_AT = 148;
    private static final int CHECKSUM_BYTES = 8;

    private final ByteArrayOutputStream tar = new ByteArrayOutputStream();

    TarWriter folder(String name) {
        tar.writeBytes(header(name + "/", '5', 0700, 0));
        return this;
    }

    TarWriter file(String name, byte[] content) {
        tar.writeBytes(header(name, '0', 0600, content.length));
        tar.writeBytes(content);
        tar.writeBytes(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
        return this;
    }

    /** The whole of it. */
    byte[] bytes() {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(tar.toByteArray());
        whole.writeBytes(new byte[2 * BLOCK]);
        return whole.toByteArray();
    }

    private static byte[] header(String name, char type, int mode, int size) {
        byte[] header = new byte[BLOCK];
        byte[] named = name.getBytes(StandardCharsets.UTF_8);
        if (named.length > NAME_BYTES) {
            throw new IllegalArgumentException("the name " + name + " is too long for a tar");
        }
        put(header, 0, named);
        put(header, 100, octal(mode, 7));
        put(header, 108, octal(0, 7));
        put(header, 116, octal(0, 7));
        put(header, 124, octal(size, 11));
        put(header, 136, octal(0, 11));
        Arrays.fill(header, CHECKSUM_AT, CHECKSUM_AT + CHECKSUM_BYTES, (byte) ' ');
        header[156] = (byte) type;
        put(header, 257, "ustar".getBytes(StandardCharsets.US_ASCII));
        put(header, 263, "00".getBytes(StandardCharsets.US_ASCII));
        int sum = 0;
        for (byte one : header) {
            sum += one & 0xff;
        }
        put(header, CHECKSUM_AT, octal(sum, 6));
        header[CHECKSUM_AT + 6] = 0;
        return header;
    }

    private static byte[] octal(int number, int digits) {
        return String.format(Locale.ROOT, "%0" + digits + "o", number).getBytes(StandardCharsets.US_ASCII);
    }

    private static void put(byte[] header, int at, byte[] field) {
        System.arraycopy(field, 0, header, at, field.length);
    }
}
