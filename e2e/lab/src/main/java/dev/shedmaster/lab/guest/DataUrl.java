package dev.shedmaster.lab.guest;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.GZIPInputStream;

/** The contents of {@code data:} URLs (RFC 2397), and of what is packed in them. */
final class DataUrl {
    private static final int UNPACKED_AT_MOST = 8 << 20;

    private DataUrl() {}

    /** @throws IllegalArgumentException with the reason, when it is no such URL */
    static byte[] decode(String url) {
        int comma = url.indexOf(',');
        if (!url.startsWith("data:") || comma < 0) {
            throw new IllegalArgumentException("not a data URL");
        }
        byte[] data = percentDecoded(url.substring(comma + 1));
        boolean base64 = url.substring(0, comma).endsWith(";base64");
        return base64 ? Base64.getDecoder().decode(data) : data;
    }

    /** A plus sign stays one: this is no form. */
    private static byte[] percentDecoded(String text) {
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(raw.length);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] == '%') {
                if (i + 2 >= raw.length) {
                    throw new IllegalArgumentException("a percent sign without two digits");
                }
                decoded.write(Integer.parseInt(new String(raw, i + 1, 2, StandardCharsets.UTF_8), 16));
                i += 2;
            } else {
                decoded.write(raw[i]);
            }
        }
        return decoded.toByteArray();
    }

    static byte[] gunzip(byte[] packed) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            byte[] unpacked = in.readNBytes(UNPACKED_AT_MOST + 1);
            if (unpacked.length > UNPACKED_AT_MOST) {
                throw new IllegalArgumentException("more than " + UNPACKED_AT_MOST + " bytes when unpacked");
            }
            return unpacked;
        } catch (IOException broken) {
            throw new IllegalArgumentException("not gzip: " + broken.getMessage(), broken);
        }
    }
}
