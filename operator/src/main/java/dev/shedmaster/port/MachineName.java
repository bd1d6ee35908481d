package dev.shedmaster.port;

import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a machine and of the Worker that asks for it: {@code sm-<pool>-<8 of a-z2-7>}. It fits a Kubernetes label, a
 * host name and the names of cloud resources. The pattern is one of the two signs (the owner's tag is the other) without
 * which nothing is ever deleted.
 *
 * @param pool the pool's name, shortened where the whole name would be too long
 * @param suffix what makes it unique: 40 random bits in base 32
 */
public record MachineName(String pool, String suffix) {
    /** A label's and a host name's bound. */
    private static final int MAX_LENGTH = 63;

    private static final String PREFIX = "sm-";
    private static final int SUFFIX_LENGTH = 8;
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int MAX_POOL_LENGTH = MAX_LENGTH - PREFIX.length() - 1 - SUFFIX_LENGTH;

    private static final String POOL_CHARACTERS = "[a-z0-9](?:[a-z0-9-]{0,49}[a-z0-9])?";
    private static final Pattern WHOLE = Pattern.compile("sm-(" + POOL_CHARACTERS + ")-([a-z2-7]{8})");
    private static final Pattern PART = Pattern.compile("(sm-" + POOL_CHARACTERS + "-[a-z2-7]{8})(?:[-_.].*)?");

    public MachineName {
        if (!WHOLE.matcher(PREFIX + pool + "-" + suffix).matches()) {
            throw new IllegalArgumentException("not a machine's name: " + PREFIX + pool + "-" + suffix);
        }
    }

    /**
     * Makes a name that was never used, as far as 40 random bits go.
     *
     * @param pool a Kubernetes object name; dots become dashes and what is too long is cut off
     */
    public static MachineName fresh(String pool, RandomGenerator random) {
        StringBuilder suffix = new StringBuilder(SUFFIX_LENGTH);
        for (int i = 0; i < SUFFIX_LENGTH; i++) {
            suffix.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return new MachineName(shortened(pool), suffix.toString());
    }

    /** Reads a machine's name; empty for any other name. */
    public static Optional<MachineName> parse(String name) {
        Matcher matcher = WHOLE.matcher(name.toLowerCase(Locale.ROOT));
        return matcher.matches() ? Optional.of(new MachineName(matcher.group(1), matcher.group(2))) : Optional.empty();
    }

    /** Whether a cloud resource's name is a machine's, or a machine's followed by what the resource is to it ({@code -nic}). */
    public static boolean marks(String resourceName) {
        return PART.matcher(resourceName.toLowerCase(Locale.ROOT)).matches();
    }

    private static String shortened(String pool) {
        String dashed = pool.replace('.', '-');
        String cut = dashed.length() <= MAX_POOL_LENGTH ? dashed : dashed.substring(0, MAX_POOL_LENGTH);
        return cut.replaceAll("-+$", "");
    }

    @Override
    public String toString() {
        return PREFIX + pool + "-" + suffix;
    }
}
