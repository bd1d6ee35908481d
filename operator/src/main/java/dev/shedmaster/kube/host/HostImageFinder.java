package dev.shedmaster.kube.host;

import dev.shedmaster.api.v1alpha1.BareMetalHost;
import dev.shedmaster.api.v1alpha1.HostImage;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;

/** Finds the images of hosts by what their specs say of them. */
public final class HostImageFinder implements HostImages {

    @Override
    public Outcome<HostImageFile> find(BareMetalHost host) {
        HostImage image = host.getSpec().image();
        if (image == null) {
            return Outcome.failed(
                    new PortError.Invalid("spec.image", "spec.image is not set: nothing can be installed"));
        }
        return image.url() == null || image.sha256() == null
                ? Outcome.failed(new PortError.Invalid("spec.image.name", "spec.image.name: no index is read yet"))
                : Outcome.done(new HostImageFile(image.url(), image.sha256()));
    }
}
