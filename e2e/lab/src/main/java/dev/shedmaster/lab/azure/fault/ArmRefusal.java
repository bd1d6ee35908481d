package dev.shedmaster.lab.azure.fault;

/** A call is refused: the front door turns it into the answer. It has no stack trace, since it is part of the protocol and not a defect. */
public final class ArmRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ArmError error;

    public ArmRefusal(ArmError error) {
        super(error.code() + ": " + error.message(), null, false, false);
        this.error = error;
    }

    public ArmError error() {
        return error;
    }
}
