package dev.shedmaster.api.v1alpha1;

/**
 * What the name of an Azure size tells, as conditions in CEL on a size {@code s}. Names follow Azure's convention: family,
 * CPUs, the additive features in small letters ({@code p}: Arm, {@code d}: local disk, …), accelerator, version.
 *
 * <p>Only what is known is refused; a size that no condition holds for is left for Azure to judge.
 */
final class AzureSizes {

    /** Arm processors. */
    static final String IS_ARM = "s.matches(r'^Standard_[A-Z]+[0-9]+(-[0-9]+)?[a-z]*p[a-z]*(_.*)?$')";

    static final String IS_AMD64 = "!" + IS_ARM;

    /** No nested virtualisation, besides Arm: A, the first B, D and Dv2, and the confidential DC and EC. */
    static final String CANNOT_NEST = "s.matches(r'^(Standard|Basic)_"
            + "(A[0-9].*|B[0-9]+[a-z]*|DS?[0-9]+(-[0-9]+)?(_v2.*|_Promo)?|[DE]C[0-9].*)$')";

    /** D and E sizes since v5 whose features lack the {@code d}: no disk on the host that a system could run from. */
    static final String LACKS_LOCAL_DISK = "s.matches(r'^Standard_[DE][0-9]+(-[0-9]+)?[a-ce-z]*_v[5-9]$')";

    /** D and E sizes up to v5: their local disk is a temporary disk or a cache, not NVMe. */
    static final String LACKS_NVME = "s.matches(r'^Standard_[DE][0-9]+(-[0-9]+)?[a-z]*_v[2-5]$')";

    /** D, E and F sizes since v6: their only local disks are NVMe. */
    static final String HAS_ONLY_NVME = "s.matches(r'^Standard_[DEF][A-Z]*[0-9]+(-[0-9]+)?[a-z]*_v[6-9]$')";

    /** Whether a pool has a size for which the condition that follows holds; closed by "))". */
    static final String POOL_HAS = "self.placements.exists(p, has(p.azure) && p.azure.vmSizes.exists(s, ";

    /** Something of each placement that has such a size: condition, "), ", something, ")[0]" for the first. */
    static final String OF_PLACEMENTS_WITH = "self.placements.map(p, has(p.azure) && p.azure.vmSizes.exists(s, ";

    private AzureSizes() {}
}
