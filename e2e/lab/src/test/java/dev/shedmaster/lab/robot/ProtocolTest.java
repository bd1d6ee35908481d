package dev.shedmaster.lab.robot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.shedmaster.lab.robot.RobotClient.Answer;
import dev.shedmaster.lab.robot.estate.Account.Traffic;
import dev.shedmaster.lab.robot.estate.ServerSpec;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Robot's answers as its documentation has them, with one server, 321, that can be all that a server can be. */
class ProtocolTest {
    private RobotLab lab;
    private String address = "";
    private String net6 = "";

    @BeforeEach
    void start() throws Exception {
        lab = RobotLab.start();
        ServerSpec spec = lab.robot
                .rent(given -> ServerSpec.ax41(321, given).named("host-1"))
                .spec();
        address = String.valueOf(spec.address());
        net6 = spec.net6();
    }

    @AfterEach
    void stop() {
        lab.close();
    }

    private Answer ask(String line) throws Exception {
        return lab.client.line(line.replace("{ip}", address)
                .replace("{net}", net6)
                .replace("{key}", RobotLab.encoded(lab.visitor.publicKey().line()))
                .replace("{fingerprint}", lab.visitor.publicKey().md5()));
    }

    /** Calls that succeed, one after another: what is asked, the status, the envelope and its fields. */
    @Test
    void everyObjectComesInItsEnvelopeWithItsFields() throws Exception {
        String server = "server_ip,server_ipv6_net,server_number";
        String summary = server + ",server_name,product,dc,traffic,status,cancelled,paid_until,ip,subnet";
        String detail = summary + ",reset,rescue,vnc,windows,plesk,cpanel,wol,hot_swap,linked_storagebox";
        String key = "name,fingerprint,type,size,data,created_at";
        String rescue = server + ",os,arch,active,password,authorized_key,host_key,boot_time";
        String linux = server + ",dist,arch,lang,active,password,authorized_key,host_key,boot_time";
        String warnings = "traffic_warnings,traffic_hourly,traffic_daily,traffic_monthly";
        String ip = "ip,server_ip,server_number,locked,separate_mac," + warnings;
        String subnet = "ip,mask,gateway,server_ip,server_number,failover,locked," + warnings;
        List<List<String>> calls = List.of(
                List.of("GET /server", "200", "server", summary),
                List.of("GET /server/321", "200", "server", detail),
                List.of("GET /server/{ip}", "200", "server", detail),
                List.of("POST /server/321 server_name=host-2", "200", "server", detail),
                List.of("POST /key name=mine&data={key}", "201", "key", key),
                List.of("GET /key", "200", "key", key),
                List.of("GET /key/{fingerprint}", "200", "key", key),
                List.of("POST /key/{fingerprint} name=other", "200", "key", key),
                List.of("GET /boot/321", "200", "boot", "rescue,linux,vnc,windows,plesk,cpanel"),
                List.of("GET /boot/321/rescue", "200", "rescue", rescue),
                List.of("POST /boot/{ip}/rescue os=vkvm&authorized_key={fingerprint}", "200", "rescue", rescue),
                List.of("GET /boot/321/rescue/last", "200", "rescue", rescue),
                List.of("DELETE /boot/321/rescue", "200", "rescue", rescue),
                List.of("POST /boot/321/linux dist=Debian+12+base&lang=en", "200", "linux", linux),
                List.of("GET /boot/321/linux", "200", "linux", linux),
                List.of("GET /boot/321/linux/last", "200", "linux", linux),
                List.of("DELETE /boot/321/linux", "200", "linux", linux),
                List.of("GET /reset", "200", "reset", server + ",type"),
                List.of("GET /reset/321", "200", "reset", server + ",type,operating_status"),
                List.of("POST /reset/321 type=hw", "200", "reset", server + ",type"),
                List.of("GET /wol/321", "200", "wol", server),
                List.of("POST /wol/321", "200", "wol", server),
                List.of("GET /ip", "200", "ip", ip),
                List.of("GET /ip?server_ip={ip}", "200", "ip", ip),
                List.of("GET /ip/{ip}", "200", "ip", ip + ",gateway,mask,broadcast"),
                List.of("GET /subnet", "200", "subnet", subnet),
                List.of("GET /subnet/{net}", "200", "subnet", subnet),
                List.of("PUT /rdns/{ip} ptr=a.example", "201", "rdns", "ip,ptr"),
                List.of("POST /rdns/{ip} ptr=b.example", "200", "rdns", "ip,ptr"),
                List.of("POST /rdns/{net}5 ptr=c.example", "201", "rdns", "ip,ptr"),
                List.of("GET /rdns", "200", "rdns", "ip,ptr"),
                List.of("GET /rdns/{ip}", "200", "rdns", "ip,ptr"),
                List.of(
                        "GET /firewall/321",
                        "200",
                        "firewall",
                        "server_ip,server_number,status,filter_ipv6,whitelist_hos,port,rules"),
                List.of(
                        "POST /traffic type=day&from=2026-11-24T00&to=2026-11-24T20&ip={ip}",
                        "200",
                        "traffic",
                        "type,from,to,data"));
        for (List<String> call : calls) {
            Answer answer = ask(call.get(0));
            assertThat(answer.status()).as(call.get(0)).isEqualTo(Integer.parseInt(call.get(1)));
            assertThat(answer.contentType()).isEqualTo("application/json; charset=utf-8");
            JsonNode one = answer.json().isArray() ? answer.json().get(0) : answer.json();
            assertThat(one.fieldNames()).toIterable().as(call.get(0)).containsExactly(call.get(2));
            assertThat(one.path(call.get(2)).fieldNames())
                    .toIterable()
                    .as(call.get(0))
                    .containsExactlyInAnyOrder(call.get(3).split(","));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET    /                                          | 404 NOT_FOUND",
                "GET    /nothing                                   | 404 NOT_FOUND",
                "GET    /server/                                   | 404 NOT_FOUND",
                "PATCH  /server/321                                | 404 NOT_FOUND",
                "GET    /server/322                                | 404 SERVER_NOT_FOUND",
                "GET    /server/10.0.0.1                           | 404 SERVER_NOT_FOUND",
                "POST   /server/321                                | 400 INVALID_INPUT",
                "GET    /boot/322                                  | 404 SERVER_NOT_FOUND",
                "GET    /boot/322/rescue                           | 404 SERVER_NOT_FOUND",
                "GET    /boot/321/rescue/last                      | 404 BOOT_NOT_AVAILABLE",
                "GET    /boot/321/linux/last                       | 404 BOOT_NOT_AVAILABLE",
                "POST   /boot/321/rescue arch=64                   | 400 INVALID_INPUT",
                "POST   /boot/321/rescue os=beos                   | 400 INVALID_INPUT",
                "POST   /boot/321/rescue os=linux&authorized_key[]=00:11 | 400 INVALID_INPUT",
                "POST   /boot/321/linux dist=Debian+12+base        | 400 INVALID_INPUT",
                "POST   /boot/321/linux dist=Debian+12+base&lang=tlh | 400 INVALID_INPUT",
                "GET    /reset/322                                 | 404 SERVER_NOT_FOUND",
                "POST   /reset/321                                 | 400 INVALID_INPUT",
                "POST   /reset/321 type=kick                       | 400 INVALID_INPUT",
                "GET    /wol/322                                   | 404 SERVER_NOT_FOUND",
                "GET    /key                                       | 404 NOT_FOUND",
                "GET    /key/00:11                                 | 404 NOT_FOUND",
                "POST   /key/00:11 name=a                          | 404 NOT_FOUND",
                "DELETE /key/00:11                                 | 404 NOT_FOUND",
                "POST   /key name=a                                | 400 INVALID_INPUT",
                "GET    /ip/10.0.0.1                               | 404 IP_NOT_FOUND",
                "GET    /ip?server_ip=10.0.0.1                     | 404 NOT_FOUND",
                "GET    /subnet/2001:db8:f::                       | 404 SUBNET_NOT_FOUND",
                "GET    /failover                                  | 404 NOT_FOUND",
                "GET    /failover/10.0.0.1                         | 404 NOT_FOUND",
                "GET    /firewall/322                              | 404 SERVER_NOT_FOUND",
                "GET    /rdns                                      | 404 NOT_FOUND",
                "GET    /rdns/{ip}                                 | 404 RDNS_NOT_FOUND",
                "GET    /rdns/10.0.0.1                             | 404 IP_NOT_FOUND",
                "PUT    /rdns/{ip}                                 | 400 INVALID_INPUT",
                "PUT    /rdns/10.0.0.1 ptr=a.example               | 404 IP_NOT_FOUND",
                "POST   /traffic type=day                          | 400 INVALID_INPUT",
                "POST   /traffic type=hour&from=2026-11&to=2026-12 | 400 INVALID_INPUT",
                "POST   /traffic type=day&from=2026-11-24&to=2026-11-24T20 | 400 INVALID_INPUT",
            })
    void errorsAreThoseOfTheDocumentation(String call, String error) throws Exception {
        assertThat(ask(call.strip().replaceAll(" +", " ")).error()).isEqualTo(error);
    }

