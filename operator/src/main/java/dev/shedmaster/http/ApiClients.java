package dev.shedmaster.http;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Response;
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
                .addNetworkInterceptor(chain -> withoutOrderToRepeat(chain.proceed(chain.request())))
                .build();
    }

    /** OkHttp makes a call again by itself whose answer says to do so at once; a second's patience leaves that to the caller. */
    private static Response withoutOrderToRepeat(Response answer) {
        String patience = answer.header("Retry-After");
        return answer.code() == HttpURLConnection.HTTP_UNAVAILABLE
                        && patience != null
                        && patience.strip().matches("0+")
                ? answer.newBuilder().header("Retry-After", "1").build()
                : answer;
    }

    /**
     * How one system is reached.
     *
     * @param system names it in metrics, such as {@code jenkins}
     * @param callTimeout bounds a whole call, from name look-up to the last byte
     * @param trusted instead of the platform's certificates, or null
     * @param proxy an http proxy as {@code http://host:port}, or null
     */
    public record Options(
            String system,
            Duration callTimeout,
            @Nullable TrustedCertificates trusted,
            @Nullable URI proxy) {
        public static Options of(String system, Duration callTimeout) {
            return new Options(system, callTimeout, null, null);
        }
    }

    /** Makes the client of one system. */
    public ApiClient client(Options options) {
        OkHttpClient.Builder builder = shared.newBuilder()
                .connectTimeout(Duration.ofSeconds(5))
                .readTimeout(options.callTimeout())
                .writeTimeout(options.callTimeout())
                .callTimeout(options.callTimeout());
        if (options.trusted() != null) {
            X509TrustManager trust = options.trusted().trustManager();
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
