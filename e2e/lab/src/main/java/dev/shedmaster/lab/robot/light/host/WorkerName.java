package dev.shedmaster.lab.robot.light.host;

import dev.shedmaster.lab.robot.light.Refusal;
import java.util.regex.Pattern;

/** The name of a worker: {@code sm-POOL-SUFFIX}. Nothing else on a host is ever touched. */
record WorkerName(String text) {
    private static final Pattern FORM = Pattern.compile("sm-[a-z0-9-]+-[a-z2-7]{8}");
    private static final int LONGEST = 63;

    /** Refuses what is none. */
    static WorkerName parse(String text) {
        if (!FORM.matcher(text).matches() || text.length() > LONGEST) {
            throw new Refusal(3, "'" + text + "' is no worker's name: sm-POOL-SUFFIX is asked for");
        }
        return new WorkerName(text);
    }

    /** The interface of the host that bears it. */
    String link() {
        return "sm-" + text.substring(text.lastIndexOf('-') + 1);
    }

    @Override
    public String toString() {
        return text;
    }
}