    @Test
    void anInvalidInputNamesWhatIsMissingOrWrong() throws Exception {
        assertThat(ask("POST /key").body())
                .isEqualTo("{\"error\":{\"status\":400,\"code\":\"INVALID_INPUT\",\"message\":\"invalid input\","
                        + "\"missing\":[\"name\",\"data\"],\"invalid\":null}}");
        assertThat(ask("POST /reset/321 type=kick")
                        .json()
                        .at("/error/invalid/0")
                        .asText())
                .isEqualTo("type");
        assertThat(ask("POST /reset/321 type=kick").json().at("/error/missing").isNull())
                .isTrue();
        assertThat(ask("POST /boot/321/rescue os=linux&authorized_key[]=00:11")
                        .json()
                        .at("/error/invalid/0")
                        .asText())
                .isEqualTo("authorized_key");
    }

    @Test
    void slashesAreEscaped() throws Exception {
        assertThat(ask("POST /server/321 server_name=a/b").body()).contains("\"server_name\":\"a\\/b\"");
    }

    @Test
    void aReverseNameIsCreatedOnceAndWrittenOften() throws Exception {
        assertThat(ask("PUT /rdns/{ip} ptr=a.example").status()).isEqualTo(201);
        assertThat(ask("PUT /rdns/{ip} ptr=b.example").error()).isEqualTo("409 RDNS_ALREADY_EXISTS");
        assertThat(ask("POST /rdns/{ip} ptr=c.example").json().at("/rdns/ptr").asText())
                .isEqualTo("c.example");
        assertThat(ask("DELETE /rdns/{ip}").body()).isEmpty();
        assertThat(ask("GET /rdns/{ip}").error()).isEqualTo("404 RDNS_NOT_FOUND");
    }

