package dev.shedmaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A replica calls itself by its pod's name")
class RunIdentityTest {
    private static final String PROCESS = "-" + ProcessHandle.current().pid();

    @Test
    void whateverTheHostIsCalled() {
        assertThat(RunCommand.identity(Map.of("POD_NAME", "shedmaster-5c9", "HOSTNAME", "node-1")))
                .isEqualTo("shedmaster-5c9" + PROCESS);
    }

    @Test
    void outsideOfAClusterByTheHostsName() {
        assertThat(RunCommand.identity(Map.of("HOSTNAME", "laptop"))).isEqualTo("laptop" + PROCESS);
        assertThat(RunCommand.identity(Map.of())).endsWith(PROCESS).isNotEqualTo(PROCESS);
    }
}
