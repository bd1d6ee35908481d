package dev.shedmaster.lab.robot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.lab.robot.estate.Activation;
import dev.shedmaster.lab.robot.estate.BootKind;
import dev.shedmaster.lab.robot.estate.DedicatedServer;
import dev.shedmaster.lab.robot.key.StoredKey;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stand-in is taken for Robot by a client that others wrote for the real one. */
class AnsibleTest {

    @Test
    void ansiblesModulesFindWhatTheyExpect(@TempDir Path folder) throws Exception {
        try (RobotLab lab = RobotLab.start();
                SshVisitor other = new SshVisitor()) {
            Ansible ansible = Ansible.with(lab.robot.url(), folder);
            DedicatedServer server = lab.robot.rent(321);
            DedicatedServer armedBefore = lab.robot.rent(322);
            lab.client.post("/boot/322/rescue", "os=linux");
            lab.clock.advance(RobotLab.TIMES.firmware().dividedBy(2));

            ansible.play(
                    Path.of("src/test/resources/robot/playbook.yaml"),
                    Map.of(
                            "robot_user",
                            RobotOptions.LOGIN,
                            "robot_password",
                            RobotOptions.PASSWORD,
                            "public_key",
                            lab.visitor.publicKey().line() + " somebody@somewhere",
                            "other_key",
                            other.publicKey().line()));

            assertThat(server.name()).isEqualTo("host-1");
            assertThat(lab.robot.account().keys().all())
                    .singleElement()
                    .extracting(StoredKey::name)
                    .isEqualTo("ansible");
            assertThat(lab.robot.account().pointers()).isEmpty();
            assertThat(armedBefore.boot().armed()).isEmpty();
            assertThat(server.boot().armed()).get().extracting(Activation::kind).isEqualTo(BootKind.RESCUE);
            assertThat(lab.robot.calls().costly()).isEmpty();
            assertThat(lab.robot.calls().counts()).containsEntry("POST /reset/{server} 200", 1L);

            lab.clock.advance(RobotLab.TIMES.toRescue());
            assertThat(lab.ask(server, "hostname")).isEqualTo("rescue");
        }
    }
}
