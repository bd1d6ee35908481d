package dev.shedmaster.kube.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AnnouncementsTest {

    @Test
    void oneWorkerIsNotSeveral() {
        assertThat(Announcements.more(1, "for 1 queued job (kvm)")).isEqualTo("1 more worker: for 1 queued job (kvm)");
        assertThat(Announcements.fewer(1, "idle for 3 min")).isEqualTo("1 fewer worker: idle for 3 min");
    }

    @Test
    void severalWorkersAreNotOne() {
        assertThat(Announcements.more(2, "why")).isEqualTo("2 more workers: why");
        assertThat(Announcements.fewer(3, "why")).isEqualTo("3 fewer workers: why");
    }
}
