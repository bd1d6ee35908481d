package dev.shedmaster.api.v1alpha1;

/**
 * What the name of an Azure size tells, as regular expressions (RE2). Names follow Azure's convention: family, CPUs, the
 * additive features in small letters ({@code p}: Arm, {@code d}: local disk, …), accelerator, version.
 *
 * <p>Only what is known is refused; a size that no expression matches is left for Azure to judge.
 */
final class AzureSizes {

    private static final String FAMILY_AND_CPUS = "^Standard_[A-Z]+[0-9]+(-[0-9]+)?";

    /** Arm processors. */
    static final String ARM = FAMILY_AND_CPUS + "[a-z]*p[a-z]*(_.*)?$";

    /** Sizes without nested virtualisation besides the Arm ones: A, first B, D and Dv2, and the confidential DC and EC. */
    static final String NO_NESTED_VIRTUALISATION =
            "^(Standard|Basic)_(A[0-9].*|B[0-9]+[a-z]*|DS?[0-9]+(-[0-9]+)?(_v2.*|_Promo)?|[DE]C[0-9].*)$";

    /** D and E sizes since v5 whose features lack the {@code d}: no disk on the host that a system could run from. */
    static final String NO_LOCAL_DISK = "^Standard_[DE][0-9]+(-[0-9]+)?[a-ce-z]*_v[5-9]$";

    /** D and E sizes up to v5: their local disk is a temporary disk or a cache, not NVMe. */
    static final String NO_LOCAL_NVME = "^Standard_[DE][0-9]+(-[0-9]+)?[a-z]*_v[2-5]$";

    /** D, E and F sizes since v6: their only local disks are NVMe. */
    static final String ONLY_LOCAL_NVME = "^Standard_[DEF][A-Z]*[0-9]+(-[0-9]+)?[a-z]*_v[6-9]$";

    private AzureSizes() {}
}
