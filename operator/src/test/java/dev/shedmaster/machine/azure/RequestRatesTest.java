package dev.shedmaster.machine.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.machine.azure.RequestRates.Rate;
import org.junit.jupiter.api.Test;

class RequestRatesTest {
    private static final Rate AS_INSTALLED = new Rate(150, 10);
    private static final Rate READS = new Rate(150, 25);

    private static final RequestRates PUBLISHED = RequestRates.PUBLISHED;

    @Test
    void withinWhatIsPublishedTheProvidersOwnLimitsHoldToo() {
        RequestRates rates = PUBLISHED.granted(AS_INSTALLED, AS_INSTALLED, READS);
        assertThat(rates.rate(RequestBucket.ARM_WRITES)).isEqualTo(AS_INSTALLED);
        assertThat(rates.rate(RequestBucket.PUT_VM)).isEqualTo(PUBLISHED.rate(RequestBucket.PUT_VM));
        assertThat(rates.rate(RequestBucket.DELETE_VM)).isEqualTo(PUBLISHED.rate(RequestBucket.DELETE_VM));
        assertThat(rates.rate(RequestBucket.HIGH_COST_GET)).isEqualTo(PUBLISHED.rate(RequestBucket.HIGH_COST_GET));
        assertThat(rates.sustained(RequestKind.PUT_VM)).isEqualTo(500 / 60.0);
    }

    @Test
    void moreThanThatIsSaidOfTheProviderAsWell() {
        RequestRates rates = PUBLISHED.granted(new Rate(10_000, 1000), AS_INSTALLED, READS);
        assertThat(rates.rate(RequestBucket.PUT_VM)).isEqualTo(new Rate(10_000, 1000));
        assertThat(rates.rate(RequestBucket.DELETE_VM)).isEqualTo(PUBLISHED.rate(RequestBucket.DELETE_VM));
    }

    @Test
    void moreOfTheOneIsNotLessOfTheOther() {
        RequestRates rates = PUBLISHED.granted(new Rate(150, 20), AS_INSTALLED, new Rate(400, 25));
        assertThat(rates.rate(RequestBucket.PUT_VM)).isEqualTo(new Rate(1500, 20));
        assertThat(rates.rate(RequestBucket.LOW_COST_GET)).isEqualTo(PUBLISHED.rate(RequestBucket.LOW_COST_GET));
        assertThat(rates.rate(RequestBucket.HIGH_COST_GET)).isEqualTo(new Rate(900, 25));
    }
}
