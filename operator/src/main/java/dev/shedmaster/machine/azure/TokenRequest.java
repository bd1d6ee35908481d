package dev.shedmaster.machine.azure;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Objects;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.Request;

/** The request that gets a token, for each way to prove who one is. */
final class TokenRequest {
    private final AzureEndpoints endpoints;
    private final AzureAuth auth;

    TokenRequest(AzureEndpoints endpoints, AzureAuth auth) {
        this.endpoints = endpoints;
        this.auth = auth;
    }

    /** @throws IOException if the federated token cannot be read: it is read anew each time, because it is renewed */
    Request build() throws IOException {
        return switch (auth) {
            case AzureAuth.ClientSecret secret ->
                authority(secret.tenantId(), form(secret.clientId()).add("client_secret", secret.secret()));
            case AzureAuth.WorkloadIdentity identity ->
                authority(
                        identity.tenantId(),
                        form(identity.clientId())
                                .add("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                                .add(
                                        "client_assertion",
                                        Files.readString(identity.tokenFile()).strip()));
            case AzureAuth.ManagedIdentity identity -> metadata(identity);
        };
    }

    private FormBody.Builder form(String clientId) {
        return new FormBody.Builder()
                .add("grant_type", "client_credentials")
                .add("client_id", clientId)
                .add("scope", endpoints.audience() + "/.default");
    }

    private Request authority(String tenant, FormBody.Builder form) {
        HttpUrl url = base(endpoints.authority())
                .addPathSegment(tenant)
                .addPathSegments("oauth2/v2.0/token")
                .build();
        return new Request.Builder().url(url).post(form.build()).build();
    }

    private Request metadata(AzureAuth.ManagedIdentity identity) {
        HttpUrl.Builder url = base(endpoints.instanceMetadata())
                .addPathSegments("metadata/identity/oauth2/token")
                .addQueryParameter("api-version", "2018-02-01")
                .addQueryParameter("resource", endpoints.audience() + "/");
        if (identity.clientId() != null) {
            url.addQueryParameter("client_id", identity.clientId());
        }
        return new Request.Builder().url(url.build()).header("Metadata", "true").build();
    }

    private static HttpUrl.Builder base(java.net.URI endpoint) {
        return Objects.requireNonNull(
                        HttpUrl.get(endpoint), () -> "endpoint \"" + endpoint + "\" is not an http or https address")
                .newBuilder();
    }
}
