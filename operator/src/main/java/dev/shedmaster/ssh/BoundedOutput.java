package dev.shedmaster.ssh;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Keeps what a command prints, up to a bound. */
final class BoundedOutput extends OutputStream {
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final int bound;
    private final Runnable onOverflow;
    private boolean overflown;

    /**
     * Begins empty.
     *
     * @param onOverflow run once, when more comes than is kept
     */
    BoundedOutput(int bound, Runnable onOverflow) {
        this.bound = bound;
        this.onOverflow = onOverflow;
    }

    @Override
    public void write(int one) {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int count) {
        int room = Math.min(count, bound - kept.size());
        kept.write(bytes, from, room);
        if (room < count && !overflown) {
            overflown = true;
            onOverflow.run();
        }
    }

    synchronized boolean isOverflown() {
        return overflown;
    }

    synchronized String text() {
        return kept.toString(StandardCharsets.UTF_8);
    }
}
