package dev.shedmaster.kube.status;

import dev.shedmaster.api.v1alpha1.Condition;
import dev.shedmaster.port.PortError;

/** What a connection is opened with is missing or wrong, or could not be read: that says nothing of the system itself. */
public final class UnopenedConnection {
    private UnopenedConnection() {}

    /**
     * Tells why it was not opened.
     *
     * @param untried the conditions that only an open connection could find out
     * @return the reason, in one line
     */
    public static String tell(Conditions conditions, PortError error, String... untried) {
        String message = error.message();
        if (error instanceof PortError.Invalid) {
            conditions.fails(Condition.CREDENTIALS_VALID, "Unusable", message);
            conditions.fails(Condition.READY, "Misconfigured", message);
        } else {
            conditions.unknown(Condition.CREDENTIALS_VALID, "Unreadable", message);
            conditions.fails(Condition.READY, "Unreadable", message);
        }
        for (String type : untried) {
            conditions.unknown(type, "NotTried", "nothing was tried");
        }
        return message;
    }
}
