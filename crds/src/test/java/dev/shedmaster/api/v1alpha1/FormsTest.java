package dev.shedmaster.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The forms take what a user may well write")
class FormsTest {

    @ParameterizedTest
    @ValueSource(strings = {"0s", "90s", "15m", "4h", "1h30m", "1h30m10s", "24h0m0s", "0h15m"})
    void durations(String text) {
        assertThat(text).matches(Forms.DURATION);
        assertThat(text.matches(Forms.POSITIVE_DURATION)).isEqualTo(!text.equals("0s"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "15", "1d", "15min", "1m1h", "-5m", "1.5h", "1h 30m", "PT5M", "500ms"})
    void noDurations(String text) {
        assertThat(text).doesNotMatch(Forms.DURATION).doesNotMatch(Forms.POSITIVE_DURATION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0m", "0h0m0s", "00s"})
    void noTime(String text) {
        assertThat(text).matches(Forms.DURATION).doesNotMatch(Forms.POSITIVE_DURATION);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "45 20 * * 1-5",
                "*/15 * * * *",
                "0 0 1,15 * *",
                "0 8-18/2 * JAN-MAR mon-fri",
                "59 23 31 12 7",
                "5  4   * * sun",
                "0,30 6-9,16-19 * * *"
            })
    void cron(String text) {
        assertThat(text).matches(Forms.CRON);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "* * * *",
                "* * * * * *",
                "60 * * * *",
                "* 24 * * *",
                "* * 0 * *",
                "* * * 13 *",
                "* * * * 8",
                "@daily",
                "*/0 * * * *",
                "a * * * *"
            })
    void noCron(String text) {
        assertThat(text).doesNotMatch(Forms.CRON);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Etc/UTC", "UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "Etc/GMT+5", "EST5EDT"})
    void timeZones(String text) {
        assertThat(text).matches(Forms.TIME_ZONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"amd64", "linux-x64", "ubuntu_24.04", "team:images", "größe", "a/b", "c++", "v1.2"})
    void jenkinsLabels(String text) {
        assertThat(text).matches(Forms.JENKINS_LABEL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://jenkins.example.org",
                "http://127.0.0.1:8080/",
                "https://ci.example.org/jenkins/",
                "http://[::1]:8080/x"
            })
    void urls(String text) {
        assertThat(text).matches(Forms.HTTP_URL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/galleries/flatcar/images/stable",
                "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/galleries/f/images/i/versions/1.2.3",
                "/subscriptions/s/resourceGroups/my-group_(1)/providers/Microsoft.Compute/images/flatcar",
                "/SUBSCRIPTIONS/s/resourcegroups/g/providers/microsoft.compute/images/flatcar",
                "/communityGalleries/flatcar-23485951/images/flatcar-stable-amd64/versions/latest",
                "/sharedGalleries/g/images/i"
            })
    void images(String text) {
        assertThat(text).matches(Pattern.compile(Forms.IMAGE_ID));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ci-workers", "CI_Workers.2", "group(1)", "x", "kola"})
    void resourceGroups(String text) {
        assertThat(text).matches(Forms.RESOURCE_GROUP);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 someone@example.org",
                "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 some words",
                "ssh-rsa AAAAB3NzaC1yc2E="
            })
    void publicKeys(String text) {
        assertThat(text).matches(Forms.SSH_PUBLIC_KEY);
    }
}
