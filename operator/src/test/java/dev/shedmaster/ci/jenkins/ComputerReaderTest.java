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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComputerReaderTest {

    @ParameterizedTest
    @ValueSource(strings = {"computers-tree.json", "computers-depth0.json"})
    void theRecordedComputersAreRead(String file) throws IOException {
        List<Computer> computers = ComputerReader.readAll(Recorded.json(Recorded.bytes(file)));
        assertThat(computers).extracting(Computer::name).containsExactly("Built-In Node", "a-2", "anchor");
        assertThat(computers).extracting(Computer::builtIn).containsExactly(true, false, false);
        assertThat(computers).extracting(Computer::offline).containsExactly(false, true, true);
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
                        1,
                        new RunningJob(
                                "",
                                "http://jenkins.example:8080/job/pipe3/1/",
                                "http://jenkins.example:8080/job/pipe3/1/",
                                null),
                        false,
                        null));
    }

    @Test
    void aNodeThatNeverConnectedIsRegisteredAndOffline() throws IOException {
        Computer anchor = ComputerReader.readAll(Recorded.json(Recorded.bytes("computers-tree.json")))
                .get(2);
        assertThat(anchor.state()).isEqualTo(new AgentState("anchor", false, true, 0, null, true, null));
        assertThat(anchor.labels()).isEqualTo(Set.of("anchor", "zz-anchor"));
    }

    @Test
    void whatRunsOnAnAgentIsTold() throws IOException {
        Computer computer = ComputerReader.readOne(Recorded.json("""
                {"_class":"hudson.slaves.SlaveComputer","displayName":"w-1","offline":false,"temporarilyOffline":true,
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
                        2,
                        new RunningJob(
                                "77",
                                "fs #3",
                                "http://jenkins.example:8080/job/fs/3/",
                                Instant.ofEpochMilli(1795355030624L)),
                        true,
                        new MachineOwner("i", "ci/p", "ci/w-1", "u-1")));
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
        assertThat(computer.busyExecutors()).isEqualTo(2);
        assertThat(computer.running()).isEqualTo(new RunningJob("", "pipe2 #1 (a)", "http://j/job/pipe2/1/", null));
    }

    @Test
    void aBuildOfWhichNothingIsToldIsStillABuild() throws IOException {
        Computer computer = ComputerReader.readOne(Recorded.json("""
                {"displayName":"w-1","idle":false,"assignedLabels":[{"name":"w-1"}],
                 "executors":[{"idle":false,"currentExecutable":null}]}"""));
        assertThat(computer.busyExecutors()).isEqualTo(1);
        assertThat(computer.running())
                .isEqualTo(new RunningJob("", "a build that has not begun or may not be seen", "", null));
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
