package dev.shedmaster.kube.status;

/** What keeps an object from vanishing before what it stands for. */
public final class Finalizers {
    /** A worker stays until its machine and its registration are gone. */
    public static final String WORKER = "shedmaster.dev/worker";
    /** A pool stays until its last worker is gone. */
    public static final String POOL = "shedmaster.dev/pool";
    /** A connection stays while workers need its credentials to be taken away. */
    public static final String CONNECTION = "shedmaster.dev/connection";

    /** A host stays until it is empty, and wiped if that is wanted, and its landlord shows nobody as its owner. */
    public static final String HOST = "shedmaster.dev/host";

    private Finalizers() {}
}
