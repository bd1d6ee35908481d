package dev.shedmaster.bench;

import dev.shedmaster.suite.world.Cluster;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** How many objects of a worker's size the API server can create in a second when nothing else happens: the limit. */
final class ApiWriteRate {
    private static final int CLIENTS = 16;
    private static final String CONTENT = "x".repeat(1500);

    private ApiWriteRate() {}

    static double measure(Cluster cluster, String namespace, int objects) {
        create(cluster, namespace, "warm-up", objects / 4);
        long begun = System.nanoTime();
        create(cluster, namespace, "measured", objects);
        double seconds = (System.nanoTime() - begun) / 1e9;
        cluster.client()
                .configMaps()
                .inNamespace(namespace)
                .withLabel("bench", "writes")
                .delete();
        return objects / seconds;
    }

    private static void create(Cluster cluster, String namespace, String name, int objects) {
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            for (int i = 0; i < objects; i++) {
                int number = i;
                clients.execute(() -> cluster.client()
                        .resource(new ConfigMapBuilder()
                                .withNewMetadata()
                                .withName(name + "-" + number)
                                .withNamespace(namespace)
                                .withLabels(Map.of("bench", "writes"))
                                .endMetadata()
                                .withData(Map.of("content", CONTENT))
                                .build())
                        .create());
            }
        }
    }
}
