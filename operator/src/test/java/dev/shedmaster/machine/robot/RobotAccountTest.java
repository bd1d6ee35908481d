package dev.shedmaster.machine.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RobotAccountTest {
    @Test
    void oneThatCanBeIs() {
        RobotAccount account = new RobotAccount("ci/robot", RobotAccount.PUBLIC_ENDPOINT, "#ws+abcdefgh", "p: ü+#", 50);
        assertThat(account.toString()).contains("#ws+abcdefgh").doesNotContain("p: ü");
    }

    @ParameterizedTest
    @CsvSource({
        "ftp://robot.example.org, '#ws+a', secret, 40, endpoint:",
        "https:///path, '#ws+a', secret, 40, endpoint:",
        "https://robot.example.org/?a=b, '#ws+a', secret, 40, endpoint:",
        "https://user@robot.example.org, '#ws+a', secret, 40, endpoint:",
        "https://robot.example.org, '', secret, 40, username:",
        "https://robot.example.org, 'a:b', secret, 40, username:",
        "https://robot.example.org, ' #ws+a', secret, 40, username:",
        "https://robot.example.org, '#ws+a', '', 40, password:",
        "https://robot.example.org, '#ws+a', 'secret\n', 40, password:",
        "https://robot.example.org, '#ws+a', 'sec\tret', 40, password:",
        "https://robot.example.org, '#ws+a', secret, 0, resetsPerHour:",
        "https://robot.example.org, '#ws+a', secret, 51, resetsPerHour:"
    })
    void whatCouldNeverBeAcceptedIsRefusedByItsField(
            URI endpoint, String username, String password, int resets, String field) {
        assertThatThrownBy(() -> new RobotAccount("ci/robot", endpoint, username, password, resets))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(field)
                .hasMessageNotContaining("secret");
    }
}
