package dev.shedmaster.kube.fleet;

import dev.shedmaster.core.planning.Words;

/** What logs and Events say of a plan that changes a pool's size. */
final class Announcements {
    private Announcements() {}

    static String more(int workers, String why) {
        return Words.count(workers, "more worker") + ": " + why;
    }

    static String fewer(int workers, String why) {
        return Words.count(workers, "fewer worker") + ": " + why;
    }
}
