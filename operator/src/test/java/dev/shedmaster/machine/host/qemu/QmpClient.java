package dev.shedmaster.machine.host.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Asks a running QEMU: its control protocol is a line of JSON each way, with events in between. */
final class QmpClient implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SocketChannel channel;
    private final BufferedReader lines;

    QmpClient(Path socket) throws IOException {
        channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(socket));
        lines = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
        assertThat(JSON.readTree(lines.readLine()).has("QMP")).isTrue();
        ask("qmp_capabilities");
    }

    JsonNode ask(String command) {
        return ask(command, "{}");
    }

    JsonNode ask(String command, String arguments) {
        try {
            String request = "{\"execute\": \"" + command + "\", \"arguments\": " + arguments + "}\n";
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8)));
            while (true) {
                JsonNode answer = JSON.readTree(lines.readLine());
                if (!answer.has("event")) {
                    assertThat(answer.has("return")).as(answer.toString()).isTrue();
                    return answer.get("return");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(command, e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
