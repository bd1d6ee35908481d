package dev.shedmaster.lab.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.shedmaster.lab.agent.AgentDescription;
import dev.shedmaster.lab.agent.LabAgent;
import dev.shedmaster.lab.agent.RunningAgent;
import dev.shedmaster.lab.jenkins.controller.Batch;
import dev.shedmaster.lab.jenkins.controller.Mode;
import dev.shedmaster.lab.jenkins.controller.NodeConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sizes as the benchmarks have them. What counts is that everything is right; the times are for people to read. */
class ScaleTest {
    private static final int NODES = 10_000;
    private static final int ITEMS = 50_000;

    private Lab lab;

    @BeforeEach
    void start() throws Exception {
        lab = new Lab(JenkinsOptions.usual());
    }

    @AfterEach
    void end() {
        lab.close();
    }

    private static <T> T timed(String what, Callable<T> work) throws Exception {
        long before = System.nanoTime();
        T result = work.call();
        System.out.printf("%-55s %6d ms%n", what, (System.nanoTime() - before) / 1_000_000);
        return result;
    }

    private static NodeConfig node(int number) {
        return new NodeConfig(
                "node-" + number,
                null,
                "/srv/agent",
                1,
                Mode.EXCLUSIVE,
                number % 2 == 0 ? "amd64 kvm" : "amd64 docker",
                new NodeConfig.Launcher(true, true, null, "remoting", false),
                "hudson.slaves.RetentionStrategy$Always");
    }

    @Test
    void tenThousandNodesAndFiftyThousandItems() throws Exception {
        timed(
                "queue 25,000 freestyle builds",
                () -> lab.jenkins.enqueue(Batch.freestyle("kvm", ITEMS / 2, "amd64 && kvm", Duration.ofSeconds(1))));
        timed(
                "queue 25,000 Pipeline steps",
                () -> lab.jenkins.enqueue(new Batch(
                        "docker", ITEMS / 20, "amd64 && docker", Batch.Kind.PIPELINE, Duration.ofSeconds(1), 10)));
        timed("define 10,000 nodes", () -> {
            for (int i = 0; i < NODES; i++) {
                assertThat(lab.jenkins.controller().nodes().create(node(i))).isTrue();
            }
            return NODES;
        });
        await().atMost(Duration.ofMinutes(1))
                .until(() -> lab.jenkins.controller().lab().queue().buildable() == ITEMS);
        String tree = Client.segment(
                "items[id,why,stuck,blocked,buildable,pending,inQueueSince,task[name,url,labelExpression]]");
        JsonNode queue = timed("read the queue by tree", () -> lab.admin.json("queue/api/json?tree=" + tree));
        assertThat(queue.get("items")).hasSize(ITEMS);
        assertThat(queue.at("/items/0/why").asText()).isEqualTo("All nodes of label ‘amd64&&docker’ are offline");
        JsonNode whole = timed("read the queue whole", () -> lab.admin.json("queue/api/json"));
        assertThat(whole.get("items")).hasSize(ITEMS);
        JsonNode computers = timed(
                "read the computers by tree",
                () -> lab.admin.json("computer/api/json?tree="
                        + Client.segment("computer[displayName,offline,temporarilyOffline,idle,assignedLabels[name],"
                                + "executors[currentExecutable[url]]]")));
        assertThat(computers.get("computer")).hasSize(NODES + 1);
        JsonNode label = timed("evaluate a label", () -> lab.admin.json("label/amd64%26%26!kvm/api/json"));
        assertThat(label.get("nodes")).hasSize(NODES / 2);
        try (LabAgent agents = new LabAgent()) {
            List<RunningAgent> running = new ArrayList<>();
            timed("connect 200 agents, each takes a build", () -> {
                for (int i = 0; i < 200; i++) {
                    String name = "node-" + i;
                    running.add(agents.start(new AgentDescription(
                            lab.jenkins.url(), name, lab.jenkins.secretOf(name), "", Optional.of(Duration.ZERO))));
                }
                await().atMost(Duration.ofMinutes(1))
                        .until(() -> lab.jenkins.controller().lab().work().stream()
                                        .filter(work -> work.startedAt() > 0)
                                        .count()
                                >= 200);
                return running;
            });
            timed("delete 10,000 nodes", () -> {
                for (int i = 0; i < NODES; i++) {
                    assertThat(lab.jenkins.controller().nodes().delete("node-" + i))
                            .isTrue();
                }
                return NODES;
            });
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> running.stream().allMatch(agent -> agent.exit().isDone()));
        }
        assertThat(lab.jenkins.controller().lab().nodes()).isZero();
    }

    @Test
    void aThousandAgentsWorkTheirWayThroughTenThousandBuilds() throws Exception {
        int agentsCount = 1_000;
        for (int i = 0; i < agentsCount; i++) {
            assertThat(lab.jenkins.controller().nodes().create(node(2 * i))).isTrue();
        }
        try (LabAgent agents = new LabAgent()) {
            int before = Thread.activeCount();
            timed("connect 1,000 agents", () -> {
                for (int i = 0; i < agentsCount; i++) {
                    String name = "node-" + 2 * i;
                    agents.start(new AgentDescription(
                            lab.jenkins.url(), name, lab.jenkins.secretOf(name), "", Optional.empty()));
                }
                await().atMost(Duration.ofMinutes(1))
                        .until(() -> lab.jenkins.controller().lab().onlineNodes() == agentsCount);
                return agentsCount;
            });
            assertThat(Thread.activeCount() - before)
                    .as("platform threads for the agents")
                    .isLessThan(50);
            timed("run 10,000 builds of 200 ms on them", () -> {
                lab.jenkins.enqueue(Batch.freestyle("b", 10_000, "kvm", Duration.ofMillis(200)));
                await().atMost(Duration.ofMinutes(2))
                        .until(() -> lab.admin
                                        .json("lab/state?work=false")
                                        .at("/builds/succeeded")
                                        .asInt()
                                == 10_000);
                return 10_000;
            });
        }
    }
}
