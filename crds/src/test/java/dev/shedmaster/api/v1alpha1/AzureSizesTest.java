package dev.shedmaster.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("What the name of an Azure size tells")
class AzureSizesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # size                     | Arm   | cannot nest | no local disk | no NVMe | only NVMe
            Standard_D8ds_v5           | no    | no          | no            | yes     | no
            Standard_D8s_v5            | no    | no          | yes           | yes     | no
            Standard_D8as_v5           | no    | no          | yes           | yes     | no
            Standard_D8ads_v6          | no    | no          | no            | no      | yes
            Standard_D8ds_v6           | no    | no          | no            | no      | yes
            Standard_D8alds_v6         | no    | no          | no            | no      | yes
            Standard_D8s_v6            | no    | no          | yes           | no      | yes
            Standard_D8lds_v5          | no    | no          | no            | yes     | no
            Standard_D4_v3             | no    | no          | no            | yes     | no
            Standard_D4s_v3            | no    | no          | no            | yes     | no
            Standard_E16-4ds_v5        | no    | no          | no            | yes     | no
            Standard_F8s_v2            | no    | no          | no            | no      | no
            Standard_F8ams_v6          | no    | no          | no            | no      | yes
            Standard_D8pds_v5          | yes   | no          | no            | yes     | no
            Standard_D8pls_v5          | yes   | no          | yes           | yes     | no
            Standard_E8pds_v6          | yes   | no          | no            | no      | yes
            Standard_B2pts_v2          | yes   | no          | no            | no      | no
            Standard_B4ms              | no    | yes         | no            | no      | no
            Standard_B4as_v2           | no    | no          | no            | no      | no
            Standard_A4_v2             | no    | yes         | no            | no      | no
            Standard_A8m_v2            | no    | yes         | no            | no      | no
            Basic_A1                   | no    | yes         | no            | no      | no
            Standard_D4                | no    | yes         | no            | no      | no
            Standard_D4_v2             | no    | yes         | no            | yes     | no
            Standard_DS3_v2            | no    | yes         | no            | no      | no
            Standard_DS12-1_v2         | no    | yes         | no            | no      | no
            Standard_DS3_v2_Promo      | no    | yes         | no            | no      | no
            Standard_DC4ads_v5         | no    | yes         | no            | no      | no
            Standard_EC8as_v5          | no    | yes         | no            | no      | no
            Standard_NC24ads_A100_v4   | no    | no          | no            | no      | no
            Standard_L8s_v3            | no    | no          | no            | no      | no
            Standard_M416ms_v2         | no    | no          | no            | no      | no
            """)
    void isRead(String size, String arm, String cannotNest, String noLocalDisk, String noNvme, String onlyNvme) {
        assertThat(size).matches(Forms.VM_SIZE);
        assertThat(holds(AzureSizes.IS_ARM, size)).as("Arm").isEqualTo(arm);
        assertThat(holds(AzureSizes.CANNOT_NEST, size)).as("cannot nest").isEqualTo(cannotNest);
        assertThat(holds(AzureSizes.LACKS_LOCAL_DISK, size)).as("no local disk").isEqualTo(noLocalDisk);
        assertThat(holds(AzureSizes.LACKS_NVME, size)).as("no NVMe").isEqualTo(noNvme);
        assertThat(holds(AzureSizes.HAS_ONLY_NVME, size)).as("only NVMe").isEqualTo(onlyNvme);
    }

    /** The conditions are CEL of one form, and their expressions mean the same to Java. */
    private static String holds(String condition, String size) {
        assertThat(condition).startsWith("s.matches(r'").endsWith("')");
        String expression = condition.substring("s.matches(r'".length(), condition.length() - "')".length());
        return Pattern.compile(expression).matcher(size).find() ? "yes" : "no";
    }
}
