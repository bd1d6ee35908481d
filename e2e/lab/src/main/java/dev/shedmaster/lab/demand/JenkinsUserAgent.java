package dev.shedmaster.lab.demand;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Asks a Jenkins controller for builds as a user's script does: with an API token, over the public remote API. */
final class JenkinsUserAgent implements AutoCloseable {

    /**
     * How far a job's only build is.
     *
     * @param queued whether the job is in the queue
     * @param built whether there is a build
     * @param result its result; empty while it runs
     */
    record JobState(boolean queued, boolean built, String result) {}

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final ObjectMapper mapper = new ObjectMapper();
    private final URI root;
    private final String authorization;

    JenkinsUserAgent(URI root, String user, String token) {
        this.root = root;
        authorization =
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + token).getBytes(StandardCharsets.UTF_8));
    }

    /** Creates a job; one that is there already, from an earlier try, is as good. */
    void create(String job, Stage stage) throws IOException, InterruptedException {
        HttpResponse<String> answer = post("createItem?name=" + encoded(job), config(stage));
        boolean there = answer.statusCode() == 400 && answer.body().contains("already exists");
        if (answer.statusCode() != 200 && !there) {
            throw new IOException("creating job " + job + " was answered with " + answer.statusCode());
        }
    }

    /** Asks for a build. */
    void build(String job) throws IOException, InterruptedException {
        HttpResponse<String> answer = post("job/" + encoded(job) + "/build?delay=0sec", "");
        if (answer.statusCode() != 201) {
            throw new IOException("asking for a build of " + job + " was answered with " + answer.statusCode());
        }
    }

    /** The state of every job by name. */
    Map<String, JobState> jobs() throws IOException, InterruptedException {
        String tree = encoded("jobs[name,inQueue,lastBuild[result]]");
        HttpResponse<String> answer = send(request("api/json?tree=" + tree).GET());
        if (answer.statusCode() != 200) {
            throw new IOException("listing the jobs was answered with " + answer.statusCode());
        }
        Map<String, JobState> states = new HashMap<>();
        for (JsonNode job : mapper.readTree(answer.body()).path("jobs")) {
            JsonNode build = job.path("lastBuild");
            states.put(
                    job.path("name").asText(),
                    new JobState(
                            job.path("inQueue").asBoolean(),
                            build.isObject(),
                            build.path("result").asText("").replace("null", "")));
        }
        return states;
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/xml")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(root.resolve(path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", authorization);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String config(Stage stage) {
        String label = stage.need().label();
        String sleep = String.format(Locale.ROOT, "sleep %.3f", stage.duration().toMillis() / 1000.0);
        if (stage.pipeline()) {
            return "<flow-definition><definition><script>node('" + escaped(label) + "') { sh '" + sleep
                    + "' }</script></definition></flow-definition>";
        }
        String lock = stage.lock() == null
                ? ""
                : "<properties><org.jenkins.plugins.lockableresources.RequiredResourcesProperty><resourceNames>"
                        + stage.lock()
                        + "</resourceNames></org.jenkins.plugins.lockableresources.RequiredResourcesProperty></properties>";
        return "<project>" + lock + "<assignedNode>" + escaped(label)
                + "</assignedNode><canRoam>false</canRoam><builders><hudson.tasks.Shell><command>" + sleep
                + "</command></hudson.tasks.Shell></builders></project>";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;");
    }

    @Override
    public void close() {
        http.close();
    }
}
