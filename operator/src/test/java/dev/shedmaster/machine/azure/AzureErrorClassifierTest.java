package dev.shedmaster.machine.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.shedmaster.core.placement.Blockage;
import dev.shedmaster.core.placement.Blockage.FamilyFrom;
import dev.shedmaster.core.placement.Blockage.SizeAt;
import dev.shedmaster.core.placement.Blockage.WholeAccount;
import dev.shedmaster.core.placement.Blockage.WholeNetwork;
import dev.shedmaster.core.placement.Blockage.WholeType;
import dev.shedmaster.core.placement.CapacityType;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.http.ApiAnswer;
import dev.shedmaster.port.PortError;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AzureErrorClassifierTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final String ACCOUNT = "ci/azure";
    private static final Offering SPOT = offering("1", CapacityType.SPOT);
    private static final Offering ON_DEMAND = offering("1", CapacityType.ON_DEMAND);
    private static final Offering REGIONAL = offering(null, CapacityType.ON_DEMAND);
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
    private static final Duration HOUR = Duration.ofHours(1);

    private final AzureErrorClassifier classifier = new AzureErrorClassifier(ACCOUNT);

    private static Offering offering(@Nullable String zone, CapacityType type) {
        return new Offering("p", ACCOUNT, "Standard_D8ds_v5", "standardDDSv5Family", zone, type, 8, 0);
    }

    /** A row of the table: what Azure says to which offering, at once (with a status) or through the operation (0). */
    record Row(int status, String code, String message, Offering offering, Expected expected) {
        @Override
        public String toString() {
            return status + " " + code + " for " + offering.describe() + " → " + expected;
        }
    }

    sealed interface Expected {
        record Quota(Blockage.Scope scope, Duration time) implements Expected {}

        record Capacity(Blockage.Scope scope, Duration time) implements Expected {}

        record Throttled(Duration time) implements Expected {}

        record Invalid(String field) implements Expected {}

        record Transient() implements Expected {}

        record Unauthorized() implements Expected {}

        record AlreadyExists() implements Expected {}

        record NotFound() implements Expected {}
    }

    private static String quota(String what, int limit) {
        return "Operation could not be completed as it results in exceeding approved " + what
                + " quota. Additional details - Deployment Model: Resource Manager, Location: westeurope, Current Limit: "
                + limit + ", Current Usage: " + limit + ", Additional Required: 8, (Minimum) New Limit Required: "
                + (limit + 8) + ". Submit a request for Quota increase at https://aka.ms/ProdportalCRP by specifying"
                + " parameters listed in the 'Details' section for deployment to succeed.";
    }

    private static final String ALLOCATION =
            "Allocation failed. We do not have sufficient capacity for the requested VM"
                    + " size in this region. Read more about improving likelihood of allocation success at"
                    + " http://aka.ms/allocation-guidance";

    static Stream<Row> table() {
        Expected.Transient aTransient = new Expected.Transient();
        return Stream.of(
                // Quota.
                new Row(
                        409,
                        "OperationNotAllowed",
                        quota("LowPriorityCores", 16),
                        SPOT,
                        new Expected.Quota(new WholeType(ACCOUNT, CapacityType.SPOT), HOUR)),
                new Row(
                        409,
                        "OperationNotAllowed",
                        quota("standardDDSv5Family Cores", 16),
                        ON_DEMAND,
                        new Expected.Quota(
                                new FamilyFrom(ACCOUNT, "standardDDSv5Family", CapacityType.ON_DEMAND, 8),
                                TEN_MINUTES)),
                new Row(
                        409,
                        "OperationNotAllowed",
                        quota("standardDDSv5Family Cores", 0),
                        ON_DEMAND,
                        new Expected.Quota(
                                new FamilyFrom(ACCOUNT, "standardDDSv5Family", CapacityType.ON_DEMAND, 8), HOUR)),
                new Row(
                        409,
                        "OperationNotAllowed",
                        quota("Total Regional Cores", 16),
                        ON_DEMAND,
                        new Expected.Quota(new WholeType(ACCOUNT, CapacityType.ON_DEMAND), TEN_MINUTES)),
                new Row(
                        409,
                        "OperationNotAllowed",
                        "The limit is reached. Submit a request for Quota increase at https://aka.ms/ProdportalCRP.",
                        ON_DEMAND,
                        new Expected.Quota(new WholeAccount(ACCOUNT), TEN_MINUTES)),
                new Row(
                        400,
                        "QuotaExceeded",
                        quota("standardDDSv5Family Cores", 8),
                        ON_DEMAND,
                        new Expected.Quota(
                                new FamilyFrom(ACCOUNT, "standardDDSv5Family", CapacityType.ON_DEMAND, 8),
                                TEN_MINUTES)),
                // Capacity.
                new Row(
                        409,
                        "SkuNotAvailable",
                        "The requested VM size for resource 'Following SKUs have failed for Capacity Restrictions:"
                                + " Standard_D8ds_v5' is currently not available in location 'westeurope'.",
                        SPOT,
                        new Expected.Capacity(new SizeAt(ACCOUNT, "Standard_D8ds_v5", "1", CapacityType.SPOT), HOUR)),
                new Row(
                        409,
                        "SkuNotAvailable",
                        "The requested size is not available.",
                        REGIONAL,
                        new Expected.Capacity(
                                new SizeAt(ACCOUNT, "Standard_D8ds_v5", null, CapacityType.ON_DEMAND),
                                Duration.ofHours(23))),
                new Row(
                        0,
                        "ZonalAllocationFailed",
                        ALLOCATION.replace("region", "zone"),
                        ON_DEMAND,
                        new Expected.Capacity(new SizeAt(ACCOUNT, "Standard_D8ds_v5", "1", null), HOUR)),
                new Row(
                        0,
                        "AllocationFailed",
                        ALLOCATION,
                        REGIONAL,
                        new Expected.Capacity(new SizeAt(ACCOUNT, "Standard_D8ds_v5", null, null), HOUR)),
                new Row(
                        0,
                        "AllocationFailed",
                        ALLOCATION,
                        SPOT,
                        new Expected.Capacity(new SizeAt(ACCOUNT, "Standard_D8ds_v5", "1", null), HOUR)),
                new Row(
                        0,
                        "OverconstrainedZonalAllocationRequest",
                        "Allocation failed. VM(s) with the following constraints cannot be allocated.",
                        ON_DEMAND,
                        new Expected.Capacity(
                                new SizeAt(ACCOUNT, "Standard_D8ds_v5", "1", CapacityType.ON_DEMAND), HOUR)),
                new Row(
                        0,
                        "OverconstrainedAllocationRequest",
                        "Allocation failed. VM(s) with the following constraints cannot be allocated.",
                        SPOT,
                        new Expected.Capacity(new SizeAt(ACCOUNT, "Standard_D8ds_v5", "1", CapacityType.SPOT), HOUR)),
                // Price and Spot.
                new Row(
                        409,
                        "SpotPriceGreaterThanProvidedMaxPrice",
                        "The provided max price is lower than the current spot price.",
                        SPOT,
                        new Expected.Capacity(new SizeAt(ACCOUNT, "Standard_D8ds_v5", "1", CapacityType.SPOT), HOUR)),
                new Row(
                        400,
                        "MaxPriceValueInvalid",
                        "Invalid max price value.",
                        SPOT,
                        new Expected.Invalid("priority")),
                new Row(
                        409,
                        "AzureSpotFeatureNotEnabledForSubscription",
                        "Not enabled.",
                        SPOT,
                        new Expected.Invalid("priority")),
                new Row(
                        409,
                        "AzureSpotIsNotSupportedForThisVMSize",
                        "Not supported.",
                        SPOT,
                        new Expected.Invalid("vmSizes")),
                // Network.
                new Row(
                        400,
                        "SubnetIsFull",
                        "Subnet workers with address prefix 10.0.0.0/24 does not have enough capacity for 1 IP addresses.",
                        SPOT.in("/subnets/workers"),
                        new Expected.Capacity(new WholeNetwork(ACCOUNT, "/subnets/workers"), TEN_MINUTES)),
                new Row(
                        400,
                        "InsufficientSubnetSize",
                        "Nobody knows which subnet was asked for.",
                        SPOT,
                        new Expected.Capacity(new WholeAccount(ACCOUNT), TEN_MINUTES)),
                new Row(
                        400,
                        "PublicIPCountLimitReached",
                        "Cannot create more than 1000 public IP addresses.",
                        SPOT,
                        new Expected.Quota(new WholeAccount(ACCOUNT), TEN_MINUTES)),
                new Row(
                        400,
                        "PrivateIPAddressIsAllocated",
                        "The address is allocated.",
                        SPOT,
                        new Expected.Throttled(Duration.ofSeconds(30))),
                new Row(
                        400,
                        "NicReservedForAnotherVm",
                        "Nic(s) in request is reserved for another Virtual Machine for 180 seconds.",
                        SPOT,
                        new Expected.Throttled(Duration.ofMinutes(3))),
                new Row(
                        429,
                        "RetryableErrorDueToAnotherOperation",
                        "Another operation is in progress.",
                        SPOT,
                        new Expected.Throttled(Duration.ofSeconds(30))),
                // Guest.
                new Row(0, "OSProvisioningTimedOut", "OS Provisioning did not finish in time.", SPOT, aTransient),
                new Row(0, "OSProvisioningClientError", "OS provisioning failed.", SPOT, aTransient),
                new Row(0, "OSProvisioningInternalError", "OS provisioning failed.", SPOT, aTransient),
                // Conflicts.
                new Row(
                        409,
                        "PropertyChangeNotAllowed",
                        "Changing property 'osProfile' is not allowed.",
                        SPOT,
                        new Expected.AlreadyExists()),
                new Row(
                        412,
                        "PreconditionFailed",
                        "The precondition does not hold.",
                        SPOT,
                        new Expected.AlreadyExists()),
                new Row(0, "OperationPreempted", "Preempted by a more recent operation.", SPOT, aTransient),
                new Row(409, "AnotherOperationInProgress", "In progress.", SPOT, aTransient),
                new Row(409, "SomethingNew", "Nobody has seen this yet.", SPOT, aTransient),
                // Image and plan.
                new Row(404, "PlatformImageNotFound", "Not available.", SPOT, new Expected.Invalid("image")),
                new Row(404, "GalleryImageNotFound", "Not available.", SPOT, new Expected.Invalid("image")),
                new Row(
                        400,
                        "MarketplacePurchaseEligibilityFailed",
                        "Marketplace purchase eligibility check returned errors.",
                        SPOT,
                        new Expected.Invalid("image.plan")),
                new Row(
                        400,
                        "VMMarketplaceInvalidInput",
                        "Plan information is required.",
                        SPOT,
                        new Expected.Invalid("image.plan")),
                // Rights and places.
                new Row(403, "AuthorizationFailed", "The client may not.", SPOT, new Expected.Unauthorized()),
                new Row(401, "ExpiredAuthenticationToken", "The token is expired.", SPOT, new Expected.Unauthorized()),
                // Pages of a proxy.
                new Row(401, "", "", SPOT, aTransient),
                new Row(403, "", "", SPOT, aTransient),
                new Row(
                        403,
                        "RequestDisallowedByPolicy",
                        "Disallowed by policy.",
                        SPOT,
                        new Expected.Invalid("placements")),
                new Row(
                        403,
                        "RequestDisallowedByAzure",
                        "Resource 'sm-x' was disallowed by Azure.",
                        ON_DEMAND,
                        new Expected.Capacity(new WholeAccount(ACCOUNT), Duration.ofHours(23))),
                new Row(404, "ResourceGroupNotFound", "No such group.", SPOT, new Expected.Invalid("resourceGroup")),
                new Row(404, "SubscriptionNotFound", "No such.", SPOT, new Expected.Invalid("subscriptionId")),
                new Row(404, "ResourceNotFound", "The Resource was not found.", SPOT, new Expected.NotFound()),
                new Row(
                        400,
                        "InvalidResourceReference",
                        "Resource /subscriptions/x/resourceGroups/n/providers/Microsoft.Network/virtualNetworks/v/subnets/s"
                                + " referenced by resource was not found.",
                        SPOT,
                        new Expected.Invalid("subnetId")),
                // The server.
                new Row(500, "InternalServerError", "Oops.", SPOT, aTransient),
                new Row(503, "", "", SPOT, aTransient),
                new Row(0, "InternalOperationError", "An internal execution error occurred.", SPOT, aTransient));
    }

    @ParameterizedTest
    @MethodSource("table")
    void everyRowOfTheTable(Row row) {
        ArmFailure failure = new ArmFailure(
                row.status(),
                null,
                row.code().isEmpty() ? List.of() : List.of(new ArmFailure.Item(row.code(), row.message(), "")));
        PortError error = classifier.classify(failure, row.offering(), NOW);
        assertThat(seen(error)).isEqualTo(row.expected());
        if (!row.message().isEmpty()) {
            assertThat(error.message()).contains(row.message());
        }
    }

    private static Expected seen(PortError error) {
        return switch (error) {
            case PortError.QuotaExceeded quota ->
                new Expected.Quota(
                        quota.blockage().scope(),
                        Duration.between(NOW, quota.blockage().until()));
            case PortError.CapacityExhausted capacity ->
                new Expected.Capacity(
                        capacity.blockage().scope(),
                        Duration.between(NOW, capacity.blockage().until()));
            case PortError.Throttled throttled -> new Expected.Throttled(throttled.retryAfter());
            case PortError.HeldBack held -> throw new AssertionError("Azure answered, so the call was sent: " + held);
            case PortError.Invalid invalid -> new Expected.Invalid(invalid.field());
            case PortError.Transient lost -> new Expected.Transient();
            case PortError.Unauthorized refused -> new Expected.Unauthorized();
            case PortError.AlreadyExists taken -> new Expected.AlreadyExists();
            case PortError.NotFound gone -> new Expected.NotFound();
        };
    }

    @Test
    void aRefusalForTheRateIsNoQuotaAlthoughItHasQuotasCode() {
        String body = """
                {"error": {"code": "OperationNotAllowed",
                  "message": "The server rejected the request because too many requests have been received.",
                  "details": [{"code": "TooManyRequests", "target": "PutVM",
                               "message": "{\\"operationGroup\\":\\"PutVM\\",\\"allowedRequestCount\\":1500}"}]}}
                """;
        ArmFailure failure = ArmFailure.of(answer(429, body, "Retry-After", "77"), NOW);
        assertThat(classifier.classify(failure, SPOT, NOW))
                .isInstanceOfSatisfying(
                        PortError.Throttled.class,
                        throttled -> assertThat(throttled.retryAfter()).isEqualTo(Duration.ofSeconds(77)));
    }

    @Test
    void theRealCodeBehindAGeneralOneCounts() {
        ArmFailure failure = ArmFailure.ofOperation(Json.read("""
                {"code": "ResourceDeploymentFailure", "message": "It failed.",
                 "details": [{"code": "Conflict", "message": "x", "details": [
                   {"code": "ZonalAllocationFailed", "message": "No capacity in this zone."}]}]}
                """.getBytes(StandardCharsets.UTF_8)));
        assertThat(classifier.classify(failure, ON_DEMAND, NOW)).isInstanceOf(PortError.CapacityExhausted.class);
    }

    @Test
    void anErrorWithoutItsOfferingBlocksNothing() {
        ArmFailure failure = ArmFailure.ofStatus("AllocationFailed", ALLOCATION);
        assertThat(classifier.classify(failure, NOW)).isInstanceOf(PortError.Transient.class);
    }

    @Test
    void aGatewaysHtmlIsAnAnswerToo() {
        ArmFailure failure = ArmFailure.of(answer(502, "<html><body>Bad Gateway</body></html>"), NOW);
        assertThat(classifier.classify(failure, SPOT, NOW))
                .isInstanceOf(PortError.Transient.class)
                .extracting(PortError::message)
                .asString()
                .contains("502");
    }

    @Test
    void waitsAreHonouredUpToTheLongestThatAzureDocuments() {
        assertThat(retryAfter("1200")).isEqualTo(Duration.ofMinutes(20));
        assertThat(retryAfter("86400")).isEqualTo(Duration.ofMinutes(20));
        assertThat(retryAfter("0")).isEqualTo(Duration.ZERO);
        assertThat(retryAfter("Tue, 24 Nov 2026 12:00:42 GMT")).isEqualTo(Duration.ofSeconds(42));
        assertThat(retryAfter("Tue, 24 Nov 2026 11:00:00 GMT")).isEqualTo(Duration.ZERO);
        assertThat(retryAfter("soon")).isEqualTo(Duration.ofSeconds(30));
        assertThat(AzureErrorClassifier.retryAfter(ArmFailure.of(answer(429, "{}"), NOW)))
                .isEqualTo(Duration.ofSeconds(30));
    }

    private static Duration retryAfter(String header) {
        return AzureErrorClassifier.retryAfter(ArmFailure.of(answer(429, "{}", "Retry-After", header), NOW));
    }

    @Test
    void aLongErrorIsCutAndAnEndlessOneDoesNotOverflow() {
        StringBuilder nested = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            nested.append("{\"code\":\"C").append(i).append("\",\"message\":\"m\",\"details\":[");
        }
        String body = nested + "]}".repeat(200);
        ArmFailure deep = ArmFailure.of(answer(400, "{\"error\":" + body + "}"), NOW);
        assertThat(deep.items()).hasSizeBetween(1, 10);
        ArmFailure wide = ArmFailure.of(
                answer(400, "{\"error\":{\"code\":\"C\",\"message\":\"" + "x".repeat(100_000) + "\"}}"), NOW);
        PortError error = classifier.classify(wide, SPOT, NOW);
        if (!(error instanceof PortError.Invalid)) {
            fail("expected Invalid, got " + error);
        }
        assertThat(error.message()).hasSizeLessThan(700);
    }

    private static ApiAnswer answer(int status, String body, String... headers) {
        return new ApiAnswer(status, Headers.of(headers), body.getBytes(StandardCharsets.UTF_8));
    }
}
