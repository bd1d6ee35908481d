package dev.shedmaster.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ApiRequestsTest {
    private static final String METRICS = """
            # TYPE apiserver_request_total counter
            apiserver_request_total{code="200",group="shedmaster.dev",resource="baremetalhosts",subresource="status",verb="PUT"} 9
            apiserver_request_total{code="409",group="shedmaster.dev",resource="baremetalhosts",subresource="status",verb="PUT"} 1
            apiserver_request_total{code="200",group="shedmaster.dev",resource="baremetalhosts",subresource="",verb="LIST"} 70
            apiserver_request_total{code="200",group="shedmaster.dev",resource="workers",subresource="",verb="PATCH"} 3
            apiserver_request_total{code="201",group="events.k8s.io",resource="events",subresource="",verb="POST"} 2
            apiserver_request_total{code="200",group="coordination.k8s.io",resource="leases",subresource="",verb="PUT"} 40
            """;

    @Test
    void writesOfOneKindAreCountedByWhatIsWritten() {
        ApiRequests hosts = ApiRequests.in(METRICS, "baremetalhosts");
        assertThat(hosts.counted()).isEqualTo(Map.of("PUT status", 9L, "PUT status 409", 1L));
        assertThat(hosts.ofThese()).isEqualTo(10);
        assertThat(hosts.others())
                .as("a worker's and those of events; leases tick for ever")
                .isEqualTo(5);
    }

    @Test
    void whatWasWrittenBeforeDoesNotCount() {
        ApiRequests before = ApiRequests.in(METRICS, "baremetalhosts");
        ApiRequests now = ApiRequests.in(METRICS.replace("\"PUT\"} 9", "\"PUT\"} 12"), "baremetalhosts");
        assertThat(now.since(before)).isEqualTo(new ApiRequests(Map.of("PUT status", 3L), 0));
    }
}
