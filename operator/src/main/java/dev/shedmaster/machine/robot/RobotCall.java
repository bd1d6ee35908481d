package dev.shedmaster.machine.robot;

import okhttp3.FormBody;
import org.jspecify.annotations.Nullable;

/**
 * One call to be made.
 *
 * @param purpose names it in a sentence, such as {@code reset server 321}
 * @param path below the endpoint, without a slash at its ends; nothing in it needs to be escaped
 * @param form null for calls without one
 */
record RobotCall(
        RequestKind kind,
        String purpose,
        String path,
        @Nullable FormBody form) {

    static RobotCall of(RequestKind kind, String purpose, String path) {
        return new RobotCall(kind, purpose, path, null);
    }

    RobotCall with(FormBody.Builder fields) {
        return new RobotCall(kind, purpose, path, fields.build());
    }
}
