package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/**
 * How the workers of a pool appear in Jenkins.
 */
@ApiRecord
public record JenkinsBinding(
        @JsonPropertyDescription("The JenkinsServer whose queue is served. Cannot be changed.") @Required
        NameReference serverRef,

        @JsonPropertyDescription("Labels of the nodes. The name of a node is a label too.")
        @Required
        @Size(min = 1, max = 32)
        List<@Pattern(Forms.JENKINS_LABEL) @Size(min = 1, max = 100) String> labels,

        @JsonPropertyDescription("How many builds one worker runs at the same time.") @Default("1") @Min(1) @Max(64)
        int executors,

        @JsonPropertyDescription(
                "Exclusive: only builds that ask for a label of this pool. Normal: also builds that ask for none.")
        @Default("Exclusive")
        JenkinsNodeMode mode,

        @JsonPropertyDescription("The agent's working directory on the worker, absolute.")
        @Default("/var/lib/jenkins")
        @Pattern(Forms.ABSOLUTE_PATH)
        @Size(min = 1, max = 255)
        String remoteFs) {

    public JenkinsBinding {
        labels = Absent.list(labels);
        executors = executors == 0 ? 1 : executors;
        mode = Absent.or(mode, JenkinsNodeMode.EXCLUSIVE);
        remoteFs = Absent.or(remoteFs, "/var/lib/jenkins");
    }
}
