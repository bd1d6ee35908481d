package dev.shedmaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class AzureTrustTest {
    @Command
    private static final class Told {
        @Mixin
        private AzureTrust trust = new AzureTrust();
    }

    private static AzureTrust told(String... arguments) {
        Told told = new Told();
        new CommandLine(told).parseArgs(arguments);
        return told.trust;
    }

    @Test
    void nothingIsAllowedUnasked() {
        assertThat(told().endpoints().allowed()).isEmpty();
    }

    @Test
    void hostsAreSeparatedByCommas() {
        assertThat(told("--allow-azure-endpoints=Stack.example,127.0.0.1,stack.example")
                        .endpoints()
                        .allowed())
                .containsExactlyInAnyOrder("stack.example", "127.0.0.1");
    }
}
