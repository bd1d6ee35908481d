package dev.shedmaster.kube.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shedmaster.api.v1alpha1.AzureSubscription;
import dev.shedmaster.http.ApiClients;
import dev.shedmaster.port.MachineProvider;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The operator's own identity is shown to Azure alone")
class AzureConnectorTest {
    private static final String ID = "00000000-0000-0000-0000-000000000000";
    private static final String MANAGED = "managedIdentity: {}";
    private static final String WORKLOAD = "workloadIdentity: {tenantId: " + ID + ", clientId: " + ID + "}";
    private static final String SECRET =
            "clientSecret: {tenantId: " + ID + ", clientId: " + ID + ", secretRef: {name: azure-secret}}";
    private static final Map<String, String> ENVIRONMENT =
            Map.of(AzureConnector.TOKEN_FILE_VARIABLE, "/var/run/secrets/azure/tokens/azure-identity-token");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ApiClients clients = new ApiClients(meters);

    @AfterEach
    void end() {
        clients.close();
    }

    private void connect(String auth, String endpoints, String... allowed) {
        AzureSubscription subscription =
                Serialization.unmarshal("""
                apiVersion: shedmaster.dev/v1alpha1
                kind: AzureSubscription
                metadata: {namespace: ci, name: azure}
                spec:
                  subscriptionId: %s
                  resourceGroup: ci-workers
                  location: westeurope
                  auth: {%s}
                  endpoints: {%s}
                """.formatted(ID, auth, endpoints), AzureSubscription.class);
        AzureConnector connector = new AzureConnector(
                "installation",
                clients,
                meters,
                InstantSource.system(),
                ENVIRONMENT,
                new TrustedEndpoints(Set.of(allowed)));
        try (MachineProvider provider = connector.connect(subscription, Map.of("clientSecret", "s"))) {
            assertThat(provider).isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {MANAGED, WORKLOAD})
    void anAddressElsewhereIsRefusedWithItsFieldAndWhatToDo(String auth) {
        assertThatThrownBy(() -> connect(auth, "resourceManager: 'https://evil.example'"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("spec.endpoints.resourceManager: https://evil.example is no address")
                .hasMessageEndingWith("--allow-azure-endpoints=evil.example");
    }

    @ParameterizedTest
    @CsvSource({
        "authority, https://evil.example",
        "authority, http://login.microsoftonline.com",
        "authority, https://login.microsoftonline.com:8443",
        "authority, https://login.microsoftonline.com.evil.example",
        "resourceManager, https://management.azure.com@evil.example",
        "resourceManager, https://login.microsoftonline.com",
        "instanceMetadata, http://169.254.169.254:8080",
        "instanceMetadata, http://evil.example"
    })
    void whatOnlyLooksLikeAzureIsRefused(String field, String address) {
        assertThatThrownBy(() -> connect(WORKLOAD, field + ": '" + address + "'"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("spec.endpoints." + field + ": ");
    }

    @ParameterizedTest
    @CsvSource({
        "https://management.azure.com/, https://login.microsoftonline.com/",
        "https://management.usgovcloudapi.net, https://login.microsoftonline.us",
        "https://management.chinacloudapi.cn, https://login.chinacloudapi.cn"
    })
    void theCloudsAreTaken(String resourceManager, String authority) {
        String endpoints = "resourceManager: '" + resourceManager + "', authority: '" + authority + "'";
        assertThatCode(() -> connect(WORKLOAD, endpoints)).doesNotThrowAnyException();
        assertThatCode(() -> connect(MANAGED, endpoints)).doesNotThrowAnyException();
    }

    @Test
    void whoStartsTheOperatorCanAllowFurtherHosts() {
        assertThatCode(() -> connect(MANAGED, "resourceManager: 'http://Stack.example:18081'", "stack.example"))
                .doesNotThrowAnyException();
    }

    @Test
    void theUsersOwnSecretGoesWhereTheUserSays() {
        assertThatCode(() -> connect(SECRET, "resourceManager: 'http://127.0.0.1:18081'"))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"resourceManager", "authority", "instanceMetadata"})
    void anAddressThatIsNoneIsNamedWithItsField(String field) {
        assertThatThrownBy(() -> connect(SECRET, field + ": 'https://host.example/^'"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("spec.endpoints." + field + ": must be an address");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/var/run/secrets/kubernetes.io/serviceaccount/token",
                "/var/run/secrets/azure/../kubernetes.io/serviceaccount/token",
                "/var/run/secrets/azure",
                "/var/run/secrets/azure-of-mine/token"
            })
    void anotherTokenOfThePodIsRefused(String file) {
        assertThatThrownBy(() -> connect(withTokenFile(file), ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("spec.auth.workloadIdentity.tokenFile: " + file + " does not lie below");
    }

    @Test
    void theTokenForAzureMayBeNamed() {
        assertThatCode(() -> connect(withTokenFile("/var/run/secrets/azure/tokens/azure-identity-token"), ""))
                .doesNotThrowAnyException();
    }

    private static String withTokenFile(String file) {
        return "workloadIdentity: {tenantId: " + ID + ", clientId: " + ID + ", tokenFile: " + file + "}";
    }
}
