package dev.shedmaster.ssh;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;

/** A command for one server. */
public final class SshCommand {
    private final String operation;
    private final List<String> words;
    private final byte[] input;
    private final Duration timeout;
    private final int maxOutputBytes;

    /**
     * A command that reads.
     *
     * @param operation names it in metrics and errors, from a small closed set such as {@code list}
     * @param words the program and its arguments, as they are to arrive; seen by everybody on the server, so without
     *     secrets
     * @param input what it reads
     * @param timeout how long it may take once the connection stands
     * @param maxOutputBytes how much it may print
     */
    public SshCommand(String operation, List<String> words, byte[] input, Duration timeout, int maxOutputBytes) {
        this.operation = operation;
        this.words = List.copyOf(words);
        this.input = input.clone();
        this.timeout = timeout;
        this.maxOutputBytes = maxOutputBytes;
    }

    /** A command that reads nothing. */
    public SshCommand(String operation, List<String> words, Duration timeout, int maxOutputBytes) {
        this(operation, words, new byte[0], timeout, maxOutputBytes);
    }

    String operation() {
        return operation;
    }

    String line() {
        return ShellWords.line(words);
    }

    InputStream input() {
        return new ByteArrayInputStream(input);
    }

    Duration timeout() {
        return timeout;
    }

    int maxOutputBytes() {
        return maxOutputBytes;
    }
}
