package dev.shedmaster.http;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayInputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** Makes one {@link ApiClient} per system out of one shared pool of connections. */
public final class ApiClients implements AutoCloseable {
    /** Idle connections kept for all systems together: a burst of creations re-uses them instead of shaking hands. */
    private static final int IDLE_CONNECTIONS = 256;

    private final OkHttpClient shared;
    private final MeterRegistry meters;

    public ApiClients(MeterRegistry meters) {
        this.meters = meters;
        this.shared = new OkHttpClient.Builder()
                .connectionPool(new ConnectionPool(IDLE_CONNECTIONS, 2, TimeUnit.MINUTES))
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                .build();
    }

    /**
     * How one system is reached.
     *
     * @param system names it in metrics, such as {@code jenkins}
     * @param callTimeout bounds a whole call, from name look-up to the last byte
     * @param caBundle PEM certificates trusted instead of the platform's, or null
     * @param proxy an http proxy as {@code http://host:port}, or null
     */
    public record Options(
            String system,
            Duration callTimeout,
            @Nullable String caBundle,
            @Nullable URI proxy) {
        public static Options of(String system, Duration callTimeout) {
            return new Options(system, callTimeout, null, null);
        }
    }

    /**
     * Makes the client of one system.
     *
     * @throws IllegalArgumentException naming the option that cannot be used and why
     */
    public ApiClient client(Options options) {
        OkHttpClient.Builder builder = shared.newBuilder()
                .connectTimeout(Duration.ofSeconds(5))
                .readTimeout(options.callTimeout())
                .writeTimeout(options.callTimeout())
                .callTimeout(options.callTimeout());
        if (options.caBundle() != null) {
            X509TrustManager trust = trusting(options.caBundle());
            builder.sslSocketFactory(tls(trust).getSocketFactory(), trust);
        }
        if (options.proxy() != null) {
            builder.proxy(new Proxy(
                    Proxy.Type.HTTP,
                    InetSocketAddress.createUnresolved(
                            options.proxy().getHost(),
                            options.proxy().getPort() < 0 ? 80 : options.proxy().getPort())));
        }
        return new ApiClient(builder.build(), options.system(), meters);
    }

    @Override
    public void close() {
        shared.dispatcher().executorService().shutdown();
        shared.connectionPool().evictAll();
    }

    private static X509TrustManager trusting(String pem) {
        try {
            Collection<? extends Certificate> certificates = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
            if (certificates.isEmpty()) {
                throw new IllegalArgumentException("caBundle: holds no PEM certificate");
            }
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate certificate : certificates) {
                store.setCertificateEntry("ca-" + number++, certificate);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return (X509TrustManager) factory.getTrustManagers()[0];
        } catch (CertificateException e) {
            throw new IllegalArgumentException("caBundle: is not a list of PEM certificates: " + e.getMessage(), e);
        } catch (GeneralSecurityException | java.io.IOException e) {
            throw new IllegalStateException("the platform cannot build a trust store", e);
        }
    }

    private static SSLContext tls(X509TrustManager trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new X509TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform has no TLS", e);
        }
    }
}
