package dev.shedmaster.lab.jenkins.export;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The exported properties of one kind of object, in the order in which the controller writes them.
 *
 * <p>A property has a visibility: the higher, the further from the asked object it is still shown.
 *
 * @param <T> what the properties are read from
 */
public final class BeanType<T> {

    record Property<T>(String name, int visibility, boolean inline, Function<T, @Nullable Object> reader) {}

    private final List<Property<T>> properties;

    private BeanType(List<Property<T>> properties) {
        this.properties = List.copyOf(properties);
    }

    List<Property<T>> properties() {
        return properties;
    }

    /** Begins a type without properties. */
    public static <T> Builder<T> named() {
        return new Builder<>();
    }

    /** An object of this type; where it stands says its class. */
    public Bean<T> of(@Nullable String exportedClass, T value) {
        return new Bean<>(this, exportedClass, value);
    }

    /** An object of this type where the class goes without saying. */
    public Bean<T> of(T value) {
        return new Bean<>(this, null, value);
    }

    /** Collects properties. */
    public static final class Builder<T> {
        private final List<Property<T>> properties = new ArrayList<>();

        private Builder() {}

        /** Takes over the properties of a more general type. */
        public Builder<T> all(BeanType<? super T> general) {
            for (Property<? super T> property : general.properties()) {
                properties.add(new Property<>(
                        property.name(),
                        property.visibility(),
                        property.inline(),
                        value -> property.reader().apply(value)));
            }
            return this;
        }

        /** A property that is shown for the asked object only. */
        public Builder<T> property(String name, Function<T, @Nullable Object> reader) {
            return property(name, 1, reader);
        }

        /** A property that is shown up to the given distance. */
        public Builder<T> property(String name, int visibility, Function<T, @Nullable Object> reader) {
            properties.add(new Property<>(name, visibility, false, reader));
            return this;
        }

        /** A property whose objects count as near as the object itself. */
        public Builder<T> inline(String name, int visibility, Function<T, @Nullable Object> reader) {
            properties.add(new Property<>(name, visibility, true, reader));
            return this;
        }

        public BeanType<T> build() {
            return new BeanType<>(properties);
        }
    }
}
