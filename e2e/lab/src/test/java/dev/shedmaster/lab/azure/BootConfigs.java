package dev.shedmaster.lab.azure;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shedmaster.lab.agent.AgentDescription;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** Boot configurations that bring an agent up, to be broken one way each. */
final class BootConfigs {
    static final String ENVIRONMENT = """
            # made by a test
            JENKINS_URL=https://jenkins.example.org/
            JENKINS_AGENT_NAME=w-1
            JENKINS_SECRET=0123456789abcdef
            JENKINS_WEB_SOCKET=true
            JENKINS_AGENT_WORKDIR=/var/lib/jenkins
            """;
    static final String UNIT = """
            [Unit]
            Description=Jenkins agent
            After=network-online.target

            [Service]
            EnvironmentFile=/etc/shedmaster/agent.env
            ExecStart=/usr/bin/java -jar /opt/shedmaster/agent.jar -url ${JENKINS_URL} -name ${JENKINS_AGENT_NAME} \\
              -secret ${JENKINS_SECRET} -webSocket -noReconnect -workDir ${JENKINS_AGENT_WORKDIR}
            ExecStopPost=/usr/bin/systemctl poweroff

            [Install]
            WantedBy=multi-user.target
            """;

    /** The agent that they describe. */
    static final AgentDescription DESCRIBED = new AgentDescription(
            URI.create("https://jenkins.example.org/"),
            "w-1",
            "0123456789abcdef",
            "/var/lib/jenkins",
            Optional.of(Duration.ZERO));

    private static final ObjectMapper JSON = new ObjectMapper();

    private BootConfigs() {}

    static ObjectNode ignition() {
        return ignition(ENVIRONMENT, UNIT);
    }

    static ObjectNode ignition(String environment, String unit) {
        ObjectNode config = JSON.createObjectNode();
        config.putObject("ignition").put("version", "3.4.0");
        ObjectNode file = config.putObject("storage").putArray("files").addObject();
        file.put("path", "/etc/shedmaster/agent.env").put("mode", 384);
        file.putObject("contents").put("source", percentEncoded(environment));
        config.putObject("systemd")
                .putArray("units")
                .addObject()
                .put("name", "shedmaster-agent.service")
                .put("enabled", true)
                .put("contents", unit);
        return config;
    }

    static ObjectNode file(ObjectNode ignition) {
        return (ObjectNode) ignition.at("/storage/files/0");
    }

    static ObjectNode unit(ObjectNode ignition) {
        return (ObjectNode) ignition.at("/systemd/units/0");
    }

    static String percentEncoded(String text) {
        StringBuilder encoded = new StringBuilder("data:,");
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = Character.isLetterOrDigit(octet) || "-_.~+/".indexOf(octet) >= 0;
            encoded.append(plain ? String.valueOf((char) octet) : String.format("%%%02X", octet));
        }
        return encoded.toString();
    }

    static String base64(byte[] data) {
        return Base64.getEncoder().encodeToString(data);
    }

    static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] gzip(String text) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return packed.toByteArray();
    }

    static String cloudConfig(String permissions, String command) {
        return cloudConfig(permissions, "text/plain", ENVIRONMENT, command);
    }

    static String cloudConfig(String permissions, String encoding, String environment, String command) {
        return """
                #cloud-config
                package_update: false
                write_files:
                  - path: /etc/shedmaster/agent.env
                    permissions: %s
                    owner: root:root
                    encoding: %s
                    content: |
                %s
                  - path: /etc/systemd/system/shedmaster-agent.service
                    permissions: '0644'
                    content: |
                %s
                runcmd:
                  - systemctl daemon-reload
                  - %s
                """.formatted(permissions, encoding, environment.indent(6), UNIT.indent(6), command);
    }
}
