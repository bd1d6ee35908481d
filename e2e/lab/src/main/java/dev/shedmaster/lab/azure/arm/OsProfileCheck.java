package dev.shedmaster.lab.azure.arm;

import dev.shedmaster.lab.azure.catalog.ImageShelf.Image;
import dev.shedmaster.lab.azure.fault.ArmError;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The OS profile: names, keys, custom data and user data. */
final class OsProfileCheck {
    /** 64 KiB less one byte, decoded; as base64 that is what Azure's message says. */
    private static final int DATA_BYTES = 65_535;

    private static final int DATA_BASE64 = 87_380;
    private static final Set<String> RESERVED_NAMES = Set.of(
            "administrator",
            "admin",
            "user",
            "user1",
            "test",
            "user2",
            "test1",
            "user3",
            "admin1",
            "1",
            "123",
            "a",
            "actuser",
            "adm",
            "admin2",
            "aspnet",
            "backup",
            "console",
            "david",
            "guest",
            "john",
            "owner",
            "root",
            "server",
            "sql",
            "support",
            "support_388945a0",
            "sys",
            "test2",
            "test3",
            "user4",
            "user5");
    /** Azure takes no ECDSA keys. */
    private static final Pattern SSH_KEY =
            Pattern.compile("(ssh-rsa|ssh-ed25519) [A-Za-z0-9+/]+={0,2}( .*)?", Pattern.DOTALL);

    /** Refuses a bad profile, and gives the custom data as it came; null when there is none. */
    @Nullable
    String check(Field properties, Image image) {
        Field profile = properties.at("osProfile");
        if (image.specialized()) {
            if (profile.isPresent()) {
                throw profile.invalid("Parameter 'osProfile' is not allowed with a specialized image.");
            }
            return null;
        }
        profile.required();
        String computer = profile.at("computerName").text();
        if (computer.length() > 64) {
            throw profile.at("computerName").invalid("Linux host name cannot exceed 64 characters in length.");
        }
        String admin = profile.at("adminUsername").text();
        if (RESERVED_NAMES.contains(admin.toLowerCase(Locale.ROOT))) {
            throw profile.at("adminUsername")
                    .invalid(
                            "The Admin Username specified is not allowed. For more information about disallowed usernames, see"
                                    + " https://aka.ms/vmosprofile");
        }
        checkLogin(profile, admin);
        return customData(profile.at("customData"));
    }

    private static void checkLogin(Field profile, String admin) {
        Field linux = profile.at("linuxConfiguration");
        Field keys = linux.at("ssh").at("publicKeys");
        boolean keysOnly = linux.at("disablePasswordAuthentication").flag(false);
        if (keysOnly && keys.size() == 0) {
            throw linux.invalid(
                    "Authentication using either SSH or by user name and password must be enabled in Linux profile.");
        }
        if (!keysOnly && !profile.at("adminPassword").isPresent()) {
            throw profile.at("adminPassword").missing();
        }
        for (int i = 0; i < keys.size(); i++) {
            checkKey(keys.at(i), admin);
        }
    }

    private static void checkKey(Field key, String admin) {
        String path = "/home/" + admin + "/.ssh/authorized_keys";
        if (!key.at("path").text().equals(path)) {
            throw key.at("path")
                    .invalid("Destination path for SSH public keys is currently limited to its default value " + path
                            + " due to a known issue in Linux provisioning agent.");
        }
        if (!SSH_KEY.matcher(key.at("keyData").text().strip()).matches()) {
            throw key.at("keyData")
                    .invalid("The value of parameter linuxConfiguration.ssh.publicKeys.keyData is invalid.");
        }
    }

    private static @Nullable String customData(Field field) {
        if (!field.isPresent()) {
            return null;
        }
        if (!isGoodData(field.text())) {
            throw ArmError.of(
                            400,
                            "InvalidParameter",
                            "Custom data in OSProfile must be in Base64 encoding and with a maximum length of "
                                    + DATA_BASE64 + " characters.",
                            "customData")
                    .refusal();
        }
        return field.text();
    }

    /** User data as it came; null when there is none. */
    @Nullable
    String userData(Field properties) {
        Field field = properties.at("userData");
        if (!field.isPresent()) {
            return null;
        }
        if (!isGoodData(field.text())) {
            throw ArmError.of(
                            400,
                            "InvalidParameter",
                            "User data must be in Base64 encoding and with a maximum length of " + DATA_BASE64
                                    + " characters.",
                            "userData")
                    .refusal();
        }
        return field.text();
    }

    private static boolean isGoodData(String base64) {
        try {
            return Base64.getDecoder().decode(base64).length <= DATA_BYTES;
        } catch (IllegalArgumentException broken) {
            return false;
        }
    }
}
