package dev.shedmaster.lab.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One agent: connects, connects again, runs what it is told to. */
final class Agent implements RunningAgent {
    private static final Logger LOG = LoggerFactory.getLogger(Agent.class);
    private static final int KILLED = 137;
    /** Four times the pause between the controller's questions. */
    private static final Duration MOST_SILENT = Duration.ofMinutes(2);
    /** How long the real program waits before its next tries; the last one again and again. */
    private static final long[] BACKOFF_SECONDS = {1, 3, 7, 10};

    private static final String CAPABILITY =
            "rO0ABXNyABpodWRzb24ucmVtb3RpbmcuQ2FwYWJpbGl0eQAAAAAAAAABAgABSgAEbWFza3hwAAAAAAAAAf4=";

    private final AgentDescription description;
    private final HttpClient http;
    private final ScheduledExecutorService timer;
    private final ObjectMapper mapper;
    private final Duration silence;
    private final Workload workload;
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();
    private int refusals;
    private @Nullable WebSocket socket;
    private CompletableFuture<?> lastSent = CompletableFuture.completedFuture(null);
    private boolean dead;
    private long lastHeardNanos;
    private @Nullable Long lostNanos;

    Agent(
            AgentDescription description,
            HttpClient http,
            ScheduledExecutorService timer,
            ObjectMapper mapper,
            Duration silence) {
        this.description = description;
        this.http = http;
        this.timer = timer;
        this.mapper = mapper;
        this.silence = silence;
        workload = new Workload(this, timer, this::send);
    }

    void connect() {
        String root = description.jenkinsUrl().toString();
        URI endpoint = URI.create("ws" + root.substring("http".length()) + "wsagents/");
        var _ = http.newWebSocketBuilder()
                .header(AgentMessages.NODE_NAME, description.nodeName())
                .header(AgentMessages.SECRET, description.secret())
                .header(AgentMessages.CAPABILITY, CAPABILITY)
                .connectTimeout(Duration.ofSeconds(30))
                .buildAsync(endpoint, new Ear())
                .whenComplete((opened, failure) -> {
                    if (failure != null) {
                        refused(failure);
                    }
                });
    }

    /** The first connection is tried for ever, whatever is said of those that follow. */
    private void refused(Throwable failure) {
        synchronized (this) {
            LOG.debug("agent {} could not connect", description.nodeName(), failure);
            if (!givesUp()) {
                long pause = BACKOFF_SECONDS[Math.min(refusals, BACKOFF_SECONDS.length - 1)];
                refusals++;
                tryAgainIn(pause);
                return;
            }
            dead = true;
            workload.stop();
        }
        exit.complete(0);
    }

    /** Whether the time is over for which a lost connection is tried to be had again. */
    private synchronized boolean givesUp() {
        Long lost = lostNanos;
        return lost != null
                && description
                        .reconnectsFor()
                        .filter(time -> System.nanoTime() - lost >= time.toNanos())
                        .isPresent();
    }

    private synchronized void tryAgainIn(long seconds) {
        if (!dead) {
            try {
                var _ = timer.schedule(this::connectIfAlive, seconds, TimeUnit.SECONDS);
            } catch (RejectedExecutionException labIsClosed) {
                LOG.debug("agent {} ends with the lab", description.nodeName(), labIsClosed);
            }
        }
    }

    private void connectIfAlive() {
        boolean alive;
        synchronized (this) {
            alive = !dead;
        }
        if (alive) {
            connect();
        }
    }

    private synchronized void connected(WebSocket opened) {
        if (dead) {
            opened.abort();
            return;
        }
        LOG.debug("agent {} is connected", description.nodeName());
        socket = opened;
        lastHeardNanos = System.nanoTime();
        lostNanos = null;
        refusals = 0;
        watch(opened);
        lastSent = CompletableFuture.completedFuture(null);
        var _ = send(AgentMessages.hello(workload.known()));
        workload.reportWhatEnded();
    }

