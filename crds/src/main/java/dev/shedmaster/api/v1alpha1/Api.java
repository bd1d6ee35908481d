package dev.shedmaster.api.v1alpha1;

/** The names that all kinds of this API share. */
public final class Api {

    /** API group of all kinds. */
    public static final String GROUP = "shedmaster.dev";

    /** Version of all kinds. */
    public static final String VERSION = "v1alpha1";

    /** {@code kubectl get shedmaster} lists objects of all kinds. */
    public static final String CATEGORY = "shedmaster";

    /** Label of a Worker, and of what belongs to it: the name of its pool. */
    public static final String POOL_LABEL = GROUP + "/pool";

    /**
     * The annotation of a worker that says when the operator decided on it, by the operator's own clock. Deadlines are reckoned
     * from it: the clock of the API server, which dates the object, may be another's by hours.
     */
    public static final String REQUESTED_AT = GROUP + "/requested-at";

    private Api() {}
}
