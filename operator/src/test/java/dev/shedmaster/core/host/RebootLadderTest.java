package dev.shedmaster.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.core.host.HostSight.Landlord;
import dev.shedmaster.core.host.HostSight.Shell;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RebootLadderTest {
    private static final Shell SILENT = new Shell.Silent("no answer");
    private static final Shell SYSTEM = new Shell.InSystem("b1", "g1");

    private static Landlord server(boolean isOff, Rung... rungs) {
        Set<Rung> offered = EnumSet.noneOf(Rung.class);
        offered.addAll(Arrays.asList(rungs));
        return new Landlord.Server("", "", new HostSight.Resets(offered, isOff), null);
    }

    private static @Nullable Rung next(@Nullable Rung last, Landlord landlord, Shell shell, boolean isOurs) {
        Reboot before = last == null ? null : new Reboot(last, Instant.EPOCH, "", null, null);
        return RebootLadder.next(before, landlord, shell, isOurs).orElse(null);
    }

    @Test
    void aSystemThatAnswersIsAskedFirst() {
        Landlord all = server(false, Rung.values());
        assertThat(next(null, all, SYSTEM, true)).isEqualTo(Rung.SHELL);
        assertThat(next(Rung.SHELL, all, SYSTEM, true)).isEqualTo(Rung.SOFTWARE);
        assertThat(next(Rung.SOFTWARE, all, SYSTEM, true)).isEqualTo(Rung.HARDWARE);
        assertThat(next(Rung.HARDWARE, all, SYSTEM, true)).isNull();
    }

    @Test
    void aSystemThatIsNotOursIsNotWaitedFor() {
        assertThat(next(null, server(false, Rung.values()), SILENT, false)).isEqualTo(Rung.HARDWARE);
    }

    @Test
    void aServerThatIsOffIsTurnedOn() {
        assertThat(next(null, server(true, Rung.values()), SILENT, true)).isEqualTo(Rung.POWER);
        assertThat(next(null, server(true, Rung.SOFTWARE, Rung.HARDWARE), SILENT, true))
                .isEqualTo(Rung.HARDWARE);
        assertThat(next(Rung.POWER, server(true, Rung.values()), SILENT, true)).isEqualTo(Rung.HARDWARE);
    }

    @Test
    void thatItIsOffIsNotBelievedWhileItAnswers() {
        assertThat(next(null, server(true, Rung.values()), SYSTEM, true)).isEqualTo(Rung.SHELL);
        assertThat(next(Rung.SHELL, server(true, Rung.values()), SYSTEM, true)).isEqualTo(Rung.SOFTWARE);
    }

    @Test
    void nothingIsTriedThatIsNotOffered() {
        assertThat(next(null, server(false, Rung.HARDWARE), SILENT, true)).isEqualTo(Rung.HARDWARE);
        assertThat(next(null, server(false), SILENT, true)).isNull();
        assertThat(next(null, server(false), SYSTEM, true)).isEqualTo(Rung.SHELL);
    }

    @Test
    void withoutALandlordOnlyTheSystemCanBeAsked() {
        assertThat(next(null, new Landlord.None(), SYSTEM, true)).isEqualTo(Rung.SHELL);
        assertThat(next(null, new Landlord.None(), SILENT, true)).isNull();
    }
}
