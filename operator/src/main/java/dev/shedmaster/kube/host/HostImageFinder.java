package dev.shedmaster.kube.host;

import dev.shedmaster.api.v1alpha1.BareMetalHost;
import dev.shedmaster.api.v1alpha1.HostFlatcar;
import dev.shedmaster.api.v1alpha1.HostImage;
import dev.shedmaster.api.v1alpha1.HostInstallimage;
import dev.shedmaster.api.v1alpha1.HostRaid;
import dev.shedmaster.api.v1alpha1.TemplateReference;
import dev.shedmaster.kube.status.ReferencedObjects;
import dev.shedmaster.port.Installation.Flatcar;
import dev.shedmaster.port.Installation.Image;
import dev.shedmaster.port.Installation.Installimage;
import dev.shedmaster.port.Installation.Raid;
import dev.shedmaster.port.Installation.Raw;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds what is installed on hosts by what their specs say of it. */
final class HostImageFinder {
    private final ReferencedObjects references;
    private final HostImages indexes;

    /** @param indexes where images are known by name */
    HostImageFinder(ReferencedObjects references, HostImages indexes) {
        this.references = references;
        this.indexes = indexes;
    }

    /** {@code Invalid} names the field if there is no such image, {@code Transient} says that it cannot be found out now. */
    Outcome<Image> find(BareMetalHost host, @Nullable String imageIndex, Runnable onChange) {
        HostImage image = host.getSpec().image();
        if (image == null) {
            return Outcome.failed(
                    new PortError.Invalid("spec.image", "spec.image is not set: nothing can be installed"));
        }
        if (image.installimage() != null) {
            return Outcome.done(installimage(image.installimage()));
        }
        if (image.flatcar() != null) {
            return flatcar(host, image.flatcar(), onChange);
        }
        if (image.url() != null && image.sha256() != null) {
            return Outcome.done(new Raw(image.url(), image.sha256()));
        }
        String index = image.index() == null ? imageIndex : image.index();
        if (index == null) {
            return Outcome.failed(
                    new PortError.Invalid(
                            "spec.image.index",
                            "spec.image.name is given, and no index that has it: set spec.image.index, or spec.imageIndex of the HetznerAccount"));
        }
        Outcome<Image> found = indexes.find(
                index,
                Objects.requireNonNullElse(image.name(), ""),
                Objects.requireNonNullElse(image.version(), ""),
                HostWishes.architecture(host.getSpec()));
        return found instanceof Outcome.Failed<Image>(PortError.Invalid wrong)
                ? Outcome.failed(new PortError.Invalid("spec.image", "spec.image: " + wrong.message()))
                : found;
    }

    private static Image installimage(HostInstallimage wanted) {
        HostRaid raid = wanted.raid();
        return new Installimage(
                wanted.archive(),
                wanted.volumes(),
                raid == null ? null : new Raid(Raid.Level.valueOf("RAID" + raid.level()), raid.disks()));
    }

    private Outcome<Image> flatcar(BareMetalHost host, HostFlatcar wanted, Runnable onChange) {
        TemplateReference ignition = wanted.ignitionRef();
        Outcome<String> document = ignition == null
                ? Outcome.done("")
                : references.value(
                        host.getMetadata().getNamespace(),
                        "spec.image.flatcar.ignitionRef",
                        ignition.name(),
                        ignition.key(),
                        onChange);
        return document.map(text -> new Flatcar(
                wanted.channel(),
                Objects.requireNonNullElse(wanted.version(), ""),
                text,
                Objects.requireNonNullElse(wanted.program(), ""),
                Objects.requireNonNullElse(wanted.programSha256(), "")));
    }
}
