package dev.shedmaster.machine.host;

import dev.shedmaster.core.slot.Architecture;
import dev.shedmaster.core.slot.Isolation;
import dev.shedmaster.http.ApiAnswer;
import dev.shedmaster.http.ApiClient;
import dev.shedmaster.http.ApiClients;
import dev.shedmaster.port.HostDriver.ImageOrder;
import dev.shedmaster.port.Installation;
import dev.shedmaster.port.Installation.Raw;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import okhttp3.HttpUrl;
import okhttp3.Request;

/** Reads the indexes that {@code make images} has written, anew for each installation. */
public final class ImageIndexes {
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(30);

    private final ApiClient client;

    public ImageIndexes(ApiClients clients) {
        this.client = clients.client(ApiClients.Options.of("images", CALL_TIMEOUT));
    }

    /**
     * Finds the image of a host's whole disk. May be repeated.
     *
     * @param index where the index is
     * @return {@code Invalid} if there is no such index or no such image in it, {@code Transient} if it cannot be read now
     */
    public Outcome<Installation.Image> find(String index, String name, String version, String architecture) {
        return find(index, name, version, architecture, ImageIndex.Form.DISK)
                .map(image -> new Raw(image.url().toString(), image.sha256()));
    }

    /**
     * Finds an image of workers. May be repeated.
     *
     * @param onHost what hosts are to call it
     * @param index where the index is
     * @return as for hosts' images
     */
    public Outcome<ImageOrder> find(
            String onHost, String index, String name, String version, Architecture architecture, Isolation isolation) {
        ImageIndex.Form form = isolation == Isolation.CONTAINER ? ImageIndex.Form.ROOT : ImageIndex.Form.VM_DISK;
        return find(index, name, version, architecture.word(), form)
                .map(image -> new ImageOrder(
                        onHost, image.sha256(), image.format(), image.url().toString()));
    }

    private Outcome<ImageIndex.Image> find(
            String index, String name, String version, String architecture, ImageIndex.Form form) {
        HttpUrl address = HttpUrl.parse(index);
        if (address == null) {
            return Outcome.failed(new PortError.Invalid(
                    "index",
                    "the index of images must be at an address such as https://images.example.org/index.json, not "
                            + index));
        }
        return client.send("index", new Request.Builder().url(address).build())
                .then(answer -> read(answer, address.uri()))
                .then(known -> known.find(name, version, architecture, form));
    }

    private static Outcome<ImageIndex> read(ApiAnswer answer, URI address) {
        if (answer.isSuccess()) {
            return ImageIndex.read(answer.body(), address);
        }
        String said = "the index of images " + address + " answers with status " + answer.status();
        return Outcome.failed(
                answer.status() == HttpURLConnection.HTTP_NOT_FOUND
                        ? new PortError.Invalid("index", said)
                        : new PortError.Transient(said));
    }
}
