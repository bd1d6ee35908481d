package dev.shedmaster.lab.jenkins.export;

import org.jspecify.annotations.Nullable;

/**
 * An object that can be exported.
 *
 * @param exportedClass the {@code _class} to write; null where the object's place already says it
 * @param <T> what the type's properties are read from
 */
public record Bean<T>(BeanType<T> type, @Nullable String exportedClass, T value) {}
