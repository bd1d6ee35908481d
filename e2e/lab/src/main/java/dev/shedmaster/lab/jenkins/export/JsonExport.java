package dev.shedmaster.lab.jenkins.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes exported objects as the controller's JSON. */
public final class JsonExport {
    private final JsonFactory json = new JsonFactory();

    /** The object as UTF-8. */
    public byte[] write(Bean<?> bean, Pruner pruner, boolean pretty) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(4096);
        try (JsonGenerator generator = json.createGenerator(out)) {
            if (pretty) {
                generator.setPrettyPrinter(new DefaultPrettyPrinter());
            }
            writeBean(generator, bean, pruner);
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory", impossible);
        }
        return out.toByteArray();
    }

    private <T> void writeBean(JsonGenerator generator, Bean<T> bean, Pruner pruner) throws IOException {
        generator.writeStartObject();
        if (bean.exportedClass() != null) {
            generator.writeStringField("_class", bean.exportedClass());
        }
        for (BeanType.Property<T> property : bean.type().properties()) {
            Pruner below = pruner.into(property.name(), property.visibility(), property.inline());
            if (below != null) {
                generator.writeFieldName(property.name());
                writeValue(generator, property.reader().apply(bean.value()), below);
            }
        }
        generator.writeEndObject();
    }

    private void writeValue(JsonGenerator generator, @Nullable Object value, Pruner pruner) throws IOException {
        switch (value) {
            case null -> generator.writeNull();
            case Bean<?> bean -> writeBean(generator, bean, pruner);
            case Collection<?> elements -> writeArray(generator, elements, pruner);
            case Map<?, ?> entries -> writeMap(generator, entries, pruner);
            case String text -> generator.writeString(text);
            case Boolean truth -> generator.writeBoolean(truth);
            case Integer number -> generator.writeNumber(number);
            case Long number -> generator.writeNumber(number);
            case Float number -> generator.writeNumber(number);
            default -> throw new IllegalStateException("no JSON for " + value.getClass());
        }
    }

    private void writeArray(JsonGenerator generator, Collection<?> elements, Pruner pruner) throws IOException {
        int from = pruner instanceof Pruner.ByTree tree ? tree.from() : 0;
        int to = pruner instanceof Pruner.ByTree tree ? tree.to() : Integer.MAX_VALUE;
        generator.writeStartArray();
        int index = 0;
        for (Object element : elements) {
            if (index >= to) {
                break;
            }
            if (index >= from) {
                writeValue(generator, element, pruner);
            }
            index++;
        }
        generator.writeEndArray();
    }

    private void writeMap(JsonGenerator generator, Map<?, ?> entries, Pruner pruner) throws IOException {
        generator.writeStartObject();
        for (Map.Entry<?, ?> entry : entries.entrySet()) {
            generator.writeFieldName(String.valueOf(entry.getKey()));
            writeValue(generator, entry.getValue(), pruner);
        }
        generator.writeEndObject();
    }
}
