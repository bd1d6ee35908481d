package dev.shedmaster.kube.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountKeyTest {
    static final String PUBLIC = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0n9kVLAYMr4ytAljOChmEhz++MoN+XeB+OpPK85NBU";

    private static final String OTHER =
            "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBFWLE0CRg4VTF8ozOJtBe4GTakiQCgVsmZiZGatR4sKP"
                    + "5gVaLorGSMniR5QuL1CvMseHZ1xEHUtHqIg9jgbGCeg=";

    /** A private key in OpenSSH's form (PROTOCOL.key of its sources), with nothing in the place of the secret half. */
    static String privateKey(String cipher) {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        form.writeBytes("openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII));
        put(form, cipher.getBytes(StandardCharsets.US_ASCII));
        put(form, "none".getBytes(StandardCharsets.US_ASCII));
        put(form, new byte[0]);
        form.writeBytes(new byte[] {0, 0, 0, 1});
        put(form, Base64.getDecoder().decode(PUBLIC.split(" ", 2)[1]));
        put(form, new byte[136]);
        return pem("OPENSSH PRIVATE KEY", form.toByteArray());
    }

    private static void put(ByteArrayOutputStream form, byte[] part) {
        form.writeBytes(ByteBuffer.allocate(4).putInt(part.length).array());
        form.writeBytes(part);
    }

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
    void thePublicHalfIsInOpenSshsForm() {
        AccountKey key = done(Map.of("ssh-privatekey", privateKey("none")));
        assertThat(key.publicKey().line()).isEqualTo(PUBLIC);
        assertThat(key.privateKey()).isEqualTo(privateKey("none").strip());
    }

    @Test
    void aPublicKeyThatIsGivenMustBelongToIt() {
        assertThat(done(Map.of("ssh-privatekey", privateKey("none"), "ssh-publickey", PUBLIC + " a@b\n"))
                        .publicKey()
                        .line())
                .isEqualTo(PUBLIC);
        assertThat(refused(Map.of("ssh-privatekey", privateKey("none"), "ssh-publickey", OTHER)))
                .isEqualTo(
                        "spec.sshKey.secretRef: the Secret host-key has two keys that do not belong together: correct"
                                + " ssh-publickey, or leave it out");
    }

    @Test
    void otherFormsNeedTheirPublicHalf() {
        String pem = pem("PRIVATE KEY", new byte[48]);
        assertThat(refused(Map.of("ssh-privatekey", pem))).contains("no key ssh-publickey", "ssh-keygen -y");
        assertThat(done(Map.of("ssh-privatekey", pem, "ssh-publickey", OTHER))
                        .publicKey()
                        .line())
                .isEqualTo(OTHER);
        assertThat(refused(Map.of("ssh-privatekey", pem, "ssh-publickey", "ssh-rsa nonsense")))
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
        assertThat(refused(Map.of("ssh-privatekey", privateKey("aes256-ctr")))).contains("passphrase", "-N ''");
        assertThat(refused(
                        Map.of("ssh-privatekey", pem("ENCRYPTED PRIVATE KEY", new byte[48]), "ssh-publickey", OTHER)))
                .contains("passphrase");
        String old = "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n-----END RSA PRIVATE KEY-----";
        assertThat(refused(Map.of("ssh-privatekey", old, "ssh-publickey", OTHER)))
                .contains("passphrase");
    }

    @ParameterizedTest
    @ValueSource(strings = {PUBLIC, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", "put-it-here"})
    void whatIsNoPrivateKeyIsNotTakenForOne(String text) {
        assertThat(refused(Map.of("ssh-privatekey", text))).contains("no private key", "not its .pub file");
    }

    /** Wherever it is cut, that is said, and nothing of the key is. */
    @Test
    void oneThatIsCutShortIsRefused() {
        byte[] whole = Base64.getMimeDecoder()
                .decode(privateKey("none")
                        .lines()
                        .filter(line -> !line.startsWith("-"))
                        .reduce("", String::concat));
        int publicHalfEnds = whole.length - 4 - 136;
        for (int length = 0; length < publicHalfEnds; length++) {
            String cut = pem("OPENSSH PRIVATE KEY", Arrays.copyOf(whole, length));
            assertThat(refused(Map.of("ssh-privatekey", cut)))
                    .as("cut after %d", length)
                    .contains("cut short or damaged");
        }
    }

    @Test
    void onlyThePublicHalfIsTold() {
        AccountKey key = done(Map.of("ssh-privatekey", privateKey("none")));
        assertThat(key.toString()).contains(PUBLIC).doesNotContain("BEGIN");
    }
}