    /** Gives a connection up over which the controller, which asks for signs of life, has said nothing for long. */
    private void watch(WebSocket opened) {
        try {
            var _ = timer.schedule(
                    () -> {
                        if (heardWithin(MOST_SILENT)) {
                            watchAgain(opened);
                        } else {
                            opened.abort();
                            disconnected(opened);
                        }
                    },
                    MOST_SILENT.toMillis() / 4,
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException labIsClosed) {
            LOG.debug("agent {} ends with the lab", description.nodeName(), labIsClosed);
        }
    }

    private synchronized boolean heardWithin(Duration time) {
        return System.nanoTime() - lastHeardNanos < time.toNanos();
    }

    private synchronized void watchAgain(WebSocket opened) {
        if (opened.equals(socket)) {
            watch(opened);
        }
    }

    private void disconnected(WebSocket from) {
        synchronized (this) {
            if (!from.equals(socket) || dead) {
                return;
            }
            LOG.debug("agent {} has lost its connection", description.nodeName());
            socket = null;
            lostNanos = System.nanoTime();
            workload.dropWhatIsNotDurable();
            if (!givesUp()) {
                tryAgainIn(BACKOFF_SECONDS[0]);
                return;
            }
            dead = true;
            workload.stop();
        }
        exit.complete(0);
    }

    /** Sends after what was sent before; fails when there is no connection. */
    private synchronized CompletableFuture<?> send(String message) {
        WebSocket open = socket;
        if (open == null || dead) {
            return CompletableFuture.failedFuture(new IllegalStateException("not connected"));
        }
        lastSent = lastSent.thenCompose(before -> open.sendText(message, true)).whenComplete((sent, failure) -> {
            if (failure != null) {
                open.abort();
                disconnected(open);
            }
        });
        return lastSent;
    }

    private void told(String text) {
        synchronized (this) {
            if (dead) {
                return;
            }
            lastHeardNanos = System.nanoTime();
        }
        try {
            JsonNode message = mapper.readTree(text);
            long build = message.path("build").asLong();
            switch (message.path("type").asText()) {
                case "run" ->
                    workload.run(
                            build,
                            Duration.ofMillis(message.path("durationMs").asLong()),
                            message.path("result").asText(),
                            message.path("durable").asBoolean());
                case "abort" -> workload.abort(build);
                case "ping" -> {
                    var _ = send(AgentMessages.PONG);
                }
                default -> LOG.warn("agent {} was told what it does not understand: {}", description.nodeName(), text);
            }
        } catch (JsonProcessingException malformed) {
            LOG.warn("agent {} was told what it does not understand: {}", description.nodeName(), text, malformed);
        }
    }

    @Override
    public CompletableFuture<Integer> exit() {
        return exit;
    }

    @Override
    public void close() {
        WebSocket cutOff;
        synchronized (this) {
            if (dead) {
                return;
            }
            dead = true;
            cutOff = socket;
            socket = null;
            workload.stop();
        }
        if (cutOff != null) {
            try {
                var _ = timer.schedule(cutOff::abort, silence.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException labIsClosed) {
                cutOff.abort();
            }
        }
        exit.complete(KILLED);
    }

    /** What is heard; a dead agent asks for no more. */
    private final class Ear implements WebSocket.Listener {
        private final StringBuilder part = new StringBuilder();

        @Override
        public void onOpen(WebSocket opened) {
            connected(opened);
            opened.request(1);
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                told(part.toString());
                part.setLength(0);
            }
            listenOn(from);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int statusCode, String reason) {
            disconnected(from);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            LOG.debug("connection of agent {} broke", description.nodeName(), error);
            disconnected(from);
        }

        private void listenOn(WebSocket from) {
            synchronized (Agent.this) {
                if (!dead) {
                    from.request(1);
                }
            }
        }
    }
}
