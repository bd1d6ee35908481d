package dev.shedmaster.lab.jenkins.web;

import java.util.List;

/** Some of the controller's addresses. */
interface Routes {

    /**
     * Answers a request.
     *
     * @param path the segments of the address below the part that led here
     * @throws Refusal if it is not carried out
     */
    Answer answer(Exchange exchange, List<String> path);

    /** Whether the path ends an object's address with its API. */
    static boolean isApi(List<String> path) {
        return path.equals(List.of("api", "json"));
    }
}
