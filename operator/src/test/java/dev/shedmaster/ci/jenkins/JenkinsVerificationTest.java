package dev.shedmaster.ci.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.lab.jenkins.JenkinsOptions;
import dev.shedmaster.lab.jenkins.access.JenkinsUser;
import dev.shedmaster.lab.jenkins.access.Permission;
import dev.shedmaster.lab.jenkins.controller.Batch;
import dev.shedmaster.lab.jenkins.controller.Mode;
import dev.shedmaster.lab.jenkins.controller.NodeConfig;
import dev.shedmaster.lab.jenkins.controller.Views.ComputerView;
import dev.shedmaster.lab.jenkins.fault.Fault;
import dev.shedmaster.lab.jenkins.fault.Latency;
import dev.shedmaster.lab.jenkins.fault.Scope;
import dev.shedmaster.port.AgentOrder;
import dev.shedmaster.port.CiSystem;
import dev.shedmaster.port.MachineOwner;
import dev.shedmaster.port.MissingPermission;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is found out up front about a Jenkins and a credential, and what is left behind by that. */
class JenkinsVerificationTest {
    private static final JenkinsUser USER = JenkinsOptions.AUTOSCALER;

    private JenkinsRoom room = new JenkinsRoom(JenkinsOptions.swift());

    @AfterEach
    void leave() {
        room.close();
    }

    @Test
    void theAnchorIsPutUpOnceAndNeverGivesWork() {
        CiSystem jenkins = room.system(USER);
        assertThat(jenkins.verify()).isEqualTo(Outcome.done(List.of()));
        assertThat(jenkins.verify()).isEqualTo(Outcome.done(List.of()));
        assertThat(nodes()).containsExactly(AnchorNode.NAME);
        ComputerView anchor = anchor();
        assertThat(anchor.offline()).isTrue();
        NodeConfig config = anchor.config();
        assertThat(config).isNotNull();
        assertThat(config.mode()).isEqualTo(Mode.EXCLUSIVE);
        assertThat(config.description()).contains("Never online.").endsWith("[shedmaster anchor]");
    }

    @Test
    void anAnchorOfAnEarlierLifeIsTakenOver() {
        assertThat(room.system(USER).verify()).isEqualTo(Outcome.done(List.of()));
        assertThat(room.system(USER).verify()).isEqualTo(Outcome.done(List.of()));
        assertThat(nodes()).containsExactly(AnchorNode.NAME);
        assertThat(room.system(USER).withdraw()).isInstanceOf(Outcome.Done.class);
        assertThat(nodes()).isEmpty();
    }

    @Test
    void aNodeOfAPersonWithTheAnchorsNameIsNotTouched() {
        NodeConfig.Launcher launcher = new NodeConfig.Launcher(true, true, null, "remoting", false);
        NodeConfig theirs = new NodeConfig(
                AnchorNode.NAME,
                "mine",
                "/home/me",
                1,
                Mode.NORMAL,
                "kvm",
                launcher,
                "hudson.slaves.RetentionStrategy$Always");
        assertThat(room.standIn().controller().nodes().create(theirs)).isTrue();
        assertThat(room.system(USER).verify())
                .isEqualTo(Outcome.failed(new PortError.AlreadyExists("Jenkins has a node 'shedmaster-anchor' that"
                        + " Shedmaster did not make and needs the name of: rename or remove it")));
        assertThat(room.system(USER).withdraw()).isInstanceOf(Outcome.Done.class);
        assertThat(anchor().config()).isEqualTo(theirs);
        assertThat(anchor().temporarilyOffline()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"READ", "AGENT_CREATE", "AGENT_CONNECT", "AGENT_DISCONNECT", "AGENT_DELETE"})
    void aMissingPermissionIsToldByTheNameThatJenkinsGivesIt(Permission permission) {
        assertThat(room.system(USER).verify()).isEqualTo(Outcome.done(List.of()));
        room.standIn().faults().inject(new Fault.PermissionRemoved(USER.name(), permission), Scope.everything());
        assertThat(room.system(USER).verify())
                .isEqualTo(Outcome.done(List.of(new MissingPermission(permission.title(), true))));
        assertThat(nodes()).containsExactly(AnchorNode.NAME);

        room.standIn().faults().clear();
        assertThat(room.system(USER).verify()).isEqualTo(Outcome.done(List.of()));
    }

    @Test
    void allMissingPermissionsAreToldAtOnce() {
        assertThat(room.system(USER).verify()).isEqualTo(Outcome.done(List.of()));
        for (Permission permission :
                List.of(Permission.AGENT_CONNECT, Permission.AGENT_DISCONNECT, Permission.AGENT_DELETE)) {
            room.standIn().faults().inject(new Fault.PermissionRemoved(USER.name(), permission), Scope.everything());
        }
        assertThat(room.system(USER).verify())
                .isEqualTo(Outcome.done(List.of(
                        new MissingPermission("Agent/Connect", true),
                        new MissingPermission("Agent/Disconnect", true),
                        new MissingPermission("Agent/Delete", true))));
    }

