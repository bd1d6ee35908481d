package dev.shedmaster.machine.robot;

import java.util.Set;
import okhttp3.FormBody;
import org.jspecify.annotations.Nullable;

/**
 * One call to be made.
 *
 * @param purpose names it in a sentence, such as {@code reset server 321}
 * @param path below the endpoint, without a slash at its ends; nothing in it needs to be escaped
 * @param form null for calls without one
 * @param none the codes that are no error here: there is nothing of what was asked for
 */
record RobotCall(
        RequestKind kind,
        String purpose,
        String path,
        @Nullable FormBody form,
        Set<String> none) {

    static RobotCall of(RequestKind kind, String purpose, String path) {
        return new RobotCall(kind, purpose, path, null, Set.of());
    }

    RobotCall with(FormBody.Builder fields) {
        return new RobotCall(kind, purpose, path, fields.build(), none);
    }

    RobotCall orNone(String... codes) {
        return new RobotCall(kind, purpose, path, form, Set.of(codes));
    }
}
