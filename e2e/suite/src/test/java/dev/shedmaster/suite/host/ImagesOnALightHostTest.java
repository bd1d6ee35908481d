package dev.shedmaster.suite.host;

import dev.shedmaster.machine.host.SshHostDriver;
import dev.shedmaster.port.HostDriver;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The lab's light host has images as a real one. */
class ImagesOnALightHostTest extends ImagesContract {
    @RegisterExtension
    static final LightServer SERVER = new LightServer();

    private final HostDriver driver = connected();

    private static HostDriver connected() {
        return new SshHostDriver(
                SERVER.connections().to(SERVER.asServer(SERVER.hostKeys())), BareServer.INSTALLATION, SERVER.clock());
    }

    @Override
    HostDriver driver() {
        return driver;
    }

    @Override
    String world() {
        return "127.0.0.1";
    }
}
