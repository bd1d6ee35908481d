package dev.shedmaster.kube.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.shedmaster.lab.robot.key.ClientKey;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountKeyTest {
    static final ClientKey KEY = ClientKey.fresh();
    static final String PUBLIC = KEY.publicKey().line();

    private static final String OTHER =
            "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBFWLE0CRg4VTF8ozOJtBe4GTakiQCgVsmZiZGatR4sKP"
                    + "5gVaLorGSMniR5QuL1CvMseHZ1xEHUtHqIg9jgbGCeg=";

    private static String pem(String what, byte[] content) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(70, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + what
                + "-----\n";
    }

    private static AccountKey done(Map<String, String> values) {
        return switch (AccountKey.of("host-key", values)) {
            case Outcome.Done<AccountKey>(AccountKey key) -> key;
            case Outcome.Failed<AccountKey>(PortError error) -> fail(error.toString());
        };
    }

    private static String refused(Map<String, String> values) {
        return AccountKey.of("host-key", values)
                                instanceof Outcome.Failed<AccountKey>(PortError.Invalid(String field, String message))
                        && field.equals("spec.sshKey")
                ? message
                : fail("not refused");
    }

    @Test
    void thePublicHalfIsThePrivateKeys() {
        AccountKey key = done(Map.of("ssh-privatekey", KEY.privateKey()));
        assertThat(key.publicKey().line()).isEqualTo(PUBLIC);
        assertThat(key.privateKey()).isEqualTo(KEY.privateKey().strip());
    }

    @Test
    void aPublicKeyThatIsGivenMustBelongToIt() {
        assertThat(done(Map.of("ssh-privatekey", KEY.privateKey(), "ssh-publickey", PUBLIC + " a@b\n"))
                        .publicKey()
                        .line())
                .isEqualTo(PUBLIC);
        assertThat(refused(Map.of("ssh-privatekey", KEY.privateKey(), "ssh-publickey", OTHER)))
                .isEqualTo(
                        "spec.sshKey.secretRef: the Secret host-key has two keys that do not belong together: correct"
                                + " ssh-publickey, or leave it out");
        assertThat(refused(Map.of("ssh-privatekey", KEY.privateKey(), "ssh-publickey", "ssh-rsa nonsense")))
                .contains("no public key under ssh-publickey");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n"})
    void oneThatIsMissingIsNamed(String nothing) {
        assertThat(refused(Map.of())).contains("has no key ssh-privatekey: add it");
        assertThat(refused(Map.of("ssh-privatekey", nothing))).contains("has no key ssh-privatekey: add it");
    }

    @Test
    void nobodyCouldTypeAPassphrase() {
        assertThat(refused(Map.of("ssh-privatekey", pem("ENCRYPTED PRIVATE KEY", new byte[48]))))
                .contains("passphrase", "-N ''");
        String old = "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n-----END RSA PRIVATE KEY-----";
        assertThat(refused(Map.of("ssh-privatekey", old))).contains("passphrase");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0n9kVLAYMr4ytAljOChmEhz++MoN+XeB+OpPK85NBU",
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
                "put-it-here"
            })
    void whatIsNoPrivateKeyIsNotTakenForOne(String text) {
        assertThat(refused(Map.of("ssh-privatekey", text))).contains("no private key", "not its .pub file");
    }

    /** Wherever it is cut, that is said, and nothing of the key is: its secret half is looked at as well. */
    @Test
    void oneThatIsCutShortIsRefused() {
        byte[] whole = Base64.getMimeDecoder()
                .decode(KEY.privateKey()
                        .lines()
                        .filter(line -> !line.startsWith("-"))
                        .reduce("", String::concat));
        for (int length = 0; length < whole.length - 16; length++) {
            String cut = pem("OPENSSH PRIVATE KEY", Arrays.copyOf(whole, length));
            assertThat(refused(Map.of("ssh-privatekey", cut)))
                    .as("cut after %d", length)
                    .contains("cut short, damaged");
        }
    }

    @Test
    void onlyThePublicHalfIsTold() {
        AccountKey key = done(Map.of("ssh-privatekey", KEY.privateKey()));
        assertThat(key.toString()).contains(PUBLIC).doesNotContain("BEGIN");
    }
}
