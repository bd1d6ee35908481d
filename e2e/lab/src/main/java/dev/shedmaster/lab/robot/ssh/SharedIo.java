package dev.shedmaster.lab.robot.ssh;

import org.apache.sshd.common.Factory;
import org.apache.sshd.common.FactoryManager;
import org.apache.sshd.common.io.IoAcceptor;
import org.apache.sshd.common.io.IoConnector;
import org.apache.sshd.common.io.IoHandler;
import org.apache.sshd.common.io.IoServiceEventListener;
import org.apache.sshd.common.io.IoServiceFactory;
import org.apache.sshd.common.io.IoServiceFactoryFactory;
import org.apache.sshd.common.util.closeable.AbstractCloseable;
import org.apache.sshd.common.util.threads.CloseableExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Lends the same input and output, with its threads, to many SSH servers. A server that closes gives back what it was
 * lent, open.
 */
final class SharedIo implements IoServiceFactoryFactory {
    private final IoServiceFactory shared;

    SharedIo(IoServiceFactory shared) {
        this.shared = shared;
    }

    @Override
    public IoServiceFactory create(FactoryManager borrower) {
        return new Lent(shared);
    }

    @Override
    public void setExecutorServiceFactory(Factory<CloseableExecutorService> factory) {
        // The threads are those of the shared one.
    }

    private static final class Lent extends AbstractCloseable implements IoServiceFactory {
        private final IoServiceFactory shared;

        Lent(IoServiceFactory shared) {
            this.shared = shared;
        }

        @Override
        public IoConnector createConnector(IoHandler handler) {
            return shared.createConnector(handler);
        }

        @Override
        public IoAcceptor createAcceptor(IoHandler handler) {
            return shared.createAcceptor(handler);
        }

        @Override
        public @Nullable IoServiceEventListener getIoServiceEventListener() {
            return shared.getIoServiceEventListener();
        }

        @Override
        public void setIoServiceEventListener(@Nullable IoServiceEventListener listener) {
            // One server's listener must not hear of the others.
        }
    }
}
