package dev.shedmaster.api.v1alpha1;

import static java.util.Map.entry;

import java.util.Map;

/** What a person reads when a text has the wrong form. */
final class FormWording {

    private static final Map<String, String> BY_FORM = Map.ofEntries(
            entry(Forms.OBJECT_NAME, "write the name of an object: small letters, digits, '-' and '.'"),
            entry(Forms.DNS_LABEL, "write small letters, digits and '-', beginning with a letter"),
            entry(Forms.DATA_KEY, "write a key of the data: letters, digits, '-', '_' and '.'"),
            entry(Forms.ABSOLUTE_PATH, "write an absolute path, such as /var/lib/jenkins"),
            entry(
                    Forms.HTTP_URL,
                    "write a URL that begins with http:// or https://, without user, query or fragment, such as"
                            + " https://jenkins.example.org/"),
            entry(
                    Forms.HTTP_PROXY,
                    "write http://, a host and a port, such as http://proxy.example.org:3128; a proxy is spoken to in"
                            + " plain HTTP, and what goes through it to https:// is encrypted all the same"),
            entry(Forms.UUID, "write a UUID, such as 00000000-0000-0000-0000-000000000000"),
            entry(
                    Forms.DURATION,
                    "write a duration of hours, minutes and seconds in this order, such as 90s, 15m or 1h30m"),
            entry(
                    Forms.POSITIVE_DURATION,
                    "write a duration above zero of hours, minutes and seconds in this order, such as 90s, 15m or"
                            + " 1h30m"),
            entry(Forms.QUANTITY, "write a whole number with a unit (Mi, Gi, Ti, M, G or T), such as 32Gi"),
            entry(Forms.MONEY, "write an amount and a currency of three capital letters, such as 20 EUR or 0.544 USD"),
            entry(Forms.TIME_ZONE, "write a time zone of the IANA database, such as Etc/UTC or Europe/Berlin"),
            entry(
                    Forms.CRON,
                    "write five fields (minute, hour, day of month, month, day of week) as cron does, such as"
                            + " '45 20 * * 1-5'"),
            entry(
                    Forms.JENKINS_LABEL,
                    "write one label without spaces, quotes, parentheses, backslashes or any of & | ! < >; give several labels as"
                            + " several items"),
            entry(
                    Forms.CONTAINER_IMAGE,
                    "write the name of a container image, such as docker.io/jenkins/inbound-agent"),
            entry(Forms.LABEL_KEY, "write the key of a label, such as class or example.org/class"),
            entry(Forms.LABEL_VALUE, "write the value of a label: letters, digits, '-', '_' and '.'"),
            entry(
                    Forms.HOST_IMAGE,
                    "write the name of an image, such as worker-jenkins: letters, digits, '-', '_' and '.'"),
            entry(Forms.IPV4, "write an IPv4 address, such as 1.1.1.1"),
            entry(Forms.IPV4_NETWORK, "write an IPv4 network, such as 10.0.0.0/8"),
            entry(Forms.VM_SIZE, "write the full name of an Azure size, such as Standard_D8ds_v5"),
            entry(Forms.ZONE, "write the zone as \"1\", \"2\" or \"3\", in quotes"),
            entry(
                    Forms.SUBNET_ID,
                    "write the whole resource id:"
                            + " /subscriptions/…/resourceGroups/…/providers/Microsoft.Network/virtualNetworks/…/subnets/…"),
            entry(
                    Forms.NSG_ID,
                    "write the whole resource id:"
                            + " /subscriptions/…/resourceGroups/…/providers/Microsoft.Network/networkSecurityGroups/…"),
            entry(
                    Forms.IDENTITY_ID,
                    "write the whole resource id: /subscriptions/…/resourceGroups/…/providers/"
                            + "Microsoft.ManagedIdentity/userAssignedIdentities/…"),
            entry(
                    Forms.IMAGE_ID,
                    "write the whole resource id of an image: /subscriptions/…/images/…, /communityGalleries/…/images/…"
                            + " or /sharedGalleries/…/images/…"),
            entry(Forms.IMAGE_VERSION, "write latest, or a version of three numbers, such as 4593.2.1"),
            entry(Forms.ADMIN_USER, "write the name of a Linux user: small letters, digits, '-' and '_'"),
            entry(Forms.SSH_PUBLIC_KEY, "write one public key in OpenSSH form, beginning with ssh-ed25519 or ssh-rsa"),
            entry(
                    Forms.RESOURCE_GROUP,
                    "write the name of a resource group: letters, digits, '-', '_', '.' and parentheses, not ending"
                            + " with '.'"),
            entry(Forms.LOCATION, "write the name of a region without spaces, in small letters, such as westeurope"),
            entry(Forms.HOST_ADDRESS, "write a name or an IP address, such as 192.0.2.7, without a port"),
            entry(
                    Forms.HOST_KEY,
                    "write a fingerprint as ssh-keygen -l prints it (SHA256:…), or a line of"
                            + " /etc/ssh/ssh_host_ed25519_key.pub"),
            entry(Forms.SHA256, "write the 64 hexadecimal digits that sha256sum prints, in small letters"),
            entry(Forms.BUILD_VERSION, "write a version, such as 2026.11.0"),
            entry(
                    Forms.ARCHIVE,
                    "write the name of an archive of Hetzner's rescue system, such as"
                            + " Debian-1210-bookworm-amd64-base, or a URL that begins with http:// or https://"),
            entry(Forms.VOLUME, "write a line that begins with PART, LV or SUBVOL, such as PART / ext4 all"),
            entry(Forms.RAID_LEVEL, "write \"0\", \"1\", \"5\", \"6\" or \"10\", in quotes"),
            entry(Forms.FLATCAR_CHANNEL, "write stable, beta, alpha or lts"),
            entry(Forms.DISK_NAME, "write it as lsblk shows it, without spaces"));

    private FormWording() {}

    static String of(String form) {
        String words = BY_FORM.get(form);
        if (words == null) {
            throw new IllegalStateException("FormWording has no words for the form " + form);
        }
        return words;
    }
}
