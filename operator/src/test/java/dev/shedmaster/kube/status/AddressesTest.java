package dev.shedmaster.kube.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Addresses that the schema lets pass. */
class AddressesTest {

    @Test
    void anAddressIsReadAsItIsWritten() {
        assertThat(Addresses.of("spec.url", "https://jenkins.example.org:65535/ci"))
                .hasHost("jenkins.example.org")
                .hasPort(65_535)
                .hasPath("/ci");
    }

    @ParameterizedTest
    @CsvSource({
        "http://proxy.example.org:99999, ports are 1 to 65535",
        "http://proxy.example.org:0, ports are 1 to 65535",
        "http://a_b:80:90, it names no host",
        "http://[::1, Expected closing bracket"
    })
    void whatIsNoneIsRefusedWithTheFieldAndTheReason(String given, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Addresses.of("spec.proxy", given))
                .withMessageStartingWith("spec.proxy: must be an address such as")
                .withMessageContaining(given)
                .withMessageContaining(why);
    }
}
