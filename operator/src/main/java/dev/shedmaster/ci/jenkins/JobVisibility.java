package dev.shedmaster.ci.jenkins;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.shedmaster.port.Outcome;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.HttpUrl;

/**
 * Whether the credential may see jobs. Without Job/Read nothing is refused: the queue is empty, and so is the list of jobs.
 * So it takes a sign that there is something to be seen.
 */
final class JobVisibility {
    private static final Call QUEUE = new Call("read-queue", "tell its queue");
    private static final Call JOBS = new Call("read-jobs", "tell whether it has jobs");
    private static final Call LOAD = new Call("read-load", "tell its load");

    private final JenkinsApi api;

    JobVisibility(JenkinsApi api) {
        this.api = api;
    }

    /** Done with true if something is there that may not be seen; false if all seems visible or there is no sign. */
    Outcome<Boolean> isMissing(List<Computer> computers) {
        AtomicInteger visible = new AtomicInteger();
        return api.get(QUEUE, query("items[id],discoverableItems[task[name]]", "queue"))
                .then(answer ->
                        api.read(QUEUE, answer, json -> QueueReader.read(json, item -> visible.incrementAndGet())))
                .then(discoverable -> discoverable > 0 ? Outcome.done(true) : withoutJobs(visible.get(), computers));
    }

    private Outcome<Boolean> withoutJobs(int visibleItems, List<Computer> computers) {
        return api.get(JOBS, query("jobs[name]{0,1}"))
                .then(answer -> api.read(JOBS, answer, JobVisibility::jobs))
                .then(jobs -> {
                    if (jobs > 0 || visibleItems > 0) {
                        return Outcome.done(false);
                    }
                    boolean hidden = computers.stream().anyMatch(computer -> computer.hiddenBuilds() > 0);
                    return hidden ? Outcome.done(true) : queueIsCounted();
                });
    }

    /** Jenkins counts the queue for everybody, as a moving average. */
    private Outcome<Boolean> queueIsCounted() {
        return api.get(LOAD, query("totalQueueLength[sec10[latest]]", "overallLoad"))
                .then(answer -> api.read(LOAD, answer, JobVisibility::latest))
                .map(length -> length >= 1);
    }

    private HttpUrl query(String tree, String... path) {
        return api.at(path)
                .addPathSegment("api")
                .addPathSegment("json")
                .addQueryParameter("tree", tree)
                .build();
    }

    private static int jobs(JsonParser json) throws IOException {
        JsonText.expect(json.nextToken(), JsonToken.START_OBJECT);
        int jobs = 0;
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            if (name.equals("jobs")) {
                jobs = JsonText.count(json);
            } else {
                json.skipChildren();
            }
        }
        return jobs;
    }

    private static double latest(JsonParser json) throws IOException {
        JsonText.expect(json.nextToken(), JsonToken.START_OBJECT);
        double latest = 0;
        for (int depth = 1; depth > 0; ) {
            JsonToken token = JsonText.next(json);
            if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            } else if (token.isNumeric() && "latest".equals(json.currentName())) {
                latest = json.getDoubleValue();
            }
        }
        return latest;
    }
}
