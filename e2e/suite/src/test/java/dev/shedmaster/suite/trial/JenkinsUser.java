package dev.shedmaster.suite.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cdancy.jenkins.rest.JenkinsClient;
import com.cdancy.jenkins.rest.domain.common.IntegerResponse;
import com.cdancy.jenkins.rest.domain.job.BuildInfo;
import dev.shedmaster.lab.jenkins.JenkinsOptions;
import dev.shedmaster.suite.world.World;
import java.io.IOException;
import java.util.Objects;

/** A person who uses Jenkins by a tool of his own, which is not ours and knows nothing of us. */
public final class JenkinsUser implements AutoCloseable {
    private final JenkinsClient client;

    public JenkinsUser(World world) {
        String address = world.lab().jenkins().url().toString();
        client = JenkinsClient.builder()
                .endPoint(address.substring(0, address.length() - 1))
                .credentials(JenkinsOptions.ADMIN.name() + ":" + JenkinsOptions.ADMIN.token())
                .build();
    }

    /** Creates a job. */
    public void create(String job, String configuration) {
        assertThat(client.api().jobsApi().create(null, job, configuration).value())
                .as("job %s is created", job)
                .isTrue();
    }

    /** Asks for a build; the queue item's number. */
    public int build(String job) {
        IntegerResponse queued = client.api().jobsApi().build(null, job);
        assertThat(queued.errors()).isEmpty();
        return Objects.requireNonNull(queued.value());
    }

    /** Waits until the build has begun that came from a queue item, and for its end. */
    public BuildInfo end(String job, int item) {
        await("queue item " + item + " begins")
                .atMost(Trial.PATIENCE)
                .until(() -> client.api().queueApi().queueItem(item).executable() != null);
        int number = Objects.requireNonNull(
                        client.api().queueApi().queueItem(item).executable())
                .number();
        await(job + " #" + number + " ends")
                .atMost(Trial.PATIENCE)
                .until(() -> client.api().jobsApi().buildInfo(null, job, number).result() != null);
        return client.api().jobsApi().buildInfo(null, job, number);
    }

    /** A job that asks for a label and takes so many seconds. */
    public static String freestyle(String label, double seconds) {
        return "<project><assignedNode>" + label.replace("&", "&amp;")
                + "</assignedNode><canRoam>false</canRoam><builders><hudson.tasks.Shell><command>sleep " + seconds
                + "</command></hudson.tasks.Shell></builders></project>";
    }

    public static String pipeline(String script) {
        return "<flow-definition><definition class=\"org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition\"><script>"
                + script.replace("&", "&amp;").replace("<", "&lt;")
                + "</script><sandbox>true</sandbox></definition></flow-definition>";
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
