package dev.shedmaster.machine.host;

import dev.shedmaster.machine.host.PrisonedRescue.Ended;
import dev.shedmaster.port.RescueSystem;
import dev.shedmaster.port.RescueSystemContract;
import dev.shedmaster.ssh.ScriptedServer;
import dev.shedmaster.ssh.ScriptedServer.Says;
import dev.shedmaster.ssh.SshConnections;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The program that real rescue systems are sent, over SSH and on disks that are files. */
class RescueSystemOnDisksContractTest extends RescueSystemContract {
    @TempDir
    Path folder;

    private final ScriptedServer server = new ScriptedServer(this::answer);
    private final SshConnections connections = new SshConnections(InstantSource.system(), new SimpleMeterRegistry());
    private final RescueSystem rescue = new SshRescueSystem(connections.to(server.asServer()));
    private PrisonedRescue disks;
    private ImageServer images;

    @BeforeEach
    void makeDisks() throws Exception {
        disks = PrisonedRescue.make(folder);
        images = new ImageServer(Files.readAllBytes(disks.image()));
    }

    @AfterEach
    void close() throws Exception {
        rescue.close();
        connections.close();
        server.close();
        if (images != null) {
            images.close();
        }
        if (disks != null) {
            disks.close();
        }
    }

    private ScriptedServer.Answer answer(ScriptedServer.Call call) {
        try {
            Ended ended = disks.line(call.line(), call.input());
            return new Says(ended.status(), ended.output(), ended.complaint());
        } catch (Exception e) {
            throw new IllegalStateException(call.line(), e);
        }
    }

    @Override
    protected RescueSystem rescue() {
        return rescue;
    }

    @Override
    protected String rootDisk() {
        return disks.disk(0);
    }

    @Override
    protected String scratchDisk() {
        return disks.disk(1);
    }

    @Override
    protected String image() {
        return images.url();
    }

    @Override
    protected String sha256() {
        return images.sha256();
    }
}
