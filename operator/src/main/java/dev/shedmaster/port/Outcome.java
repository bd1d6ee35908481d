package dev.shedmaster.port;

import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The answer of a port: a value or a {@link PortError}. Ports do not throw for what the world does. */
public sealed interface Outcome<T> {

    record Done<T>(T value) implements Outcome<T> {}

    record Failed<T>(PortError error) implements Outcome<T> {}

    static <T> Outcome<T> done(T value) {
        return new Done<>(value);
    }

    static <T> Outcome<T> failed(PortError error) {
        return new Failed<>(error);
    }

    default <R> Outcome<R> map(Function<T, R> change) {
        return switch (this) {
            case Done<T> done -> new Done<>(change.apply(done.value()));
            case Failed<T> failed -> new Failed<>(failed.error());
        };
    }

    default Outcome<T> mapError(UnaryOperator<PortError> change) {
        return this instanceof Failed<T>(PortError error) ? new Failed<>(change.apply(error)) : this;
    }

    default <R> Outcome<R> then(Function<T, Outcome<R>> next) {
        return switch (this) {
            case Done<T> done -> next.apply(done.value());
            case Failed<T> failed -> new Failed<>(failed.error());
        };
    }
}
