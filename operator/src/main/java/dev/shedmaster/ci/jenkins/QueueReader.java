package dev.shedmaster.ci.jenkins;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the queue item by item, so that a queue of any length costs the memory of what is kept of it.
 *
 * <p>There is one query and no cheaper one before it: Jenkins has no ETag, and a query for the ids alone makes it walk and
 * filter the same items, misses that a label's last node went away, and would have to be followed by the whole query
 * whenever anything waits.
 */
final class QueueReader {
    /** The least that tells what an item needs. Unknown names are ignored by Jenkins, so all versions can be asked. */
    static final String TREE = "items[id,pending,why,inQueueSince,buildableStartMilliseconds,"
            + "actions[parameters[label]],task[fullDisplayName,name,labelExpression]],discoverableItems[task[name]]";

    private static final int LONGEST_NAME = 200;

    private QueueReader() {}

    /**
     * Hands over every item, in Jenkins' order.
     *
     * @return how many further items the credential may know of but not see
     * @throws IOException if the text ends early or is no queue
     */
    static int read(JsonParser json, Consumer<QueueItem> items) throws IOException {
        JsonText.expect(json.nextToken(), JsonToken.START_OBJECT);
        boolean queue = false;
        int hidden = 0;
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            switch (name) {
                case "items" -> {
                    queue = true;
                    JsonText.expect(json.currentToken(), JsonToken.START_ARRAY);
                    while (json.nextToken() == JsonToken.START_OBJECT) {
                        items.accept(item(json));
                    }
                    JsonText.expect(json.currentToken(), JsonToken.END_ARRAY);
                }
                case "discoverableItems" -> hidden = JsonText.count(json);
                default -> json.skipChildren();
            }
        }
        JsonText.expect(json.currentToken(), JsonToken.END_OBJECT);
        if (!queue) {
            throw new IOException("no items");
        }
        return hidden;
    }

    private static QueueItem item(JsonParser json) throws IOException {
        String kind = "";
        long id = -1;
        boolean pending = false;
        long inQueueSince = 0;
        long buildableSince = 0;
        String why = null;
        Task task = Task.NONE;
        String parameterLabel = null;
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            switch (name) {
                case "_class" -> kind = JsonText.textOrEmpty(json);
                case "id" -> id = JsonText.number(json, -1);
                case "pending" -> pending = JsonText.isTrue(json);
                case "inQueueSince" -> inQueueSince = JsonText.number(json, 0);
                case "buildableStartMilliseconds" -> buildableSince = JsonText.number(json, 0);
                case "why" -> why = JsonText.text(json);
                case "task" -> task = task(json);
                case "actions" -> parameterLabel = parameterLabel(json);
                default -> json.skipChildren();
            }
        }
        JsonText.expect(json.currentToken(), JsonToken.END_OBJECT);
        if (id < 0) {
            throw new IOException("an item without id");
        }
        Instant since = Instant.ofEpochMilli(buildableSince > 0 ? buildableSince : inQueueSince);
        return new QueueItem(
                kind, id, pending, since, why, task.kind(), task.name(), task.labelExpression(), parameterLabel);
    }

    private record Task(String kind, String name, @Nullable String labelExpression) {
        static final Task NONE = new Task("", "", null);
    }

    private static Task task(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return Task.NONE;
        }
        String kind = "";
        String name = "";
        String fullName = "";
        String labelExpression = null;
        for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
            json.nextToken();
            switch (field) {
                case "_class" -> kind = JsonText.textOrEmpty(json);
                case "name" -> name = JsonText.textOrEmpty(json);
                case "fullDisplayName" -> fullName = JsonText.textOrEmpty(json);
                case "labelExpression" -> labelExpression = JsonText.textOrEmpty(json);
                default -> json.skipChildren();
            }
        }
        String shown = fullName.isEmpty() ? name : fullName;
        return new Task(kind, JsonText.bounded(shown, LONGEST_NAME), labelExpression);
    }

    /** The label in the actions' parameters: only the NodeLabel parameters of a build have one. */
    private static @Nullable String parameterLabel(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return null;
        }
        String label = null;
        int depth = 1;
        while (depth > 0) {
            JsonToken token = JsonText.next(json);
            if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            } else if (token == JsonToken.VALUE_STRING
                    && "label".equals(json.currentName())
                    && !json.getText().isBlank()) {
                label = json.getText();
            }
        }
        return label;
    }
}
