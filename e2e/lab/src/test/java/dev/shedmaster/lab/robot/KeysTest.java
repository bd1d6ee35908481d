package dev.shedmaster.lab.robot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.lab.robot.RobotClient.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The public keys that an account knows. */
class KeysTest {
    private RobotLab lab;

    @BeforeEach
    void start() throws Exception {
        lab = RobotLab.start();
    }

    @AfterEach
    void stop() {
        lab.close();
    }

    private Answer ask(String line) throws Exception {
        return lab.client.line(
                line.replace("{key}", RobotLab.encoded(lab.visitor.publicKey().line()))
                        .replace("{fingerprint}", lab.visitor.publicKey().md5()));
    }

    @Test
    void aKeyIsThereOnceWhateverItIsCalled() throws Exception {
        Answer created = ask("POST /key name=one&data={key}+somebody@somewhere");
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json().at("/key/type").asText()).isEqualTo("ED25519");
        assertThat(created.json().at("/key/size").asInt()).isEqualTo(256);
        assertThat(created.json().at("/key/data").asText()).doesNotContain("somebody");
        assertThat(created.json().at("/key/created_at").asText()).isEqualTo("2026-11-24 21:45:00");
        assertThat(ask("POST /key name=two&data={key}").error()).isEqualTo("409 KEY_ALREADY_EXISTS");
        assertThat(ask("POST /key/{fingerprint} name=two")
                        .json()
                        .at("/key/name")
                        .asText())
                .isEqualTo("two");
        Answer deleted = ask("DELETE /key/{fingerprint}");
        assertThat(deleted.status()).isEqualTo(200);
        assertThat(deleted.body()).isEmpty();
        assertThat(ask("GET /key").error()).isEqualTo("404 NOT_FOUND");
    }

    @Test
    void aKeyMayComeInTheFormOfSsh2() throws Exception {
        String blob = lab.visitor.publicKey().line().split(" ")[1];
        String text = "---- BEGIN SSH2 PUBLIC KEY ----\nComment: \"mine\"\n" + blob.substring(0, 30) + "\n"
                + blob.substring(30) + "\n---- END SSH2 PUBLIC KEY ----\n";
        assertThat(ask("POST /key name=one&data=" + RobotLab.encoded(text))
                        .json()
                        .at("/key/fingerprint")
                        .asText())
                .isEqualTo(lab.visitor.publicKey().md5());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ssh-ed25519",
                "ssh-ed25519 AAAA",
                "ssh-ed25519 %%%",
                "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAA",
                "ssh-rsa AAAAB3NzaC1yc2EAAAADAQAB",
                "ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIAAA",
                "ssh-morse AAAAB3NzaC1yc2EAAAADAQAB",
                "a key",
                "---- BEGIN SSH2 PUBLIC KEY ----",
                "---- BEGIN SSH2 PUBLIC KEY ----\nAAAA\n---- END SSH2 PUBLIC KEY ----",
                "---- BEGIN SSH2 PUBLIC KEY ----\n%%\n---- END SSH2 PUBLIC KEY ----",
            })
    void whatIsNoKeyIsInvalid(String data) throws Exception {
        Answer answer = lab.client.post("/key", "name=a&data=" + RobotLab.encoded(data));
        assertThat(answer.error()).isEqualTo("400 INVALID_INPUT");
        assertThat(answer.json().at("/error/invalid/0").asText()).isEqualTo("data");
    }
}
