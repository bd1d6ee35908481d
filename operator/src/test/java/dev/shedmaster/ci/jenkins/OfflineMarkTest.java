package dev.shedmaster.ci.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OfflineMarkTest {

    @Test
    void ourOwnMarkIsKnownByItsWords() {
        assertThat(OfflineMark.appendedTo("runs its one job")).isEqualTo("runs its one job [shedmaster]");
        assertThat(OfflineMark.in("runs its one job [shedmaster]")).contains("runs its one job");
        assertThat(OfflineMark.in(OfflineMark.appendedTo(" "))).contains("");
    }

    @Test
    void whatAPersonWritesIsNoMarkOfOurs() {
        assertThat(OfflineMark.in("")).isEmpty();
        assertThat(OfflineMark.in("runs its one job")).isEmpty();
        assertThat(OfflineMark.in("[shedmaster] has marked it, and I keep it so"))
                .isEmpty();
    }

    /** It escapes what it tells, and leaves out what stands before the last colon between blanks. */
    @Test
    void itIsReadAsJenkinsTellsIt() {
        assertThat(OfflineMark.in("&quot;vmSizes&quot; isn&#039;t &lt;known&gt; [shedmaster] "))
                .contains("\"vmSizes\" isn't <known>");
        assertThat(OfflineMark.in("too late [shedmaster]")).contains("too late");
    }
}