    @Test
    void armingAnewReplacesWhatIsArmedAndOnlyOneThingIs() throws Exception {
        String first = ask("POST /boot/321/rescue os=linux")
                .json()
                .at("/rescue/password")
                .asText();
        String second = ask("POST /boot/321/rescue os=linux")
                .json()
                .at("/rescue/password")
                .asText();
        assertThat(second).hasSameSizeAs(first).isNotEqualTo(first);
        assertThat(ask("POST /boot/321/linux dist=Debian+12+base&lang=en").status())
                .isEqualTo(200);
        assertThat(ask("GET /boot/321").json().at("/boot/rescue/active").asBoolean(true))
                .isFalse();
        assertThat(ask("GET /boot/321").json().at("/boot/linux/active").asBoolean())
                .isTrue();
        assertThat(ask("GET /boot/321").json().at("/boot/vnc").isNull()).isTrue();
    }

    @Test
    void trafficIsToldOfAddressesThatHadSome() throws Exception {
        lab.robot.account().locked(() -> lab.robot.account().traffic().put(address, new Traffic(1.5, 2)));
        String asked = "POST /traffic type=month&from=2026-11-01&to=2026-11-24&ip[]={ip}&ip[]=10.0.0.1&subnet={net}";
        JsonNode data = ask(asked).json().at("/traffic/data");
        assertThat(data).hasSize(1);
        assertThat(data.path(address).path("sum").asDouble()).isEqualTo(3.5);
        assertThat(ask("POST /traffic type=year&from=2026-01&to=2026-11&ip=10.0.0.1")
                        .json()
                        .at("/traffic/data")
                        .isArray())
                .as("an empty map as PHP writes it")
                .isTrue();
        assertThat(ask(asked + "&single_values=true")
                        .json()
                        .at("/traffic/data")
                        .path(address)
                        .at("/01/in")
                        .asDouble())
                .isEqualTo(1.5);
    }

    @Test
    void aServerIsReadyOrNotAndItsRentMayEnd() throws Exception {
        JsonNode rented = ask("GET /server/321").json().path("server");
        assertThat(rented.path("status").asText()).isEqualTo("ready");
        assertThat(rented.path("cancelled").asBoolean(true)).isFalse();
        assertThat(rented.path("paid_until").asText()).isEqualTo("2026-12-24");
        lab.robot.server(321).changeRent(false, true);
        JsonNode ending = ask("GET /server").json().at("/0/server");
        assertThat(ending.path("status").asText()).isEqualTo("in process");
        assertThat(ending.path("cancelled").asBoolean()).isTrue();
    }

    @Test
    void aServerWithoutIpv4HasNone() throws Exception {
        lab.robot.rent(_ -> ServerSpec.rx220(400, null));
        JsonNode server = ask("GET /server/400").json().path("server");
        assertThat(server.path("server_ip").isNull()).isTrue();
        assertThat(server.path("ip").isNull()).isTrue();
        assertThat(server.path("server_ipv6_net").asText()).isEqualTo("2001:db8:0:190::");
        assertThat(ask("GET /ip").json()).hasSize(1);
        assertThat(ask("GET /wol/400").error()).isEqualTo("404 WOL_NOT_AVAILABLE");
    }
}
