package dev.shedmaster.controlplane;

/** One way to come to a control plane. A look must be cheap and change nothing that lasts, unless it has to build. */
interface ControlPlaneSource {

    /** What is tried, for people: "the user's own cluster". */
    String name();

    Offer look();

    /** What a look has found. */
    sealed interface Offer {}

    /** It is to be had: this starts it. */
    record Available(Opening opening) implements Offer {}

    /**
     * It is not to be had here.
     *
     * @param reason one line, for people
     */
    record Refused(String reason) implements Offer {
        public Refused {
            reason = reason.strip().replaceAll("\\s*\\R\\s*", "; ");
        }
    }

    /** Starts a control plane that a look has found. */
    @FunctionalInterface
    interface Opening {
        ControlPlane open();
    }
}
