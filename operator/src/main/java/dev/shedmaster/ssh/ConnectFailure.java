package dev.shedmaster.ssh;

import java.net.ConnectException;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;

/** Tells why there is no connection. */
final class ConnectFailure {
    private ConnectFailure() {}

    /**
     * Names the failure.
     *
     * @param thrown what the client said
     * @param wasOpen whether somebody had answered before
     */
    static SshResult.Failed of(Throwable thrown, SshServer server, HostKeyPins pins, boolean wasOpen) {
        String stranger = pins.stranger();
        if (stranger != null) {
            return new SshResult.HostKeyChanged(
                    server + " has the host key " + stranger + " and none of " + pins.fingerprints()
                            + ". Nothing was sent: somebody else may answer in its place. If it was installed anew, give its new"
                            + " key in hostKeys",
                    stranger,
                    pins.fingerprints());
        }
        if (wasOpen && isRejection(thrown)) {
            return new SshResult.KeyRejected(
                    server + " does not accept our key: is its public half in authorized_keys there?");
        }
        if (isRefusal(thrown)) {
            return new SshResult.Refused(server + " refuses the connection: no SSH server listens there");
        }
        return new SshResult.Unreachable(server + " cannot be reached: " + words(thrown));
    }

    private static boolean isRejection(Throwable thrown) {
        return causes(thrown)
                .anyMatch(cause -> cause instanceof SshException ssh
                        && ssh.getDisconnectCode() == SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE);
    }

    private static boolean isRefusal(Throwable thrown) {
        return causes(thrown)
                .anyMatch(cause -> cause instanceof ConnectException
                        && String.valueOf(cause.getMessage())
                                .toLowerCase(Locale.ROOT)
                                .contains("refused"));
    }

    private static String words(Throwable thrown) {
        return causes(thrown)
                .map(Throwable::getMessage)
                .filter(message -> message != null && !message.isBlank())
                .reduce((outer, inner) -> inner)
                .orElse(thrown.getClass().getSimpleName());
    }

    private static Stream<Throwable> causes(Throwable thrown) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
                .limit(10);
    }
}
