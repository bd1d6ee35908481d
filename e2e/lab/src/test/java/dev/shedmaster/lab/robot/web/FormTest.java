package dev.shedmaster.lab.robot.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.lab.http.LabRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Forms as PHP reads them. */
class FormTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "key=a              | a",
                "key[]=a            | a",
                "key[]=a&key[]=b    | a,b",
                "key%5B%5D=a&key%5B%5D=b | a,b",
                "key[0]=a&key[1]=b  | a,b",
                "key[5]=a&key[5]=b  | b",
                "key=a&key=b        | b",
                "key[]=a&key=b      | b",
                "key=               | -",
                "other=a            | -",
                "key[]=a%3Ab+c%26   | a:b c&",
                "''                 | -",
            })
    void listsAreReadAndSingleValuesAreListsOfOne(String body, String values) {
        assertThat(Form.parse(body).list("key")).isEqualTo(values == null ? List.of() : List.of(values.split(",")));
    }

    @Test
    void treesAreRead() {
        Form form = Form.parse("rules[input][0][name]=ssh&rules[input][0][action]=accept&rules[input][1][name]=all");
        assertThat(form.text(List.of("rules", "input", "0", "action"))).contains("accept");
        assertThat(form.text(List.of("rules", "input", "1", "name"))).contains("all");
        assertThat(form.text(List.of("rules", "output", "0", "name"))).isEmpty();
        assertThat(form.text("rules")).as("no single value").isEmpty();
    }

    @Test
    void whatIsBrokenIsReadAsItStands() {
        Form form = Form.parse("a=100%&&=x&b[=1&c[x=2&d]=3");
        assertThat(form.text("a")).contains("100%");
        assertThat(form.text("d]")).contains("3");
        assertThat(form.text("b")).contains("1");
    }

    @Test
    void aBodyOfAnotherTypeIsNoForm() {
        assertThat(Form.of(request("application/json")).text("a")).isEmpty();
        assertThat(Form.of(request("Application/X-WWW-Form-Urlencoded; charset=utf-8"))
                        .text("a"))
                .contains("1");
    }

    private static LabRequest request(String type) {
        return new LabRequest("POST", "/key", "127.0.0.1", Map.of(), Map.of("content-type", type), "a=1");
    }
}
