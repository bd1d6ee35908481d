package dev.shedmaster.lab.robot.machine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * QEMU's control protocol (QMP): one JSON document a line, answers and events in between. QEMU connects to us, so that
 * nobody has to wait for its socket. Commands are sent as soon as it is there; what they are answered is not awaited.
 */
final class ControlLine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlLine.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ServerSocketChannel door;
    private final CompletableFuture<SocketChannel> qemu = new CompletableFuture<>();

    ControlLine(Path socket) throws IOException {
        Files.deleteIfExists(socket);
        door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        door.bind(UnixDomainSocketAddress.of(socket));
    }

    /** Listens until QEMU has ended; whether it ended because its guest wanted to restart. */
    boolean listen() {
        boolean wantsToRestart = false;
        try (SocketChannel channel = door.accept();
                BufferedReader lines = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8))) {
            write(channel, JSON.createObjectNode().put("execute", "qmp_capabilities"));
            qemu.complete(channel);
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode message = JSON.readTree(line);
                wantsToRestart |= message.at("/data/reason").asText().equals("guest-reset");
                complainOf(message);
            }
        } catch (IOException ended) {
            LOG.debug("QEMU hears no more", ended);
        }
        return wantsToRestart;
    }

    /** An error, or what a command for people has to say, which says nothing when all is well. */
    private static void complainOf(JsonNode message) {
        if (message.has("error") || !message.path("return").asText().isBlank()) {
            LOG.error("QEMU does not do what the lab wants: {}", message);
        }
    }

    void execute(String command) {
        send(JSON.createObjectNode().put("execute", command));
    }

    /** Runs a command of QEMU's monitor for people, for what the protocol has no command for. */
    void type(String commandLine) {
        ObjectNode message = JSON.createObjectNode().put("execute", "human-monitor-command");
        message.putObject("arguments").put("command-line", commandLine);
        send(message);
    }

    /** Presses keys at once, by QEMU's names of them. */
    void press(String... keys) {
        ObjectNode message = JSON.createObjectNode().put("execute", "send-key");
        ArrayNode pressed = message.putObject("arguments").putArray("keys");
        for (String key : keys) {
            pressed.addObject().put("type", "qcode").put("data", key);
        }
        send(message);
    }

    private void send(ObjectNode message) {
        Thread.ofVirtual().name("lab-machine-order").start(() -> {
            try {
                write(qemu.join(), message);
            } catch (IOException | CancellationException ended) {
                LOG.debug("QEMU has ended before {}", message, ended);
            }
        });
    }

    private synchronized void write(SocketChannel channel, ObjectNode message) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((text(message) + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static String text(ObjectNode message) {
        try {
            return JSON.writeValueAsString(message);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A tree can always be written", impossible);
        }
    }

    @Override
    public void close() {
        qemu.cancel(false);
        try {
            door.close();
        } catch (IOException stuck) {
            LOG.warn("The lab's end of a control line does not close", stuck);
        }
    }
}
