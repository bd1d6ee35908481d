package dev.shedmaster.lab.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.shedmaster.lab.robot.estate.DedicatedServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The servers' SSH and the fingerprints that Robot tells, looked at with OpenSSH. */
class OpenSshTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void needOpenSsh() {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/ssh")) && Files.isExecutable(Path.of("/usr/bin/ssh-keyscan")),
                "ssh is not installed: install the Debian package openssh-client to run this test");
    }

    @Test
    void opensshComesInAndFindsTheHostKeysThatRobotTold() throws Exception {
        try (RobotLab lab = RobotLab.start()) {
            Path key = folder.resolve("key");
            run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "mine", "-f", key.toString());
            String publicKey = Files.readString(Path.of(key + ".pub"));
            JsonNode stored = lab.client
                    .post("/key", "name=mine&data=" + RobotLab.encoded(publicKey))
                    .json()
                    .path("key");
            String fingerprint = stored.path("fingerprint").asText();
            assertThat(run("ssh-keygen", "-l", "-E", "md5", "-f", key.toString()))
                    .isEqualTo("256 MD5:" + fingerprint + " mine (ED25519)\n");

            DedicatedServer server = lab.robot.rent(321);
            lab.client.post("/boot/321/rescue", "os=linux&authorized_key=" + RobotLab.encoded(fingerprint));
            lab.clock.advance(RobotLab.TIMES.toRescue());

            InetSocketAddress address = lab.address(server);
            String host = address.getAddress().getHostAddress();
            String port = Integer.toString(address.getPort());
            Path known = folder.resolve("known_hosts");
            Files.writeString(known, run("ssh-keyscan", "-p", port, "-t", "ed25519,ecdsa", host));
            String seen = run("ssh-keygen", "-l", "-f", known.toString());
            assertThat(lab.lastRescue(server).path("host_key"))
                    .hasSize(2)
                    .allSatisfy(told -> assertThat(seen)
                            .contains("SHA256:" + told.at("/key/fingerprint").asText() + " ")
                            .contains("(" + told.at("/key/type").asText() + ")"));
            assertThat(run(
                            "ssh",
                            "-p",
                            port,
                            "-i",
                            key.toString(),
                            "-F",
                            "none",
                            "-o",
                            "BatchMode=yes",
                            "-o",
                            "StrictHostKeyChecking=yes",
                            "-o",
                            "UserKnownHostsFile=" + known,
                            "root@" + host,
                            "hostname"))
                    .isEqualTo("rescue\n");
        }
    }

    private String run(String... command) throws IOException, InterruptedException {
        Path errors = folder.resolve("errors");
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(command[0] + " does not end");
        }
        assertThat(process.exitValue())
                .as("%s: %s", String.join(" ", command), Files.readString(errors))
                .isZero();
        return output;
    }
}
