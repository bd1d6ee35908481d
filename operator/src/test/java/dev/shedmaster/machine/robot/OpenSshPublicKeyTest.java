package dev.shedmaster.machine.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The fingerprints are those that {@code ssh-keygen -l -E md5} tells of these keys. */
class OpenSshPublicKeyTest {
    private static final String BLOB = "AAAAC3NzaC1lZDI1NTE5AAAAIJ0n9kVLAYMr4ytAljOChmEhz++MoN+XeB+OpPK85NBU";

    @ParameterizedTest
    @CsvSource({
        "ssh-ed25519 " + BLOB + " a@b, da:1a:88:77:fe:6a:eb:b7:3a:2b:94:a1:d3:1b:ab:44",
        "'  ssh-ed25519\t" + BLOB + " a b c\n', da:1a:88:77:fe:6a:eb:b7:3a:2b:94:a1:d3:1b:ab:44",
        "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBFWLE0CRg4VTF8ozOJtBe4GTakiQCgVsmZiZGatR4sKP"
                + "5gVaLorGSMniR5QuL1CvMseHZ1xEHUtHqIg9jgbGCeg=, 09:51:88:24:ab:09:9a:c1:74:91:48:34:d2:4a:c0:23"
    })
    void aKeyIsKnownByTheSumOfItsMaterial(String line, String fingerprint) {
        OpenSshPublicKey key = OpenSshPublicKey.of(line);
        assertThat(key.fingerprint()).isEqualTo(fingerprint);
        assertThat(OpenSshPublicKey.of(key.line())).isEqualTo(key);
        assertThat(key.line()).isEqualTo(key.type() + " " + key.blob());
    }

    @Test
    void aKeyIsReadFromTheWire() {
        assertThat(OpenSshPublicKey.ofWire(Base64.getDecoder().decode(BLOB)).line())
                .isEqualTo("ssh-ed25519 " + BLOB);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ssh-ed25519",
                BLOB,
                "ssh-rsa " + BLOB,
                "ssh-ed25519 AAAA",
                "ssh-ed25519 AAAAC3Nz",
                "ssh-ed25519 /////3Nz",
                "ssh-ed25519 not*base64",
                "restrict ssh-ed25519 " + BLOB,
                "-----BEGIN OPENSSH PRIVATE KEY-----"
            })
    void whatIsNoneIsRefused(String line) {
        assertThatThrownBy(() -> OpenSshPublicKey.of(line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be a public key as OpenSSH writes it");
    }
}
