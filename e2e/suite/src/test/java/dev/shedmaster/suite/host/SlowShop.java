package dev.shedmaster.suite.host;

import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Where whoever fetches something is kept waiting for the rest of it until it is closed. */
final class SlowShop implements AutoCloseable {
    private final HttpServer web;
    private final AtomicInteger visitors = new AtomicInteger();
    private final CountDownLatch closing = new CountDownLatch(1);

    SlowShop() {
        try {
            web = HttpServer.create(new InetSocketAddress(0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        web.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        web.createContext("/", exchange -> {
            exchange.sendResponseHeaders(HttpURLConnection.HTTP_OK, 1 << 20);
            exchange.getResponseBody().write(new byte[1024]);
            exchange.getResponseBody().flush();
            visitors.incrementAndGet();
            try {
                closing.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        web.start();
    }

    String url(String address) {
        return "http://" + address + ":" + web.getAddress().getPort() + "/image.tar.gz";
    }

    void awaitVisitor() {
        await().atMost(Duration.ofMinutes(1)).until(() -> visitors.get() > 0);
    }

    @Override
    public void close() {
        closing.countDown();
        web.stop(0);
    }
}
