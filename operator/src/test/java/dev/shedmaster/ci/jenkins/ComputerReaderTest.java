package dev.shedmaster.ci.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shedmaster.port.AgentState;
import dev.shedmaster.port.AgentState.RunningJob;
import dev.shedmaster.port.MachineOwner;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComputerReaderTest {
    private static final RunningJob HIDDEN =
            new RunningJob("", "a build that has not begun or may not be seen", "", null);

    @ParameterizedTest
    @ValueSource(strings = {"computers-tree.json", "computers-depth0.json"})
    void theRecordedComputersAreRead(String file) throws IOException {
        List<Computer> computers = ComputerReader.readAll(Recorded.json(Recorded.bytes(file)));
        assertThat(computers).extracting(Computer::name).containsExactly("Built-In Node", "a-2", "anchor");
        assertThat(computers).extracting(Computer::builtIn).containsExactly(true, false, false);
        assertThat(computers).extracting(Computer::connected).containsExactly(true, false, false);
    }

    @Test
    void aDeletedNodeThatIsListedWhileItsBuildIsBusyIsNotRegistered() throws IOException {
        Computer zombie = ComputerReader.readAll(Recorded.json(Recorded.bytes("computers-tree.json")))
                .get(1);
        assertThat(zombie.state())
                .isEqualTo(new AgentState(
                        "a-2",
                        false,
                        false,
                        null,
                        List.of(new RunningJob(
                                "",
                                "http://jenkins.example:8080/job/pipe3/1/",
                                "http://jenkins.example:8080/job/pipe3/1/",
                                null)),
                        false,
                        null,
                        Set.of(),
                        1));
    }

    @Test
    void aNodeThatNeverConnectedIsRegisteredAndOffline() throws IOException {
        Computer anchor = ComputerReader.readAll(Recorded.json(Recorded.bytes("computers-tree.json")))
                .get(2);
        assertThat(anchor.state())
                .isEqualTo(new AgentState("anchor", false, true, null, List.of(), true, null, Set.of("zz-anchor"), 1));
        assertThat(anchor.labels()).isEqualTo(Set.of("anchor", "zz-anchor"));
    }

    @Test
    void whatRunsOnAnAgentIsTold() throws IOException {
        Computer computer = ComputerReader.readOne(Recorded.json("""
                {"_class":"hudson.slaves.SlaveComputer","displayName":"w-1","offline":true,"temporarilyOffline":true,
                 "offlineCauseReason":"runs the last 2 of 2 jobs [shedmaster]","absoluteRemotePath":"/var/lib/jenkins",
                 "idle":false,"assignedLabels":[{"name":"w-1"},{"name":"kvm"}],
                 "description":"a worker [shedmaster installation=i pool=ci/p worker=ci/w-1 uid=u-1]",
                 "oneOffExecutors":[],
                 "executors":[{"idle":true,"currentExecutable":null},
                   {"idle":false,"currentExecutable":null},
                   {"idle":false,"currentExecutable":{"_class":"hudson.model.FreeStyleBuild","number":3,
                     "displayName":"#3","fullDisplayName":"fs #3","queueId":77,"timestamp":1795355030624,
                     "url":"http://jenkins.example:8080/job/fs/3/"}}]}
                """));
        assertThat(computer.state())
                .isEqualTo(new AgentState(
                        "w-1",
                        true,
                        false,
                        "runs the last 2 of 2 jobs",
                        List.of(
                                new RunningJob(
                                        "77",
                                        "fs #3",
                                        "http://jenkins.example:8080/job/fs/3/",
                                        Instant.ofEpochMilli(1795355030624L)),
                                HIDDEN),
                        true,
                        new MachineOwner("i", "ci/p", "ci/w-1", "u-1"),
                        Set.of("kvm"),
                        3));
        assertThat(computer.hiddenBuilds()).isEqualTo(1);
        assertThat(computer.runningItems()).isEqualTo(Set.of(77L));
        assertThat(computer.idle()).isFalse();
    }

    @Test
    void aPipelineStepIsNamedWithItsBranchAndAFlyweightBuildCounts() throws IOException {
        Computer computer = ComputerReader.readOne(Recorded.json("""
                {"_class":"hudson.slaves.SlaveComputer","displayName":"w-1","idle":false,"assignedLabels":[{"name":"w-1"}],
                 "oneOffExecutors":[{}],
                 "executors":[{"idle":false,"currentExecutable":{
                   "_class":"org.jenkinsci.plugins.workflow.support.steps.ExecutorStepExecution$PlaceholderTask$PlaceholderExecutable",
                   "displayName":"pipe2 #1 (a)","fullDisplayName":"part of pipe2 #1","url":"http://j/job/pipe2/1/"}}]}
                """));
        assertThat(computer.builds())
                .containsExactly(new RunningJob("", "pipe2 #1 (a)", "http://j/job/pipe2/1/", null), HIDDEN);
    }

    @Test
    void aBuildOfWhichNothingIsToldIsStillABuild() throws IOException {
        Computer computer = ComputerReader.readOne(Recorded.json("""
                {"displayName":"w-1","idle":false,"assignedLabels":[{"name":"w-1"}],
                 "executors":[{"idle":false,"currentExecutable":null}]}"""));
        assertThat(computer.builds()).containsExactly(HIDDEN);
    }

    @Test
    void anAgentThatIsBusyWithNothingThatIsShownIsBusy() throws IOException {
        Computer computer = ComputerReader.readOne(Recorded.json("""
                {"displayName":"w-1","idle":false,"assignedLabels":[{"name":"w-1"}],"executors":[{"idle":true}]}"""));
        assertThat(computer.builds()).containsExactly(HIDDEN);
        assertThat(computer.hiddenBuilds()).isZero();
    }

    @Test
    void theBuildThatRunsLongestIsToldFirst() throws IOException {
        Computer computer = ComputerReader.readOne(Recorded.json("""
                {"displayName":"w-1","idle":false,"assignedLabels":[{"name":"w-1"}],
                 "executors":[{"idle":false,"currentExecutable":null},
                   {"idle":false,"currentExecutable":{"fullDisplayName":"b #1","queueId":2,"timestamp":2000}},
                   {"idle":false,"currentExecutable":{"fullDisplayName":"a #1","queueId":1,"timestamp":1000}}]}"""));
        assertThat(computer.builds()).extracting(RunningJob::name).containsExactly("a #1", "b #1", HIDDEN.name());
    }

    @Test
    void aNodeThatAPersonHasMarkedOfflineIsNotOneThatWeHave() throws IOException {
        AgentState state = marked("for a look at its disk", "/var/lib/jenkins");
        assertThat(state.accepting()).isFalse();
        assertThat(state.online()).isTrue();
        assertThat(state.stoppedBecause()).isNull();
    }

    @Test
    void ofAMarkedNodeItIsKnownWhetherItsAgentIsConnected() throws IOException {
        assertThat(marked("runs its one job [shedmaster]", "/var/lib/jenkins").online())
                .isTrue();
        AgentState away = marked("runs its one job [shedmaster]", null);
        assertThat(away.online()).isFalse();
        assertThat(away.stoppedBecause()).isEqualTo("runs its one job");
    }

    @Test
    void theWordsOfABrokenConnectionAreNoMark() throws IOException {
        Computer computer = ComputerReader.readOne(Recorded.json("""
                {"displayName":"w-1","offline":true,"temporarilyOffline":false,"assignedLabels":[{"name":"w-1"}],
                 "offlineCauseReason":"Connection was broken [shedmaster]","executors":[]}"""));
        assertThat(computer.state().accepting()).isTrue();
        assertThat(computer.state().stoppedBecause()).isNull();
    }

    private static AgentState marked(String reason, @Nullable String remotePath) throws IOException {
        String path = remotePath == null ? "null" : "\"" + remotePath + "\"";
        return ComputerReader.readOne(Recorded.json("""
                {"displayName":"w-1","offline":true,"temporarilyOffline":true,"idle":true,
                 "assignedLabels":[{"name":"w-1"}],"executors":[{"idle":true}],
                 "offlineCauseReason":"%s","absoluteRemotePath":%s}""".formatted(reason, path)))
                .state();
    }

    @Test
    void anAnswerCutShortAnywhereIsAnError() {
        byte[] whole = Recorded.bytes("computers-depth0.json");
        for (int length = 0; length < whole.length - 2; length += 11) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> ComputerReader.readAll(Recorded.json(part)))
                    .as("after %s of %s bytes", part.length, whole.length)
                    .isInstanceOf(IOException.class);
        }
    }
}
