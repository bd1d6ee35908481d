package dev.shedmaster.ci.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.port.MachineOwner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnershipMarkTest {
    private static final MachineOwner OWNER =
            new MachineOwner("0f3c", "ci/amd64-kvm", "ci/amd64-kvm-7xk2p", "6b8f2c1e-0000-4000-8000-000000000001");

    private static final String NODE = "amd64-kvm-7xk2p";

    @Test
    void whatIsMarkedIsFoundAgain() {
        String description = OwnershipMark.appendedTo("Shedmaster's worker for pool ci/amd64-kvm", OWNER);
        assertThat(description).startsWith("Shedmaster's worker for pool ci/amd64-kvm [");
        assertThat(OwnershipMark.in(description, NODE)).contains(OWNER);
        assertThat(OwnershipMark.in(OwnershipMark.appendedTo("", OWNER) + "\n", NODE))
                .contains(OWNER);
    }

    @Test
    void notesOfPeopleTakeNothingFromIt() {
        String mark = OwnershipMark.appendedTo("", OWNER);
        String other =
                OwnershipMark.appendedTo("", new MachineOwner("0f3c", "ci/amd64-kvm", "ci/amd64-kvm-aaaaa", "1"));
        assertThat(OwnershipMark.in("Alice: " + mark + " - Bob looks at it", NODE))
                .contains(OWNER);
        assertThat(OwnershipMark.in(mark + " - as " + other, NODE)).contains(OWNER);
        assertThat(OwnershipMark.in("x".repeat(100_000) + mark, NODE)).contains(OWNER);
    }

    @Test
    void aCopyOfANodeIsNotOurs() {
        assertThat(OwnershipMark.in(OwnershipMark.appendedTo("", OWNER), "a-persons-copy"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a person's node",
                "[shedmaster anchor]",
                "[shedmaster installation= pool=a worker=b uid=c]",
                "[shedmaster installation=i pool=a worker=b]",
            })
    void whatIsNotMarkedIsNotOurs(String description) {
        assertThat(OwnershipMark.in(description, NODE)).isEmpty();
    }
}
