package dev.shedmaster.lab.jenkins;

import dev.shedmaster.lab.jenkins.access.JenkinsUser;
import dev.shedmaster.lab.jenkins.access.Permission;
import dev.shedmaster.lab.jenkins.controller.Settings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * How a stand-in is started.
 *
 * @param port 0 for any that is free
 * @param settings the controller's times and sizes
 * @param users who may log in
 * @param anonymous what may be done without a login
 * @param version what {@code X-Jenkins} says
 * @param seed what secrets and random choices depend on
 * @param clock the time
 */
public record JenkinsOptions(
        int port,
        Settings settings,
        List<JenkinsUser> users,
        Set<Permission> anonymous,
        String version,
        long seed,
        InstantSource clock) {

    /** Somebody who may do everything, there by default. */
    public static final JenkinsUser ADMIN =
            JenkinsUser.administrator("admin", "admin", "11" + "0123456789abcdef".repeat(2));

    /** Somebody who may do what an autoscaler needs, there by default. */
    public static final JenkinsUser AUTOSCALER =
            new JenkinsUser("shedmaster", "shedmaster", "11" + "fedcba9876543210".repeat(2), JenkinsUser.AUTOSCALER);

    public JenkinsOptions {
        users = List.copyOf(users);
        anonymous = Set.copyOf(anonymous);
    }

    /** A controller as it is out of the box, with {@link #ADMIN} and {@link #AUTOSCALER}. */
    public static JenkinsOptions usual() {
        return new JenkinsOptions(
                0, Settings.usual(), List.of(ADMIN, AUTOSCALER), Set.of(), "2.541.3", 1, InstantSource.system());
    }

    /** The same with short times, for tests that wait for what happens. */
    public static JenkinsOptions swift() {
        return usual().with(new Settings(
                0,
                Duration.ZERO,
                Duration.ofMillis(200),
                Duration.ofSeconds(2),
                Duration.ofMillis(250),
                Duration.ofSeconds(2),
                Duration.ofMillis(100)));
    }

    /** Swift, on a machine that its agents share with much else: one that says nothing for a moment is not dead. */
    public static JenkinsOptions swiftAmongOthers() {
        return swift().with(swift().settings().withDeadAfter(Duration.ofSeconds(30)));
    }

    public JenkinsOptions with(Settings changed) {
        return new JenkinsOptions(port, changed, users, anonymous, version, seed, clock);
    }

    public JenkinsOptions onPort(int chosen) {
        return new JenkinsOptions(chosen, settings, users, anonymous, version, seed, clock);
    }

    public JenkinsOptions and(JenkinsUser user) {
        List<JenkinsUser> more = new ArrayList<>(users);
        more.add(user);
        return new JenkinsOptions(port, settings, more, anonymous, version, seed, clock);
    }
}
