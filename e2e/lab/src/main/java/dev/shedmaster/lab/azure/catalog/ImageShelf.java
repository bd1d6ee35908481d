package dev.shedmaster.lab.azure.catalog;

import dev.shedmaster.lab.guest.FirstBoot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The images that exist: platform images by publisher, offer and sku, gallery images by the id of their definition. */
public final class ImageShelf {

    /** What an image demands of a machine. {@code plan}: the machine must name this plan (publisher, product and name are the image's own). */
    public record Image(
            FirstBoot firstBoot, int sizeGib, boolean arm, boolean plan, boolean termsAccepted, boolean specialized) {

        public static Image flatcar(boolean arm) {
            return new Image(FirstBoot.IGNITION, 30, arm, false, true, false);
        }

        public static Image ubuntu(boolean arm) {
            return new Image(FirstBoot.CLOUD_INIT, 30, arm, false, true, false);
        }
    }

    private record Shelved(String key, @Nullable List<String> versions, Image image) {}

    private final List<Shelved> shelf = new ArrayList<>();

    /** The images that this project's users boot (docs/sources.md). */
    public static ImageShelf usual() {
        ImageShelf shelf = new ImageShelf();
        Image planned = new Image(FirstBoot.IGNITION, 30, false, true, true, false);
        for (String channel : List.of("stable", "beta", "alpha", "lts2024")) {
            shelf.platform("kinvolk", "flatcar-container-linux-corevm-amd64", channel + "-gen2", Image.flatcar(false));
            shelf.platform("kinvolk", "flatcar-container-linux-corevm-amd64", channel, Image.flatcar(false));
            shelf.platform("kinvolk", "flatcar-container-linux-corevm", channel, Image.flatcar(true));
            shelf.platform("kinvolk", "flatcar-container-linux-free", channel + "-gen2", planned);
            shelf.platform("kinvolk", "flatcar-container-linux-free", channel, planned);
        }
        shelf.platform("Canonical", "ubuntu-24_04-lts", "server", Image.ubuntu(false));
        shelf.platform("Canonical", "ubuntu-24_04-lts", "server-arm64", Image.ubuntu(true));
        shelf.gallery(
                "/CommunityGalleries/flatcar-23485951-527a-48d6-9d11-6931ff0afc2e/images/flatcar-stable-amd64",
                Image.flatcar(false));
        return shelf;
    }

    /** Every version of it exists. */
    public ImageShelf platform(String publisher, String offer, String sku, Image image) {
        shelf.add(new Shelved(key(publisher, offer, sku), null, image));
        return this;
    }

    /** Only these versions (and {@code latest}) exist. */
    public ImageShelf platform(String publisher, String offer, String sku, List<String> versions, Image image) {
        shelf.add(new Shelved(key(publisher, offer, sku), List.copyOf(versions), image));
        return this;
    }

    /**
     * Every version of it exists.
     *
     * @param id of the image definition, without {@code /versions/…}
     */
    public ImageShelf gallery(String id, Image image) {
        shelf.add(new Shelved(id.toLowerCase(Locale.ROOT), null, image));
        return this;
    }

    public Optional<Image> findPlatform(String publisher, String offer, String sku, String version) {
        return find(key(publisher, offer, sku), version);
    }

    /**
     * The gallery image.
     *
     * @param id of a definition or of one of its versions
     */
    public Optional<Image> findGallery(String id) {
        String lower = id.toLowerCase(Locale.ROOT);
        int versions = lower.indexOf("/versions/");
        return versions < 0
                ? find(lower, "latest")
                : find(lower.substring(0, versions), lower.substring(versions + "/versions/".length()));
    }

    private Optional<Image> find(String key, String version) {
        return shelf.stream()
                .filter(shelved -> shelved.key().equals(key))
                .filter(shelved -> shelved.versions() == null
                        || version.equals("latest")
                        || shelved.versions().contains(version))
                .map(Shelved::image)
                .findFirst();
    }

    private static String key(String publisher, String offer, String sku) {
        return (publisher + ":" + offer + ":" + sku).toLowerCase(Locale.ROOT);
    }
}
