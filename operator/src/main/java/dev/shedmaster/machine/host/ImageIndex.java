package dev.shedmaster.machine.host;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What images there are, where each is, and what its bytes must be: the {@code index.json} of a folder that {@code make images} has
 * built. Its files lie beside it.
 *
 * @param base where the index itself is, for messages and as what files are beside of
 */
public record ImageIndex(URI base, List<Image> images) {
    private static final ObjectMapper MAPPER = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static final int VERSION = 1;

    /** No folder, no other server: what an index names lies beside it. */
    private static final Pattern FILE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+~-]*");

    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    public ImageIndex {
        images = List.copyOf(images);
    }

    /** What an image is made for. */
    public enum Form {
        /** Written to a server's disk. */
        DISK("disk"),
        /** The root of containers, packed. */
        ROOT("root"),
        /** The disk of virtual machines. */
        VM_DISK("vm-disk");

        private final String text;

        Form(String text) {
            this.text = text;
        }

        static Optional<Form> of(String text) {
            for (Form form : values()) {
                if (form.text.equals(text)) {
                    return Optional.of(form);
                }
            }
            return Optional.empty();
        }
    }

    /**
     * One image.
     *
     * @param architecture {@code amd64} or {@code arm64}
     * @param url where it is fetched from
     * @param format what is in the file: {@code raw.zst}, {@code tar.zst} or {@code qcow2}
     * @param sha256 the checksum of the file as it is fetched, in hexadecimal digits
     * @param bytes the length of the file
     * @param sbom where the list of its packages is, as SPDX in JSON
     */
    public record Image(
            String name,
            String version,
            String architecture,
            Form form,
            URI url,
            String format,
            String sha256,
            long bytes,
            URI sbom) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Document(int version, List<Row> images) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Row(
            String name,
            String version,
            String architecture,
            String form,
            String file,
            String format,
            String sha256,
            long bytes,
            String sbom) {

        String called() {
            return name + " " + version + " (" + architecture + ", " + form + ")";
        }

        Optional<String> fault() {
            if (!FILE.matcher(file).matches()) {
                return Optional.of("its file is '" + file + "', which is no plain file name");
            }
            if (!FILE.matcher(sbom).matches()) {
                return Optional.of("its sbom is '" + sbom + "', which is no plain file name");
            }
            if (!SHA_256.matcher(sha256).matches()) {
                return Optional.of("its sha256 is '" + sha256 + "', which is not 64 hexadecimal digits");
            }
            return bytes > 0 ? Optional.empty() : Optional.of("its bytes are " + bytes);
        }

        Image image(Form made, URI base) {
            return new Image(
                    name, version, architecture, made, base.resolve(file), format, sha256, bytes, base.resolve(sbom));
        }
    }

    /**
     * Reads an index. Images in forms that are not known here are left out, so that an index may be newer than the operator.
     *
     * @param base where it was fetched from
     * @return {@code Invalid} on {@code index}, with what is wrong with it
     */
    public static Outcome<ImageIndex> read(byte[] json, URI base) {
        @Nullable Document document;
        try {
            document = MAPPER.readValue(json, Document.class);
        } catch (JsonMappingException e) {
            return invalid(base, "cannot be read" + place(e) + ": " + e.getOriginalMessage());
        } catch (JsonProcessingException e) {
            return invalid(base, "cannot be read: " + e.getOriginalMessage());
        } catch (IOException e) {
            return invalid(base, "cannot be read: " + e.getMessage());
        }
        if (document == null || document.images().stream().anyMatch(Objects::isNull)) {
            return invalid(base, "cannot be read: it has null in place of an index or of an image");
        }
        if (document.version() != VERSION) {
            return invalid(
                    base,
                    "has version " + document.version() + ", and this operator reads " + VERSION
                            + ": build the images with the operator's own version of the sources");
        }
        URI folder = base.getPath().isEmpty() ? base.resolve("/") : base;
        List<Image> images = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Row row : document.images()) {
            Optional<Form> form = Form.of(row.form());
            if (form.isEmpty()) {
                continue;
            }
            Optional<String> fault = row.fault();
            if (fault.isPresent()) {
                return invalid(base, "has a wrong entry for " + row.called() + ": " + fault.get());
            }
            if (!seen.add(row.called())) {
                return invalid(base, "has two entries for " + row.called());
            }
            images.add(row.image(form.get(), folder));
        }
        return Outcome.done(new ImageIndex(base, images));
    }

    /** Where in the text, as in {@code  at images[3].bytes}. */
    private static String place(JsonMappingException fault) {
        String path = fault.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                .collect(Collectors.joining());
        return path.isEmpty() ? "" : " at " + path.substring(1);
    }

    private static Outcome<ImageIndex> invalid(URI base, String fault) {
        return Outcome.failed(new PortError.Invalid("index", called(base) + " " + fault));
    }

    /** An address may hold a password or a token, which no message repeats. */
    private static String called(URI base) {
        String port = base.getPort() < 0 ? "" : ":" + base.getPort();
        return "the index of images " + base.getScheme() + "://" + base.getHost() + port + base.getPath();
    }

    /**
     * The one image that is meant.
     *
     * @return {@code Invalid} on the field that names no image of the index, {@code name}, {@code version}, {@code architecture} or
     *     {@code form}, with what there is instead
     */
    public Outcome<Image> find(String name, String version, String architecture, Form form) {
        List<Image> left = images;
        for (Wish wish : List.of(
                new Wish("name", name, Image::name),
                new Wish("version", version, Image::version),
                new Wish("architecture", architecture, Image::architecture),
                new Wish("form", form.text, image -> image.form().text))) {
            List<Image> fitting = left.stream().filter(wish).toList();
            if (fitting.isEmpty()) {
                return Outcome.failed(wish.unfulfilled(base, left));
            }
            left = fitting;
        }
        return Outcome.done(left.getFirst());
    }

    private record Wish(String field, String value, Function<Image, String> of) implements Predicate<Image> {
        @Override
        public boolean test(Image image) {
            return of.apply(image).equals(value);
        }

        PortError unfulfilled(URI base, List<Image> left) {
            String there = left.stream().map(of).distinct().sorted().collect(Collectors.joining(", "));
            return new PortError.Invalid(
                    field,
                    called(base) + " has no image of the " + field + " " + value + ": "
                            + (there.isEmpty() ? "it is empty" : there + " can be had"));
        }
    }
}
