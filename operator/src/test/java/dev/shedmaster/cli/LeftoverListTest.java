package dev.shedmaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.api.v1alpha1.AzureSubscription;
import dev.shedmaster.kube.status.Names;
import dev.shedmaster.port.Leftover;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("gc looks at every account and says which it could not")
class LeftoverListTest {
    private static final Leftover DISK = new Leftover("/disks/a", "disk", "a", "ci/kvm-1");
    private static final Outcome<Set<Leftover>> BROKEN =
            Outcome.failed(new PortError.Invalid("spec", "there is no Secret azure-secret: create it"));

    private final StringWriter printed = new StringWriter();

    private int list(Map<String, Outcome<Set<Leftover>>> found, String... names) {
        return new LeftoverList(
                        new PrintWriter(printed, true),
                        subscription -> Objects.requireNonNull(found.get(Names.of(subscription))))
                .print(List.of(names).stream()
                        .map(LeftoverListTest::subscription)
                        .toList());
    }

    private static AzureSubscription subscription(String name) {
        AzureSubscription subscription = new AzureSubscription();
        subscription.setMetadata(
                new ObjectMetaBuilder().withNamespace("ci").withName(name).build());
        return subscription;
    }

    @Test
    void oneThatCannotBeUsedStandsInTheWayOfNoOther() {
        int status = list(Map.of("ci/a", BROKEN, "ci/b", Outcome.done(Set.of(DISK))), "a", "b");
        assertThat(status).isEqualTo(1);
        assertThat(printed.toString())
                .contains("ci/a: could not be read: there is no Secret azure-secret: create it")
                .contains("ci/b: 1 left behind")
                .contains("made for worker ci/kvm-1");
    }

    @Test
    void theStatusTellsWhetherAnythingIsLeftBehind() {
        assertThat(list(Map.of("ci/a", Outcome.done(Set.of())), "a")).isZero();
        assertThat(list(Map.of("ci/b", Outcome.done(Set.of(DISK))), "b")).isEqualTo(LeftoverList.FOUND);
        assertThat(printed.toString()).contains("ci/a: nothing is left behind");
    }

    @Test
    void noAccountsAreNoCleanAccounts() {
        assertThat(list(Map.of())).isZero();
        assertThat(printed.toString()).contains("there are no AzureSubscriptions");
    }
}
