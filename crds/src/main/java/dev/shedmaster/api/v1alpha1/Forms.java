package dev.shedmaster.api.v1alpha1;

/**
 * The forms that texts of the API must have, as regular expressions (RE2: no look-ahead). The generator of the CRDs turns
 * each into a rule with words for a person, because the API server's own answer to a wrong pattern is the pattern.
 */
final class Forms {

    private static final String NUMBER = "[0-9]{1,6}";
    private static final String POSITIVE_NUMBER = "[0-9]{0,5}[1-9][0-9]{0,5}";
    private static final String AMONG = "[-/.A-Za-z0-9_()]";

    static final String OBJECT_NAME = "^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$";
    static final String DNS_LABEL = "^[a-z]([-a-z0-9]*[a-z0-9])?$";
    static final String DATA_KEY = "^[-._a-zA-Z0-9]+$";
    static final String ABSOLUTE_PATH = "^/[-._/a-zA-Z0-9]*$";
    static final String HTTP_URL = "^https?://[-a-zA-Z0-9.:\\[\\]]+(/[^\\s?#]*)?$";
    /** What may be sent there is read by nobody on the way. */
    static final String GUARDED_URL = "^(https://|http://(localhost|127\\.0\\.0\\.1|\\[::1\\])(:[0-9]+)?(/|$))";

    static final String HTTP_PROXY = "^http://[-a-zA-Z0-9.:\\[\\]]+/?$";
    static final String UUID = "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$";

    static final String DURATION =
            "^(" + NUMBER + "h(" + NUMBER + "m)?(" + NUMBER + "s)?|" + NUMBER + "m(" + NUMBER + "s)?|" + NUMBER + "s)$";
    static final String POSITIVE_DURATION = "^(" + POSITIVE_NUMBER + "h(" + NUMBER + "m)?(" + NUMBER + "s)?|(" + NUMBER
            + "h)?" + POSITIVE_NUMBER + "m(" + NUMBER + "s)?|(" + NUMBER + "h)?(" + NUMBER + "m)?" + POSITIVE_NUMBER
            + "s)$";
    static final String QUANTITY = "^[1-9][0-9]{0,8}(Mi|Gi|Ti|M|G|T)$";
    static final String MONEY = "^[0-9]{1,9}(\\.[0-9]{1,6})? [A-Z]{3}$";
    static final String TIME_ZONE = "^[A-Za-z][A-Za-z0-9]*(/[-+A-Za-z0-9_]+){0,2}$";

    private static final String MINUTE = "[0-5]?[0-9]";
    private static final String HOUR = "([01]?[0-9]|2[0-3])";
    private static final String DAY = "(0?[1-9]|[12][0-9]|3[01])";
    private static final String MONTH =
            "(0?[1-9]|1[0-2]|[Jj][Aa][Nn]|[Ff][Ee][Bb]|[Mm][Aa][Rr]|[Aa][Pp][Rr]|[Mm][Aa][Yy]"
                    + "|[Jj][Uu][Nn]|[Jj][Uu][Ll]|[Aa][Uu][Gg]|[Ss][Ee][Pp]|[Oo][Cc][Tt]|[Nn][Oo][Vv]|[Dd][Ee][Cc])";
    private static final String WEEKDAY =
            "([0-7]|[Ss][Uu][Nn]|[Mm][Oo][Nn]|[Tt][Uu][Ee]|[Ww][Ee][Dd]|[Tt][Hh][Uu]" + "|[Ff][Rr][Ii]|[Ss][Aa][Tt])";
    private static final String STEP = "(/[1-9][0-9]?)?";

