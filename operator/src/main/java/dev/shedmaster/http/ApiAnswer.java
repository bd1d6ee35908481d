package dev.shedmaster.http;

import java.nio.charset.StandardCharsets;
import okhttp3.Headers;

/**
 * An HTTP answer, whole.
 *
 * @param status the status code, of any class
 * @param headers as they came
 * @param body as it came, at most {@link ApiClient#MAX_BODY_BYTES}
 */
@SuppressWarnings("ArrayRecordComponent") // the body is handed on once and never compared
public record ApiAnswer(int status, Headers headers, byte[] body) {

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    public boolean isRedirect() {
        return status >= 300 && status < 400;
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "ApiAnswer[status=" + status + ", body=" + body.length + " bytes]";
    }
}
