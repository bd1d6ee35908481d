package dev.shedmaster.ci.jenkins;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.shedmaster.port.AgentState.RunningJob;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what Jenkins tells of its computers: all of them, or one. */
final class ComputerReader {
    /** The least that tells an agent's state. */
    static final String FIELDS =
            "displayName,description,offline,temporarilyOffline,offlineCauseReason,absoluteRemotePath,idle,"
                    + "assignedLabels[name],"
                    + "executors[idle,currentExecutable[number,fullDisplayName,displayName,url,queueId,timestamp]],"
                    + "oneOffExecutors[idle]";

    static final String TREE = "computer[" + FIELDS + "]";

    private static final int LONGEST_NAME = 200;
    /**
     * What is shown of a build of which Jenkins tells nothing: one that has just been assigned, or that the credential may
     * not see (reference: jenkins.md, sections 1.4 and 1.6).
     */
    private static final RunningJob HIDDEN =
            new RunningJob("", "a build that has not begun or may not be seen", "", null);

    private static final Comparator<RunningJob> LONGEST_FIRST =
            Comparator.comparing(build -> Objects.requireNonNullElse(build.startedAt(), Instant.MAX));

    private ComputerReader() {}

    /** Reads the answer of {@code /computer/api/json}. */
    static List<Computer> readAll(JsonParser json) throws IOException {
        JsonText.expect(json.nextToken(), JsonToken.START_OBJECT);
        List<Computer> computers = null;
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            if (name.equals("computer")) {
                computers = new ArrayList<>();
                JsonText.expect(json.currentToken(), JsonToken.START_ARRAY);
                while (json.nextToken() == JsonToken.START_OBJECT) {
                    computers.add(computer(json));
                }
                JsonText.expect(json.currentToken(), JsonToken.END_ARRAY);
            } else {
                json.skipChildren();
            }
        }
        JsonText.expect(json.currentToken(), JsonToken.END_OBJECT);
        if (computers == null) {
            throw new IOException("no computers");
        }
        return computers;
    }

    /** Reads the answer of {@code /computer/NAME/api/json}. */
    static Computer readOne(JsonParser json) throws IOException {
        JsonText.expect(json.nextToken(), JsonToken.START_OBJECT);
        return computer(json);
    }

    private static Computer computer(JsonParser json) throws IOException {
        String kind = "";
        String computerName = "";
        String description = "";
        boolean offline = false;
        boolean markedOffline = false;
        String offlineReason = "";
        boolean hasRemotePath = false;
        boolean idle = true;
        Set<String> labels = Set.of();
        Executors executors = new Executors();
        int oneOff = 0;
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            switch (name) {
                case "_class" -> kind = JsonText.textOrEmpty(json);
                case "displayName" -> computerName = JsonText.textOrEmpty(json);
                case "description" -> description = JsonText.textOrEmpty(json);
                case "offline" -> offline = JsonText.isTrue(json);
                case "temporarilyOffline" -> markedOffline = JsonText.isTrue(json);
                case "offlineCauseReason" -> offlineReason = JsonText.textOrEmpty(json);
                case "absoluteRemotePath" ->
                    hasRemotePath = !JsonText.textOrEmpty(json).isEmpty();
                case "idle" -> idle = JsonText.isTrue(json);
                case "assignedLabels" -> labels = labels(json);
                case "executors" -> executors.read(json);
                case "oneOffExecutors" -> oneOff = JsonText.count(json);
                default -> json.skipChildren();
            }
        }
        JsonText.expect(json.currentToken(), JsonToken.END_OBJECT);
        if (computerName.isEmpty()) {
            throw new IOException("a computer without name");
        }
        return new Computer(
                computerName,
                description,
                kind.endsWith("$MasterComputer"),
                // Marked offline it is "offline" even if connected; where its agent works is known while it is
                // connected.
                !offline || (markedOffline && hasRemotePath),
                markedOffline,
                offlineReason,
                labels,
                executors.count,
                executors.idle,
                executors.builds(Math.max(oneOff, (idle ? 0 : 1) - executors.builds.size())),
                executors.items,
                executors.hidden);
    }

    private static Set<String> labels(JsonParser json) throws IOException {
        Set<String> labels = new HashSet<>();
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return labels;
        }
        while (json.nextToken() == JsonToken.START_OBJECT) {
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                json.nextToken();
                if (name.equals("name")) {
                    labels.add(JsonText.textOrEmpty(json));
                } else {
                    json.skipChildren();
                }
            }
        }
        JsonText.expect(json.currentToken(), JsonToken.END_ARRAY);
        return labels;
    }

    /** What the executors of one computer do, gathered while they are read. */
    private static final class Executors {
        private int count;
        private int idle;
        private int hidden;
        private final List<RunningJob> builds = new ArrayList<>();
        private final Set<Long> items = new HashSet<>();

        void read(JsonParser json) throws IOException {
            if (json.currentToken() != JsonToken.START_ARRAY) {
                json.skipChildren();
                return;
            }
            while (json.nextToken() == JsonToken.START_OBJECT) {
                readOne(json);
            }
            JsonText.expect(json.currentToken(), JsonToken.END_ARRAY);
        }

        private void readOne(JsonParser json) throws IOException {
            boolean executorIdle = true;
            RunningJob build = null;
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                json.nextToken();
                switch (name) {
                    case "idle" -> executorIdle = JsonText.isTrue(json);
                    case "currentExecutable" -> build = build(json);
                    default -> json.skipChildren();
                }
            }
            count++;
            if (executorIdle) {
                idle++;
                return;
            }
            if (build == null) {
                hidden++;
            }
            builds.add(build == null ? HIDDEN : build);
        }

        /**
         * All builds, the one that runs longest first.
         *
         * @param more how many there are beside those of the executors
         */
        List<RunningJob> builds(int more) {
            return Stream.concat(builds.stream(), Collections.nCopies(more, HIDDEN).stream())
                    .sorted(LONGEST_FIRST)
                    .toList();
        }

        private @Nullable RunningJob build(JsonParser json) throws IOException {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                json.skipChildren();
                return null;
            }
            String kind = "";
            String fullName = "";
            String shortName = "";
            String url = "";
            long item = -1;
            long started = 0;
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                json.nextToken();
                switch (name) {
                    case "_class" -> kind = JsonText.textOrEmpty(json);
                    case "fullDisplayName" -> fullName = JsonText.textOrEmpty(json);
                    case "displayName" -> shortName = JsonText.textOrEmpty(json);
                    case "url" -> url = JsonText.textOrEmpty(json);
                    case "queueId" -> item = JsonText.number(json, -1);
                    case "timestamp" -> started = JsonText.number(json, 0);
                    default -> json.skipChildren();
                }
            }
            if (item >= 0) {
                items.add(item);
            }
            // A Pipeline step's short name tells the branch or stage too, its full one only the run.
            boolean step = kind.endsWith("$PlaceholderExecutable");
            String shown = (step && !shortName.isEmpty()) || fullName.isEmpty() ? shortName : fullName;
            return new RunningJob(
                    item < 0 ? "" : Long.toString(item),
                    JsonText.bounded(shown.isEmpty() ? url : shown, LONGEST_NAME),
                    url,
                    started > 0 ? Instant.ofEpochMilli(started) : null);
        }
    }
}
