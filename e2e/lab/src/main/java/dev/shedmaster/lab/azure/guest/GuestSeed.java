package dev.shedmaster.lab.azure.guest;

import dev.shedmaster.lab.azure.catalog.ImageShelf.FirstBoot;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * What a guest is booted from.
 *
 * @param customData base64; null when there is none
 * @param userData base64; read at the first boot when there is no custom data, as both systems do on Azure
 */
public record GuestSeed(
        String hostName,
        FirstBoot firstBoot,
        @Nullable String customData,
        @Nullable String userData) {

    byte @Nullable [] configuration() {
        String given = customData != null ? customData : userData;
        return given == null ? null : Base64.getDecoder().decode(given);
    }
}
