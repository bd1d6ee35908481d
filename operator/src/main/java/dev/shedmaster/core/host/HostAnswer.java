package dev.shedmaster.core.host;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/** How an effect went. */
public sealed interface HostAnswer {

    /** It is done. */
    record Done() implements HostAnswer {}

    /** It goes on; {@code progress} is for a person. */
    record GoesOn(String progress) implements HostAnswer {}

    /** The answer to {@link HostEffect.Inspect} and {@link HostEffect.LookAtDisks}. */
    record Looked(Hardware hardware) implements HostAnswer {}

    /** The answer to {@link HostEffect.CollectHostKeys}: fingerprints. */
    record HostKeys(Set<String> fingerprints) implements HostAnswer {
        public HostKeys {
            fingerprints = Set.copyOf(fingerprints);
        }
    }

    /**
     * The answer to {@link HostEffect.Probe}: what is wrong, a sentence for each thing; nothing is, if both are empty.
     *
     * @param failures what workers need and do not have
     * @param hardware what is broken, too hot or full
     */
    record Probed(List<String> failures, List<String> hardware) implements HostAnswer {
        public Probed {
            failures = List.copyOf(failures);
            hardware = List.copyOf(hardware);
        }
    }

    /** Nothing was done; it may be tried again after that time. */
    record Later(Duration after, String why) implements HostAnswer {}

    /** It may have been done, or not. */
    record Unsure(String why) implements HostAnswer {}

    /** It was not done, and will not be by trying again. */
    record Failed(Trouble trouble) implements HostAnswer {}
}
