package dev.shedmaster.lab.azure.fault;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The errors that matter to who makes machines (docs/sources.md): status, code and message as Azure says them, and whether the refusal comes at
 * once or through the operation. In messages {@code {size}}, {@code {family}}, {@code {location}}, {@code {zone}}, {@code {vm}} (its whole id) and
 * {@code {cores}} are filled in.
 */
public enum KnownError {
    SPOT_QUOTA("SpotQuota", 409, "OperationNotAllowed", false, quota("LowPriorityCores")),
    FAMILY_QUOTA("FamilyQuota", 409, "OperationNotAllowed", false, quota("{family} Cores")),
    REGIONAL_QUOTA("RegionalQuota", 409, "OperationNotAllowed", false, quota("Total Regional Cores")),
    SUBSCRIPTION_QUOTA(
            "SubscriptionQuota",
            409,
            "OperationNotAllowed",
            false,
            "The limit of this subscription is reached. Submit a request for Quota increase at https://aka.ms/ProdportalCRP."),
    SKU_NOT_AVAILABLE(
            "SkuNotAvailable",
            409,
            "SkuNotAvailable",
            false,
            "The requested VM size for resource 'Following SKUs have failed for Capacity Restrictions: {size}' is currently not available in "
                    + "location '{location}'. Please try another size or deploy to a different location or different zone. "
                    + "See https://aka.ms/azureskunotavailable for details."),
    ZONAL_ALLOCATION_FAILED(
            "ZonalAllocationFailed",
            409,
            "ZonalAllocationFailed",
            true,
            "Allocation failed. We do not have sufficient capacity for the requested VM size in this zone. Read more about improving likelihood "
                    + "of allocation success at http://aka.ms/allocation-guidance"),
    ALLOCATION_FAILED(
            "AllocationFailed",
            409,
            "AllocationFailed",
            true,
            "Allocation failed. We do not have sufficient capacity for the requested VM size in this region. Read more about improving "
                    + "likelihood of allocation success at http://aka.ms/allocation-guidance"),
    OVERCONSTRAINED_ZONAL(
            "OverconstrainedZonalAllocationRequest",
            409,
            "OverconstrainedZonalAllocationRequest",
            true,
            "Allocation failed. VM(s) with the following constraints cannot be allocated, because the condition is too restrictive. Please "
                    + "remove some constraints and try again. Constraints applied are: - Availability Zone - VM Size"),
    OVERCONSTRAINED(
            "OverconstrainedAllocationRequest",
            409,
            "OverconstrainedAllocationRequest",
            true,
            "Allocation failed. VM(s) with the following constraints cannot be allocated, because the condition is too restrictive. Please "
                    + "remove some constraints and try again. Constraints applied are: - VM Size"),
    SPOT_PRICE(
            "SpotPriceGreaterThanProvidedMaxPrice",
            409,
            "SpotPriceGreaterThanProvidedMaxPrice",
            false,
            "Unable to perform operation 'Create VM' since the provided max price is lower than the current spot price of '{size}' in "
                    + "'{location}'."),
    MAX_PRICE_INVALID(
            "MaxPriceValueInvalid",
            400,
            "MaxPriceValueInvalid",
            false,
            "Invalid max price value. The only supported values for max price are -1 or a decimal greater than zero."),
    SPOT_NOT_ENABLED(
            "AzureSpotFeatureNotEnabledForSubscription",
            409,
            "AzureSpotFeatureNotEnabledForSubscription",
            false,
            "The Azure Spot feature is not enabled for this subscription."),
    SPOT_NOT_FOR_SIZE(
            "AzureSpotIsNotSupportedForThisVMSize",
            409,
            "AzureSpotIsNotSupportedForThisVMSize",
            false,
            "The VM size '{size}' does not support Azure Spot."),
    SUBNET_FULL(
            "SubnetIsFull",
            400,
            "SubnetIsFull",
            false,
            "The subnet of {vm} does not have enough capacity for 1 IP addresses."),
    PUBLIC_IP_LIMIT(
            "PublicIPCountLimitReached",
            400,
            "PublicIPCountLimitReached",
            false,
            "Cannot create more than 1000 public IP addresses for this subscription in this region."),
    PRIVATE_IP_TAKEN(
            "PrivateIPAddressIsAllocated",
            400,
            "PrivateIPAddressIsAllocated",
            false,
            "The private IP address that was asked for {vm} is already allocated to another resource."),
    NIC_RESERVED(
            "NicReservedForAnotherVm",
            400,
            "NicReservedForAnotherVm",
            false,
            "Nic(s) in request is reserved for another Virtual Machine for 180 seconds. Please provide another nic(s) or retry after 180 "
                    + "seconds. Reserved VM: {vm}"),
    NETWORK_BUSY(
            "RetryableErrorDueToAnotherOperation",
            429,
            "RetryableErrorDueToAnotherOperation",
            false,
            "Operation on the network of {vm} cannot be performed because another operation on a dependent resource is in progress."),
    OS_TIMED_OUT(
            "OSProvisioningTimedOut",
            409,
            "OSProvisioningTimedOut",
            true,
            "OS Provisioning for VM '{name}' did not finish in the allotted time. The VM may still finish provisioning successfully. Please "
                    + "check provisioning state later. Also, make sure the image has been properly prepared (generalized)."),
    OS_CLIENT_ERROR(
            "OSProvisioningClientError",
            409,
            "OSProvisioningClientError",
            true,
            "OS provisioning for VM '{name}' failed. Error details: the provisioning agent reported a failure of its own."),
    OS_INTERNAL_ERROR(
            "OSProvisioningInternalError",
            500,
            "OSProvisioningInternalError",
            true,
            "OS Provisioning failed for VM '{name}' due to an internal error."),
    PROPERTY_CHANGE(
            "PropertyChangeNotAllowed",
            409,
            "PropertyChangeNotAllowed",
            false,
            "Changing property 'osProfile' is not allowed."),
    PRECONDITION(
            "PreconditionFailed",
            412,
            "PreconditionFailed",
            false,
            "The precondition of the request does not hold for {vm}."),
    PREEMPTED(
            "OperationPreempted",
            409,
            "OperationPreempted",
            true,
            "The operation has been preempted by a more recent operation."),
    BUSY(
            "AnotherOperationInProgress",
            409,
            "AnotherOperationInProgress",
            false,
            "Another operation on {vm} is in progress."),
    PLATFORM_IMAGE(
            "PlatformImageNotFound",
            404,
            "PlatformImageNotFound",
            false,
            "The platform image of {vm} is not available. Verify that all fields in the storage profile are correct."),
    GALLERY_IMAGE(
            "GalleryImageNotFound",
            404,
            "GalleryImageNotFound",
            false,
            "The gallery image of {vm} is not available in {location} region. Please contact image owner to replicate to this region, or "
                    + "change your requested region."),
    MARKETPLACE_ELIGIBILITY(
            "MarketplacePurchaseEligibilityFailed",
            400,
            "MarketplacePurchaseEligibilityFailed",
            false,
            "Marketplace purchase eligibility check returned errors. See inner errors for details."),
    MARKETPLACE_INPUT(
            "VMMarketplaceInvalidInput",
            400,
            "VMMarketplaceInvalidInput",
            false,
            "Creating a virtual machine from Marketplace image requires Plan information in the request. VM: '{vm}'."),
    INVALID_PARAMETER(
            "InvalidParameter",
            400,
            "InvalidParameter",
            false,
            "The value of a parameter of the machine '{name}' is invalid."),
    POLICY(
            "RequestDisallowedByPolicy",
            403,
            "RequestDisallowedByPolicy",
            false,
            "Resource '{name}' was disallowed by policy. Policy identifiers: 'allowed machine sizes'."),
    REGION_DISALLOWED(
            "RequestDisallowedByAzure",
            403,
            "RequestDisallowedByAzure",
            false,
            "Resource '{name}' was disallowed by Azure: This policy maintains a set of best available regions where your subscription can "
                    + "deploy resources. The objective of this policy is to ensure that your subscription has full access to Azure services "
                    + "with optimal performance. Should you need additional or different regions, contact support."),
    SUBSCRIPTION_DISABLED(
            "ReadOnlyDisabledSubscription",
            409,
            "ReadOnlyDisabledSubscription",
            false,
            "The subscription is disabled and therefore marked as read only. You cannot perform any write actions on this subscription until "
                    + "it is re-enabled."),
    LOCKED(
            "ScopeLocked",
            409,
            "ScopeLocked",
            false,
            "The scope '{vm}' cannot perform write operation because following scope(s) are locked. Please remove the lock and try again."),
    AUTHORIZATION_FAILED(
            "AuthorizationFailed",
            403,
            "AuthorizationFailed",
            false,
            "The client does not have authorization to perform this action over scope '{vm}' or the scope is invalid. If access was recently "
                    + "granted, please refresh your credentials."),
    INTERNAL(
            "InternalOperationError",
            409,
            "InternalOperationError",
            true,
            "An internal execution error occurred. Please retry later.");

