package dev.shedmaster.lab.robot.ssh;

import dev.shedmaster.lab.robot.key.HostKeys;
import dev.shedmaster.lab.robot.key.PublicKeyText;
import dev.shedmaster.lab.robot.system.ServerSystem;
import dev.shedmaster.lab.time.LabClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.io.IoServiceFactory;
import org.apache.sshd.common.io.nio2.Nio2ServiceFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.util.threads.ThreadUtils;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;

/**
 * Opens SSH servers. All share the same few threads, so that hundreds that nobody talks to cost next to nothing.
 *
 * <p>Each listens on port 22 of its own address within 127.0.0.0/8, all of which Linux takes for its own. So a client
 * needs to know nothing but the address that Robot tells. Where port 22 is not to be had (not root, or a server of the
 * machine's own listens on all addresses) it is a free port, which stays the same over all boots and is told by {@link
 * SshDoor#port}.
 */
public final class SshFoundry implements AutoCloseable {
    private static final int SSH = 22;
    private static final int THREADS = 8;

    private final LabClock clock;
    private final ScheduledExecutorService timer;
    private final IoServiceFactory io;
    private final Map<InetAddress, Integer> ports = new ConcurrentHashMap<>();

    public SshFoundry(LabClock clock) {
        this.clock = clock;
        this.timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("lab-ssh-timer").factory());
        this.io = new Nio2ServiceFactory(
                prompt(SshServer.setUpDefaultServer()), ThreadUtils.newFixedThreadPool("lab-ssh", THREADS), null);
    }

    /** One that lets no packet wait for others, as OpenSSH's. */
    private static SshServer prompt(SshServer server) {
        CoreModuleProperties.TCP_NODELAY.set(server, true);
        return server;
    }

    /**
     * Lets root in by these keys and answers as the system does.
     *
     * @throws IOException if the address cannot be had
     */
    public SshDoor open(InetAddress address, HostKeys hostKeys, List<PublicKeyText> authorized, ServerSystem system)
            throws IOException {
        int wanted = ports.getOrDefault(address, SSH);
        SshServer server = prompt(SshServer.setUpDefaultServer());
        server.setIoServiceFactoryFactory(new SharedIo(io));
        server.setScheduledExecutorService(timer, false);
        server.setHost(address.getHostAddress());
        server.setPort(isFree(address, wanted) ? wanted : 0);
        server.setKeyPairProvider(KeyPairProvider.wrap(hostKeys.pairs()));
        server.setPublickeyAuthenticator((user, key, _) ->
                user.equals("root") && authorized.stream().anyMatch(known -> KeyUtils.compareKeys(known.key(), key)));
        server.setCommandFactory((_, line) -> new RemoteCommand(line, system, clock));
        server.start();
        ports.put(address, server.getPort());
        return new MinaDoor(server, address);
    }

    /**
     * At which port a server listens whose SSH server is not one of these, in this boot and in all others.
     *
     * @throws IOException if the address cannot be had
     */
    public int portAt(InetAddress address) throws IOException {
        int wanted = ports.getOrDefault(address, SSH);
        int port = isFree(address, wanted) ? wanted : anyPort(address);
        ports.put(address, port);
        return port;
    }

    private static int anyPort(InetAddress address) throws IOException {
        try (ServerSocket tried = new ServerSocket(0, 1, address)) {
            return tried.getLocalPort();
        }
    }

    /**
     * Has nothing answer at the address where its SSH server would be.
     *
     * @throws IOException if the address cannot be had
     */
    public SilentPort silence(InetAddress address) throws IOException {
        int wanted = ports.getOrDefault(address, SSH);
        return new SilentPort(new InetSocketAddress(address, isFree(address, wanted) ? wanted : 0));
    }

    private static boolean isFree(InetAddress address, int port) {
        try (ServerSocket tried = new ServerSocket()) {
            tried.bind(new InetSocketAddress(address, port));
            return true;
        } catch (IOException takenOrForbidden) {
            return false;
        }
    }

    @Override
    public void close() {
        io.close(true);
        timer.shutdownNow();
    }
}