    @Test
    void withoutAgentCreateAndWithoutAnchorNothingIsLeftBehind() {
        room.standIn()
                .faults()
                .inject(new Fault.PermissionRemoved(USER.name(), Permission.AGENT_CREATE), Scope.everything());
        assertThat(room.system(USER).verify())
                .isEqualTo(Outcome.done(List.of(new MissingPermission("Agent/Create", true))));
        assertThat(nodes()).isEmpty();
    }

    @Test
    void jobsThatMayOnlyBeKnownOfAreToldAsMissingJobRead() {
        room.close();
        JenkinsUser discoverer = new JenkinsUser(
                "discoverer",
                "discoverer",
                "11" + "aa".repeat(16),
                Set.of(
                        Permission.READ,
                        Permission.JOB_DISCOVER,
                        Permission.AGENT_CREATE,
                        Permission.AGENT_CONNECT,
                        Permission.AGENT_DISCONNECT,
                        Permission.AGENT_DELETE));
        room = new JenkinsRoom(JenkinsOptions.swift().and(discoverer));
        assertThat(room.standIn().enqueue(Batch.freestyle("hidden", 1, "kvm", Duration.ofHours(1))))
                .hasSize(1);
        CiSystem system = room.system(discoverer);
        assertThat(system.verify()).isEqualTo(Outcome.done(List.of(new MissingPermission("Job/Read", false))));
        long deletion = room.standIn()
                .faults()
                .inject(
                        new Fault.Slow(new Latency.Uniform(Duration.ZERO, Duration.ZERO)),
                        Scope.under("/computer/shedmaster-anchor/doDelete").method("POST"))
                .id();
        system.verify();
        assertThat(room.standIn().faults().list())
                .filteredOn(injected -> injected.id() == deletion)
                .as("that it may be deleted is known")
                .allSatisfy(injected -> assertThat(injected.hits()).isZero());
        assertThat(room.system(discoverer).observe())
                .isInstanceOfSatisfying(
                        Outcome.Done.class,
                        done -> assertThat(done.value().toString()).contains("it lacks Job/Read"));
    }

    @Test
    void aPasswordWillDoWhereThereIsNoToken() {
        CiSystem jenkins = room.system(JenkinsRoom.INSTALLATION, USER.name(), USER.password(), Duration.ofSeconds(10));
        assertThat(jenkins.verify()).isEqualTo(Outcome.done(List.of()));
        assertThat(nodes()).containsExactly(AnchorNode.NAME);
    }

    @Test
    void aWrongTokenIsRefused() {
        CiSystem jenkins =
                room.system(JenkinsRoom.INSTALLATION, USER.name(), "11" + "00".repeat(16), Duration.ofSeconds(10));
        assertThat(jenkins.verify())
                .isEqualTo(
                        Outcome.failed(
                                new PortError.Unauthorized(
                                        "Jenkins refuses user 'shedmaster' or the token"
                                                + " (401): make a new API token for the user and put it into the Secret, or touch the Secret if it was right")));
    }

    @Test
    void anOldJenkinsIsToldToBeUpdated() {
        room.close();
        JenkinsOptions swift = JenkinsOptions.swift();
        room = new JenkinsRoom(new JenkinsOptions(
                0, swift.settings(), swift.users(), swift.anonymous(), "2.346.3", swift.seed(), swift.clock()));
        assertThat(room.system(USER).verify())
                .isEqualTo(Outcome.failed(new PortError.Invalid(
                        "url", "Jenkins 2.346.3 is too old to be served: update it to 2.358 or later")));
    }

    @Test
    void aProxyThatHidesTheAgentsEntranceIsTold() {
        room.standIn().faults().inject(new Fault.Status(404), Scope.under("/wsagents/"));
        assertThat(room.system(USER).verify())
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.error().toString())
                                .contains("field=url", "/wsagents/", "check that no proxy hides it"));
    }

    @Test
    void theDeletionThatTriesThePermissionOutIsMadeOnce() {
        CiSystem jenkins = room.system(USER);
        assertThat(jenkins.verify()).isEqualTo(Outcome.done(List.of()));
        room.standIn().faults().inject(new Fault.Status(500), Scope.under("/computer/shedmaster-anchor/doDelete"));
        assertThat(jenkins.verify()).isEqualTo(Outcome.done(List.of()));
    }

    @Test
    void whatTheVerificationPreparesIsNoAgent() {
        CiSystem jenkins = room.system(USER);
        assertThat(jenkins.verify()).isEqualTo(Outcome.done(List.of()));
        AgentOrder order = new AgentOrder(
                "w-1", List.of("kvm"), 1, true, "/w", "", new MachineOwner(JenkinsRoom.INSTALLATION, "p", "w", "u"));
        assertThat(jenkins.enrol(order)).isInstanceOf(Outcome.Done.class);
        assertThat(jenkins.observe())
                .isInstanceOfSatisfying(
                        Outcome.Done.class,
                        done -> assertThat(((dev.shedmaster.port.CiSnapshot) done.value()).agents())
                                .containsOnlyKeys("w-1"));
    }

    private ComputerView anchor() {
        return room.standIn().controller().nodes().find(AnchorNode.NAME).orElseThrow();
    }

    private List<String> nodes() {
        return room.standIn().controller().nodes().all().computers().stream()
                .filter(computer -> !computer.builtIn())
                .map(ComputerView::name)
                .toList();
    }
}
