package dev.shedmaster.machine.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.shedmaster.machine.host.ImageIndex.Form;
import dev.shedmaster.machine.host.ImageIndex.Image;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageIndexTest {
    private static final URI BASE = URI.create("https://images.example/shed/index.json");
    private static final String SUM = "0123456789abcdef".repeat(4);
    private static final String HOST = """
            {"name": "host", "version": "20260901.1200", "architecture": "arm64", "form": "disk",
             "file": "host-20260901.1200-arm64.raw.zst", "format": "raw.zst", "sha256": "%s", "bytes": 42,
             "sbom": "host-20260901.1200-arm64.disk.spdx.json"}""".formatted(SUM);

    @Test
    void anImageIsBesideItsIndex() {
        Image image = found(index(HOST).find("host", "20260901.1200", "arm64", Form.DISK));

        assertThat(image)
                .isEqualTo(new Image(
                        "host",
                        "20260901.1200",
                        "arm64",
                        Form.DISK,
                        URI.create("https://images.example/shed/host-20260901.1200-arm64.raw.zst"),
                        "raw.zst",
                        SUM,
                        42,
                        URI.create("https://images.example/shed/host-20260901.1200-arm64.disk.spdx.json")));
    }

    @ParameterizedTest
    @CsvSource({
        "https://images.example, https://images.example/host-20260901.1200-arm64.raw.zst",
        "https://images.example/a/, https://images.example/a/host-20260901.1200-arm64.raw.zst",
        "https://images.example/a/index.json?token=x, https://images.example/a/host-20260901.1200-arm64.raw.zst",
    })
    void theFolderIsThatOfTheIndex(URI base, URI url) {
        Outcome<ImageIndex> read = ImageIndex.read(json(HOST), base);

        assertThat(found(read).images()).extracting(Image::url).containsExactly(url);
    }

    @Test
    void theBuildersOwnIndexIsRead(@TempDir Path folder) throws Exception {
        assumeTrue(hasJq(), "jq is not installed: install the Debian package of that name");
        add(folder, "host", "1", "arm64", "disk", "raw.zst");
        add(folder, "worker", "1", "arm64", "root", "tar.zst");
        add(folder, "worker", "1", "arm64", "vm-disk", "qcow2");
        // Built once more, it takes its own place.
        Path disk = add(folder, "host", "1", "arm64", "disk", "raw.zst");

        ImageIndex index = found(ImageIndex.read(Files.readAllBytes(folder.resolve("index.json")), BASE));

        assertThat(index.images())
                .extracting(image -> image.name() + " " + image.form() + " " + image.format())
                .containsExactly("host DISK raw.zst", "worker ROOT tar.zst", "worker VM_DISK qcow2");
        Image host = index.images().getFirst();
        assertThat(host.url()).isEqualTo(BASE.resolve(disk.getFileName().toString()));
        assertThat(host.bytes()).isEqualTo(Files.size(disk));
        assertThat(host.sha256()).isEqualTo(sum(disk));
    }

    /** What is asked for in vain, the field that says so, and what can be had of it. */
    @ParameterizedTest
    @CsvSource({
        "worker, 1, amd64, ROOT, name, host",
        "host, 1, arm64, DISK, version, 20260901.1200",
        "host, 20260901.1200, amd64, DISK, architecture, arm64",
        "host, 20260901.1200, arm64, VM_DISK, form, disk",
    })
    void whatIsNotThereIsSaidByItsField(
            String name, String version, String architecture, Form form, String field, String had) {
        PortError error = refused(index(HOST).find(name, version, architecture, form));

        assertThat(error).isInstanceOfSatisfying(PortError.Invalid.class, invalid -> {
            assertThat(invalid.field()).isEqualTo(field);
            assertThat(invalid.message())
                    .contains(BASE.toString())
                    .contains("no image of the " + field)
                    .endsWith(": " + had + " can be had");
        });
    }

    @Test
    void whatCanBeHadIsOnlyWhatFitsSoFar() {
        String other = HOST.replace("\"host\"", "\"worker\"").replace("arm64\", \"form", "amd64\", \"form");

        PortError error = refused(index(HOST, other).find("host", "20260901.1200", "amd64", Form.DISK));

        assertThat(error.message()).endsWith(": arm64 can be had");
    }

    @Test
    void anEmptyIndexHasNothing() {
        assertThat(refused(index().find("host", "1", "arm64", Form.DISK)).message())
                .endsWith("it is empty");
    }

    @Test
    void aFormOfALaterVersionIsPassedOver() {
        assertThat(index(HOST.replace("\"disk\"", "\"uki\"")).images()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "bytes": 42    | "bytes": 0          | its bytes are 0
            "bytes": 42    | "bytes": null       | cannot be read at images[0].bytes
            "bytes": 42    | "size": 42          | bytes
            "raw.zst"      | null                | format
            "host-2026     | "../host-2026       | its file is '../host-20260901.1200-arm64.raw.zst', which is no plain file name
            "host-2026     | "//evil.example/2026| which is no plain file name
            "sha256": "0   | "sha256": "         | which is not 64 hexadecimal digits
            arm64.disk     | a/disk              | its sbom is 'host-20260901.1200-a/disk.spdx.json', which is no plain file name
            """)
    void aWrongEntryIsRefused(String instead, String of, String complaint) {
        Outcome<ImageIndex> read = ImageIndex.read(json(HOST.replaceFirst(instead, of)), BASE);

        assertThat(refused(read)).isInstanceOfSatisfying(PortError.Invalid.class, invalid -> {
            assertThat(invalid.field()).isEqualTo("index");
            assertThat(invalid.message())
                    .startsWith("the index of images " + BASE)
                    .contains(complaint);
        });
    }

    @Test
    void noMessageRepeatsWhatIsSecretOfAnAddress() {
        URI secret = URI.create("https://me:password@images.example:8443/index.json?token=geheim");

        assertThat(refused(found(ImageIndex.read(json(), secret)).find("host", "1", "arm64", Form.DISK))
                        .message())
                .startsWith("the index of images https://images.example:8443/index.json has no image");
        assertThat(refused(ImageIndex.read(new byte[0], secret)).message())
                .doesNotContain("password")
                .doesNotContain("geheim");
    }

    @Test
    void twoEntriesForOneImageAreRefused() {
        assertThat(refused(ImageIndex.read(json(HOST, HOST), BASE)).message())
                .endsWith("has two entries for host 20260901.1200 (arm64, disk)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"version": 2, "images": []}   | has version 2, and this operator reads 1
            {"version": 1}                 | images
            {"version": 1, "images": [null]}| cannot be read
            {"version": 1, "images": []} {}| cannot be read
            null                           | cannot be read
            not JSON                       | cannot be read
            """)
    void whatIsNoIndexIsRefused(String text, String complaint) {
        assertThat(refused(ImageIndex.read(text.getBytes(UTF_8), BASE)).message())
                .contains(complaint);
    }

    private static ImageIndex index(String... rows) {
        return found(ImageIndex.read(json(rows), BASE));
    }

    private static byte[] json(String... rows) {
        return ("{\"version\": 1, \"images\": [" + String.join(",", rows) + "]}").getBytes(UTF_8);
    }

    private static <T> T found(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T> done -> done.value();
            case Outcome.Failed<T> failed ->
                throw new AssertionError(failed.error().message());
        };
    }

    private static PortError refused(Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Done<?> done -> throw new AssertionError("it is taken: " + done.value());
            case Outcome.Failed<?> failed -> failed.error();
        };
    }

    /** Enters a file into the index as the builder of images does. */
    private static Path add(Path folder, String name, String version, String architecture, String form, String format)
            throws Exception {
        Path file = folder.resolve(name + "-" + version + "-" + architecture + "." + format);
        Files.writeString(file, name + form);
        List<String> command = new ArrayList<>(List.of("../worker-images/add-to-index.sh", folder.toString()));
        command.addAll(
                List.of(name, version, architecture, form, file.getFileName().toString()));
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isZero();
        return file;
    }

    private static String sum(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }

    private static boolean hasJq() {
        return List.of("/usr/bin/jq", "/usr/local/bin/jq", "/bin/jq").stream()
                .anyMatch(path -> Files.isExecutable(Path.of(path)));
    }
}
