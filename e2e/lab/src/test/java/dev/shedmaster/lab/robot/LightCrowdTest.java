package dev.shedmaster.lab.robot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.lab.agent.RecordedAgents;
import dev.shedmaster.lab.robot.disk.InstalledOs;
import dev.shedmaster.lab.robot.estate.DedicatedServer;
import dev.shedmaster.lab.robot.system.WorkerHost;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Many light hosts in one JVM. */
class LightCrowdTest {
    private static final int HOSTS = 200;
    private static final int ASKED = 20;
    /** They take some kilobytes; the rest is what else the JVM does meanwhile. */
    private static final long MOST_BYTES_OF_A_HOST = 512 * 1024;

    @Test
    void twoHundredCostNoThreadEachAndLittleMemory(TestReporter reporter) throws Exception {
        try (LightLab light = new LightLab(new RecordedAgents())) {
            RobotLab lab = light.lab;
            light.installed();
            long heapBefore = heap();
            int threadsBefore = Thread.activeCount();
            InstalledOs os = light.server.disk().orElseThrow();
            List<DedicatedServer> servers = new ArrayList<>();
            for (int number = 1; number <= HOSTS; number++) {
                DedicatedServer server = lab.robot.rent(number);
                lab.robot.bootInstalled(server, os);
                servers.add(server);
            }
            lab.clock.advance(RobotLab.TIMES.toDisk());
            for (DedicatedServer server : servers.subList(0, ASKED)) {
                start(lab, server);
            }
            int threads = Thread.activeCount() - threadsBefore;
            long each = (heap() - heapBefore) / HOSTS;
            reporter.publishEntry("bytes of heap per light host", Long.toString(each));
            reporter.publishEntry("threads more for " + HOSTS + " light hosts", Integer.toString(threads));

            assertThat(threads).isLessThan(20);
            assertThat(each).isLessThan(MOST_BYTES_OF_A_HOST);
            assertThat(servers.subList(0, ASKED))
                    .allSatisfy(server -> assertThat(workers(server)).hasSize(1));
            assertThat(workers(servers.getLast())).isEmpty();
        }
    }

    private static void start(RobotLab lab, DedicatedServer server) throws IOException {
        String line = "/opt/shedmaster/shedmaster-host start " + LightLab.NAME;
        byte[] order = OrderTar.container(LightLab.NAME).bytes();
        assertThat(lab.visitor.run(lab.address(server), line, order).status()).isZero();
    }

    private static List<WorkerHost.Worker> workers(DedicatedServer server) {
        return server.power().workerHost().orElseThrow().workers();
    }

    private static long heap() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
