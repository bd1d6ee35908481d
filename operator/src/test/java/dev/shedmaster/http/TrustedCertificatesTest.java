package dev.shedmaster.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustedCertificatesTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    static Path folder;

    @SuppressWarnings("NullAway.Init") // see make()
    private static String pem;

    @BeforeAll
    static void make() throws Exception {
        pem = new TrustedCertificates(List.of(new PrivateAuthority(folder).certificate())).pem();
    }

    @Test
    void whatPeopleWriteAroundCertificatesIsNotHandedOn() {
        String bundle = "# Private, until 2030\r\n" + pem.replace("\n", "\r\n") + "\n# The same again\n" + pem.strip();
        TrustedCertificates read = TrustedCertificates.of(bundle);
        assertThat(read.certificates()).hasSize(2);
        assertThat(read.pem()).isEqualTo(pem + pem);
        assertThat(pem.lines())
                .startsWith("-----BEGIN CERTIFICATE-----")
                .endsWith("-----END CERTIFICATE-----")
                .allMatch(line -> line.length() <= 64 && !line.isBlank());
    }

    @Test
    void whatHoldsNoneIsRefusedByTheFieldsName() {
        assertThatThrownBy(() -> TrustedCertificates.of(""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("caBundle: holds no PEM certificate");
        assertThatThrownBy(() -> TrustedCertificates.of("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("caBundle: is not a list of PEM certificates: ");
    }
}
