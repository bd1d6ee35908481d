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

    private Api() {}
}
