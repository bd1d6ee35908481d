package dev.shedmaster.kube.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.api.v1alpha1.WorkerImage;
import dev.shedmaster.core.slot.Isolation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What hosts call images. */
class PoolImageTest {
    private static final String INDEX = "https://images.example.org/index.json";

    private static PoolImage image(
            @Nullable String name, @Nullable String version, @Nullable String index, @Nullable String url) {
        return new PoolImage(new WorkerImage(name, version, index, url, url == null ? null : "ab".repeat(32)));
    }

    @Test
    void oneThatIsThereIsCalledAsItIs() {
        PoolImage image = image("worker-jenkins", null, null, null);
        assertThat(image.name()).isEqualTo("worker-jenkins");
        assertThat(image.isFetched()).isFalse();
        assertThat(image.nameFor(Isolation.CONTAINER)).isEqualTo("worker-jenkins");
        assertThat(image.nameFor(Isolation.VIRTUAL_MACHINE)).isEqualTo("worker-jenkins.qcow2");
        assertThat(image.text()).isEqualTo("worker-jenkins");
    }

    @Test
    void versionsOfAnIndexAreToldApartAndCanBeRead() {
        PoolImage image = image("worker-jenkins", "2026.11.0+1", INDEX, null);
        assertThat(image.isFetched()).isTrue();
        assertThat(image.name()).matches("worker-jenkins-2026\\.11\\.0_1-[0-9a-f]{8}");
        assertThat(image.name())
                .isEqualTo(image("worker-jenkins", "2026.11.0+1", INDEX, null).name());
        assertThat(image.name())
                .isNotEqualTo(
                        image("worker-jenkins", "2026.11.0_1", INDEX, null).name())
                .isNotEqualTo(image("worker-jenkins", "2026.11.0+1", INDEX + "x", null)
                        .name());
        assertThat(image.text()).isEqualTo("worker-jenkins 2026.11.0+1");
    }

    @Test
    void oneAtAUrlIsCalledByItsChecksum() {
        PoolImage image = image(null, null, null, "https://images.example.org/w.tar");
        assertThat(image.isFetched()).isTrue();
        assertThat(image.name()).isEqualTo("ab".repeat(32));
        assertThat(image.text()).isEqualTo("https://images.example.org/w.tar");
    }
}
