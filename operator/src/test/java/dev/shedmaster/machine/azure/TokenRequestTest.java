package dev.shedmaster.machine.azure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.util.Objects;
import okhttp3.FormBody;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A token is asked for that the Resource Manager of the account's cloud takes")
class TokenRequestTest {
    private static final String TENANT = "11111111-1111-1111-1111-111111111111";

    private static Request request(String resourceManager, String authority, AzureAuth auth) throws IOException {
        AzureEndpoints endpoints = new AzureEndpoints(
                URI.create(resourceManager), URI.create(authority), URI.create("http://169.254.169.254"));
        return new TokenRequest(endpoints, auth).build();
    }

    @ParameterizedTest
    @CsvSource({
        ", , https://management.azure.com, https://login.microsoftonline.com",
        "https://management.usgovcloudapi.net, , https://management.usgovcloudapi.net, https://login.microsoftonline.us",
        ", https://login.partner.microsoftonline.cn, https://management.chinacloudapi.cn,"
                + " https://login.partner.microsoftonline.cn",
        "https://proxy.example.org, , https://proxy.example.org, https://login.microsoftonline.com"
    })
    void anAddressThatIsNotGivenIsOfTheOthersCloud(
            @Nullable URI resourceManager, @Nullable URI authority, URI expectedManager, URI expectedAuthority) {
        AzureEndpoints endpoints = AzureEndpoints.completing(resourceManager, authority, null);
        assertThat(endpoints.resourceManager()).isEqualTo(expectedManager);
        assertThat(endpoints.authority()).isEqualTo(expectedAuthority);
        assertThat(endpoints.instanceMetadata()).isEqualTo(AzureEndpoints.PUBLIC_CLOUD.instanceMetadata());
    }

    @ParameterizedTest
    @CsvSource({
        "https://management.azure.com, https://login.microsoftonline.com, https://management.azure.com",
        "https://management.usgovcloudapi.net, https://login.microsoftonline.us, https://management.usgovcloudapi.net",
        "https://Management.USGovCloudAPI.net, https://login.microsoftonline.com, https://management.usgovcloudapi.net",
        "https://management.chinacloudapi.cn, https://login.chinacloudapi.cn, https://management.chinacloudapi.cn",
        "https://proxy.example.org/arm, https://login.microsoftonline.us, https://management.usgovcloudapi.net",
        "https://proxy.example.org/arm, https://login.partner.microsoftonline.cn, https://management.chinacloudapi.cn",
        "http://127.0.0.1:18081, http://127.0.0.1:18082, https://management.azure.com"
    })
    void whateverTheCredentialIs(String resourceManager, String authority, String audience) throws IOException {
        Request secret = request(resourceManager, authority, new AzureAuth.ClientSecret(TENANT, "client", "s"));
        FormBody form = (FormBody) Objects.requireNonNull(secret.body());
        assertThat(form.name(2)).isEqualTo("scope");
        assertThat(form.value(2)).isEqualTo(audience + "/.default");
        assertThat(secret.url().toString()).startsWith(authority + "/" + TENANT);

        Request managed = request(resourceManager, authority, new AzureAuth.ManagedIdentity(null));
        assertThat(managed.url().queryParameter("resource")).isEqualTo(audience + "/");
    }
}