    static final String CRON = "^"
            + "(\\*|" + MINUTE + "(-" + MINUTE + ")?)" + STEP + "(,(\\*|" + MINUTE + "(-" + MINUTE + ")?)" + STEP
            + ")* +"
            + "(\\*|" + HOUR + "(-" + HOUR + ")?)" + STEP + "(,(\\*|" + HOUR + "(-" + HOUR + ")?)" + STEP + ")* +"
            + "(\\*|" + DAY + "(-" + DAY + ")?)" + STEP + "(,(\\*|" + DAY + "(-" + DAY + ")?)" + STEP + ")* +"
            + "(\\*|" + MONTH + "(-" + MONTH + ")?)" + STEP + "(,(\\*|" + MONTH + "(-" + MONTH + ")?)" + STEP + ")* +"
            + "(\\*|" + WEEKDAY + "(-" + WEEKDAY + ")?)" + STEP + "(,(\\*|" + WEEKDAY + "(-" + WEEKDAY + ")?)" + STEP
            + ")*$";

    static final String JENKINS_LABEL = "^[^\\s&|!<>()\"'\\\\]+$";
    static final String CONTAINER_IMAGE = "^[a-z0-9][-a-z0-9.:/_@A-Z]*$";

    private static final String LABEL_NAME = "[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?";
    static final String LABEL_KEY = "^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?" + LABEL_NAME + "$";
    static final String LABEL_VALUE = "^(" + LABEL_NAME + ")?$";
    static final String HOST_IMAGE = "^[A-Za-z0-9][A-Za-z0-9._-]*$";
    private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])";
    static final String IPV4 = "^(" + BYTE + "\\.){3}" + BYTE + "$";
    static final String IPV4_NETWORK = "^(" + BYTE + "\\.){3}" + BYTE + "/(3[0-2]|[12]?[0-9])$";

    static final String VM_SIZE = "^(Standard|Basic)_[A-Z]+[0-9]+(-[0-9]+)?[a-z]*(_[A-Za-z0-9]+)*$";
    static final String ZONE = "^[1-3]$";
    static final String SUBNET_ID = "(?i)^/subscriptions/" + AMONG
            + "+/providers/microsoft\\.network/virtualnetworks/[^/\\s]+/subnets/[^/\\s]+$";
    static final String NSG_ID =
            "(?i)^/subscriptions/" + AMONG + "+/providers/microsoft\\.network/networksecuritygroups/[^/\\s]+$";
    static final String IDENTITY_ID =
            "(?i)^/subscriptions/" + AMONG + "+/providers/microsoft\\.managedidentity/userassignedidentities/[^/\\s]+$";
    static final String IMAGE_ID =
            "(?i)^/(subscriptions|communitygalleries|sharedgalleries)/" + AMONG + "+/images/" + AMONG + "+$";
    static final String IMAGE_VERSION = "^(latest|[0-9]+\\.[0-9]+\\.[0-9]+)$";
    static final String ADMIN_USER = "^[a-z_][-a-z0-9_]*$";
    static final String SSH_PUBLIC_KEY = "^(ssh-ed25519|ssh-rsa) [A-Za-z0-9+/]+=*( .*)?$";
    static final String RESOURCE_GROUP = "^[-\\w._()]*[-\\w_()]$";
    static final String LOCATION = "^[a-z][a-z0-9]+$";

    static final String HOST_ADDRESS = "^[A-Za-z0-9]([-A-Za-z0-9.:]*[A-Za-z0-9])?$";
    static final String HOST_KEY =
            "^(SHA256:[A-Za-z0-9+/]{43}=?|(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(256|384|521)) [A-Za-z0-9+/]+=*( .*)?)$";
    static final String SHA256 = "^[0-9a-f]{64}$";
    static final String BUILD_VERSION = "^[A-Za-z0-9][-+._A-Za-z0-9]*$";
    static final String DISK_NAME = "^[-+._:A-Za-z0-9]+$";

    static final String ARCHIVE = "^(https?://[-a-zA-Z0-9.:\\[\\]]+/[^\\s?#]+|[A-Za-z0-9][-+._A-Za-z0-9]*)$";
    static final String VOLUME = "^(PART|LV|SUBVOL) [-+._/ A-Za-z0-9]+$";
    static final String RAID_LEVEL = "^(0|1|5|6|10)$";
    static final String FLATCAR_CHANNEL = "^(stable|beta|alpha|lts)$";

    private Forms() {}
}
