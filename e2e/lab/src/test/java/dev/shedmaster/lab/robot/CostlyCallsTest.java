package dev.shedmaster.lab.robot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.lab.robot.RobotClient.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Orders and cancellations, which nobody should ever call. */
class CostlyCallsTest {
    private RobotLab lab;

    @BeforeEach
    void start() throws Exception {
        lab = RobotLab.start();
        lab.robot.rent(321);
    }

    @AfterEach
    void stop() {
        lab.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST   /order/server/transaction product_id=RX220 | 403 FORBIDDEN   | 1",
                "POST   /order/server_market/transaction           | 403 FORBIDDEN   | 1",
                "POST   /order/server_addon/transaction            | 403 FORBIDDEN   | 1",
                "POST   /server/321/cancellation                   | 403 FORBIDDEN   | 1",
                "DELETE /server/321/cancellation                   | 403 FORBIDDEN   | 1",
                "POST   /ip/10.0.0.1/cancellation                      | 404 NOT_FOUND   | 1",
                "POST   /server/321/reversal                       | 404 NOT_FOUND   | 1",
                "GET    /server/321/cancellation                   | 404 NOT_FOUND   | 0",
                "GET    /order/server/product/RX220                | 404 NOT_FOUND   | 0",
                "POST   /server/321 server_name=order              | ' '             | 0",
            })
    void whatCostsIsRefusedAndRemembered(String call, String error, int remembered) throws Exception {
        Answer answer = lab.client.line(call.strip().replaceAll(" +", " "));
        if (!error.isBlank()) {
            assertThat(answer.error()).isEqualTo(error);
        }
        assertThat(lab.robot.calls().costly()).hasSize(remembered);
        assertThat(lab.robot.calls().entries()).hasSize(1);
        assertThat(lab.client.get("/server/321").status()).isEqualTo(200);
    }
}
