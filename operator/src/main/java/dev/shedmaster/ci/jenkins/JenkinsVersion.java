package dev.shedmaster.ci.jenkins;

import dev.shedmaster.port.Nothing;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which versions of Jenkins can be served. */
final class JenkinsVersion {
    /** Since 2.358 the sentences that we read are written as they are today (reference: jenkins.md, section 0.5). */
    private static final int OLDEST_MAJOR = 2;

    private static final int OLDEST_MINOR = 358;
    private static final Pattern VERSION = Pattern.compile("(\\d{1,4})\\.(\\d{1,6})(\\D.*)?");

    private JenkinsVersion() {}

    /** {@code Invalid} for a version that is too old, and for what is no Jenkins. */
    static Outcome<Nothing> check(String version) {
        if (version.isEmpty()) {
            return Outcome.failed(new PortError.Invalid(
                    "url", "what answers there does not say that it is Jenkins (header X-Jenkins): check url"));
        }
        Matcher matcher = VERSION.matcher(version);
        if (!matcher.matches()) {
            return Outcome.done(Nothing.NOTHING); // A vendor's own numbering: nothing to compare with.
        }
        int major = Integer.parseInt(matcher.group(1));
        int minor = Integer.parseInt(matcher.group(2));
        return major > OLDEST_MAJOR || (major == OLDEST_MAJOR && minor >= OLDEST_MINOR)
                ? Outcome.done(Nothing.NOTHING)
                : Outcome.failed(new PortError.Invalid(
                        "url",
                        "Jenkins " + version + " is too old to be served: update it to " + OLDEST_MAJOR + "."
                                + OLDEST_MINOR + " or later"));
    }
}
