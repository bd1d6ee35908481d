package dev.shedmaster.machine.azure;

import static org.assertj.core.api.Assertions.fail;

import dev.shedmaster.lab.azure.Options;
import dev.shedmaster.port.MachineOrder;
import dev.shedmaster.port.MachineState;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** A stand-in for Azure, opened when it is first used and closed behind the test. */
abstract class AzureScenario {
    static final String NAME = "sm-pool-aaaaaaaa";
    static final Duration LONG = Duration.ofMinutes(5);

    private @Nullable AzureLab opened;

    AzureLab lab() {
        AzureLab lab = opened;
        if (lab == null) {
            lab = new AzureLab();
            opened = lab;
        }
        return lab;
    }

    AzureLab lab(
            java.util.function.UnaryOperator<Options> options, java.util.function.UnaryOperator<AzureAccount> account) {
        AzureLab lab = new AzureLab(options, account);
        opened = lab;
        return lab;
    }

    @AfterEach
    void close() {
        if (opened != null) {
            opened.close();
        }
    }

    static <T> T done(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> value;
            case Outcome.Failed<T>(PortError error) -> fail(error.toString());
        };
    }

    static PortError failed(Outcome<?> outcome) {
        return outcome instanceof Outcome.Failed<?>(PortError error)
                ? error
                : fail("expected a failure, got " + outcome);
    }

    static MachineState state(Map<String, MachineState> states, String name) {
        MachineState state = states.get(name);
        return state == null ? fail("no " + name + " in " + states) : state;
    }

    MachineOrder order() {
        return lab().order(NAME, "uid", AzureLab.onDemand("1"));
    }

    int orphans() {
        var totals = lab().azure().report().totals();
        return totals.orphanedNics() + totals.orphanedDisks() + totals.orphanedPublicIps();
    }
}