    private static String quota(String what) {
        return "Operation could not be completed as it results in exceeding approved " + what
                + " quota. Additional details - Deployment Model: Resource Manager, Location: {location}, Current Limit: {limit}, Current Usage:"
                + " {usage}, Additional Required: {cores}, (Minimum) New Limit Required: {needed}. Submit a request for Quota increase at"
                + " https://aka.ms/ProdportalCRP by specifying parameters listed in the 'Details' section for deployment to succeed. Please read"
                + " more about quota limits at https://docs.microsoft.com/azure/azure-supportability/per-vm-quota-requests";
    }

    private final String faultName;
    private final int status;
    private final String code;
    private final boolean comesLater;
    private final String message;

    KnownError(String faultName, int status, String code, boolean comesLater, String message) {
        this.faultName = faultName;
        this.status = status;
        this.code = code;
        this.comesLater = comesLater;
        this.message = message;
    }

    /** The name under which a fault asks for it: the code, but for the quotas, which share one. */
    public String faultName() {
        return faultName;
    }

    /** Whether Azure says it through the operation, after it has accepted the call. */
    public boolean comesLater() {
        return comesLater;
    }

    public ArmError in(ErrorPlace place) {
        return ArmError.of(status, code, place.fill(message));
    }

    public static Optional<KnownError> named(String faultName) {
        return Arrays.stream(values())
                .filter(error -> error.faultName.equalsIgnoreCase(faultName))
                .findFirst();
    }

    public static String names() {
        return Arrays.stream(values()).map(KnownError::faultName).collect(Collectors.joining(", "));
    }
}
