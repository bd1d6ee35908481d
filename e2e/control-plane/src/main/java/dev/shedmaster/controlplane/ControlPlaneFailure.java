package dev.shedmaster.controlplane;

/** A control plane is not to be had, did not start, or did not do what it was asked. The message is for people. */
public final class ControlPlaneFailure extends RuntimeException {

    ControlPlaneFailure(String message) {
        super(message);
    }

    ControlPlaneFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
