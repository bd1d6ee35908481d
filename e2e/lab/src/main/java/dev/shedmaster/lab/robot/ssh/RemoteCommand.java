package dev.shedmaster.lab.robot.ssh;

import dev.shedmaster.lab.robot.system.CommandCall;
import dev.shedmaster.lab.robot.system.CommandResult;
import dev.shedmaster.lab.robot.system.ServerSystem;
import dev.shedmaster.lab.time.LabClock;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One command on its way: its input and output are the channel's, its answer is the system's. */
final class RemoteCommand implements Command {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteCommand.class);

    private final String line;
    private final ServerSystem system;
    private final LabClock clock;
    private @Nullable ChannelSession channel;
    private InputStream input = InputStream.nullInputStream();
    private OutputStream output = OutputStream.nullOutputStream();
    private OutputStream error = OutputStream.nullOutputStream();
    private ExitCallback exit = (_, _, _) -> {};

    RemoteCommand(String line, ServerSystem system, LabClock clock) {
        this.line = line;
        this.system = system;
        this.clock = clock;
    }

    @Override
    public void setInputStream(InputStream in) {
        input = in;
    }

    @Override
    public void setOutputStream(OutputStream out) {
        output = out;
    }

    @Override
    public void setErrorStream(OutputStream err) {
        error = err;
    }

    @Override
    public void setExitCallback(ExitCallback callback) {
        exit = callback;
    }

    @Override
    public void start(ChannelSession opened, Environment environment) {
        channel = opened;
        Thread.ofVirtual().name("lab-ssh " + line).start(this::run);
    }

    private void run() {
        CommandResult result = answer();
        Duration takes = result.takes();
        if (takes == null) {
            return;
        }
        if (takes.isPositive()) {
            clock.schedule(takes, () -> Thread.ofVirtual().start(() -> end(result)));
        } else {
            end(result);
        }
    }

    private CommandResult answer() {
        try {
            return system.run(new CommandCall(line, input));
        } catch (RuntimeException defect) {
            LOG.error("The lab has a defect at the command {}", line, defect);
            return CommandResult.failed(254, "A defect of the lab: " + defect + "\n");
        }
    }

    private void end(CommandResult result) {
        ChannelSession open = channel;
        if (result.isLost() && open != null) {
            open.getSession().close(true);
            return;
        }
        try {
            write(output, result.output());
            write(error, result.error());
        } catch (IOException gone) {
            LOG.debug("Nobody hears any more what {} says", line, gone);
        }
        exit.onExit(result.status());
    }

    private static void write(OutputStream stream, String text) throws IOException {
        stream.write(text.getBytes(StandardCharsets.UTF_8));
        stream.flush();
    }

    @Override
    public void destroy(ChannelSession closed) {
        // A command that never ends has no thread that would have to be stopped.
    }
}
