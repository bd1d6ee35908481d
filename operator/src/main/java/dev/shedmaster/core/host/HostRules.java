package dev.shedmaster.core.host;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How long a host may take, and how often it may be tried.
 *
 * @param callTimeout until a step that is one call must have succeeded
 * @param rescueTimeout from a reboot until the rescue system must answer, before the next rung is tried. 256 GB of memory alone take
 *     minutes to be tested
 * @param installTimeout for writing or wiping
 * @param bootTimeout from a reboot until the installed system must answer, before the next rung is tried
 * @param rebootGrace how long a system may go on answering after it was told to reboot
 * @param silenceTimeout how long a host may not answer before it counts as unreachable
 * @param lifelessTimeout how long a host with jobs must be silent, its agents too, before it is reset all the same
 * @param unfitTimeout how long a host may fail its probe before a person is asked
 * @param probeAgain how soon a failed probe is repeated
 * @param releaseTimeout after which a host goes although the landlord could not be told
 * @param attempts how many times it is installed, or wiped, before a person is asked
 * @param resetsPerDay how often an unreachable host is reset in a day before a person is asked
 * @param shortestPause before the second attempt; doubled for each further one
 * @param longestPause between two attempts at most
 */
public record HostRules(
        Duration callTimeout,
        Duration rescueTimeout,
        Duration installTimeout,
        Duration bootTimeout,
        Duration rebootGrace,
        Duration silenceTimeout,
        Duration lifelessTimeout,
        Duration unfitTimeout,
        Duration probeAgain,
        Duration releaseTimeout,
        int attempts,
        int resetsPerDay,
        Duration shortestPause,
        Duration longestPause) {

    public static final HostRules DEFAULT = new HostRules(
            Duration.ofMinutes(10),
            Duration.ofMinutes(15),
            Duration.ofMinutes(20),
            Duration.ofMinutes(15),
            Duration.ofMinutes(2),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofHours(1),
            Duration.ofMinutes(5),
            Duration.ofHours(1),
            3,
            6,
            Duration.ofMinutes(2),
            Duration.ofHours(1));

    private static final Duration DAY = Duration.ofDays(1);

    /** How long to wait after so many attempts have failed. */
    Duration pauseAfter(int failures) {
        Duration pause = shortestPause;
        for (int i = 1; i < failures && pause.compareTo(longestPause) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(longestPause) < 0 ? pause : longestPause;
    }

    /** Those of the resets that still count. */
    static List<Instant> ofLastDay(List<Instant> resets, Instant now) {
        return resets.stream().filter(at -> at.isAfter(now.minus(DAY))).toList();
    }
}
