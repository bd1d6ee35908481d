package dev.shedmaster.port;

/**
 * Who a machine belongs to. Every cloud resource carries it, so that whatever is left behind can be traced and nothing
 * else is touched.
 *
 * @param installation identifies this installation of the operator among all that may share an account
 * @param pool {@code namespace/name}
 * @param worker {@code namespace/name}
 * @param workerUid the Worker object's UID
 */
public record MachineOwner(String installation, String pool, String worker, String workerUid) {

    /**
     * Whether a worker is one of the namespace of that object, both as {@code namespace/name}. Who serves the object sees all
     * workers beside it; of another namespace it may see none, and whoever serves that one looks after them.
     */
    public static boolean isBeside(String object, String worker) {
        return worker.startsWith(object.substring(0, object.indexOf('/') + 1));
    }
}
