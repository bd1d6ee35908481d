package dev.shedmaster.cli;

import dev.shedmaster.kube.pool.Spans;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads durations as the manifests write them: {@code 90s}, {@code 1h30m}. */
final class SpanConverter implements ITypeConverter<Duration> {

    @Override
    public Duration convert(String text) {
        Duration duration;
        try {
            duration = Spans.duration(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
        if (duration.isZero()) {
            throw new TypeConversionException("the duration must be above zero, such as 2m");
        }
        return duration;
    }
}
