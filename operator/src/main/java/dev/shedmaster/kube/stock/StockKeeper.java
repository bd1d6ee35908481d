package dev.shedmaster.kube.stock;

import dev.shedmaster.api.v1alpha1.BareMetalHost;
import dev.shedmaster.api.v1alpha1.WorkerPool;
import dev.shedmaster.core.slot.HostView.Standing;
import dev.shedmaster.core.stock.ImageStock;
import dev.shedmaster.core.stock.ImageStock.Failures;
import dev.shedmaster.kube.feed.Reading;
import dev.shedmaster.kube.host.HostBoard;
import dev.shedmaster.kube.host.HostCard;
import dev.shedmaster.kube.host.StockNews;
import dev.shedmaster.kube.host.StockNews.Stand;
import dev.shedmaster.kube.pool.Blueprints;
import dev.shedmaster.kube.status.EventRecorder;
import dev.shedmaster.kube.status.KnownObjects;
import dev.shedmaster.kube.status.Names;
import dev.shedmaster.port.HostDriver;
import dev.shedmaster.port.HostDriver.Fetching;
import dev.shedmaster.port.HostReport;
import dev.shedmaster.port.Nothing;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has hosts fetch the images that pools want there, and let go of others. Looks whenever a host has told something, which is every few
 * seconds, and does one thing at a time on each.
 */
public final class StockKeeper {
    private static final Logger log = LoggerFactory.getLogger("dev.shedmaster.stock");

    private final HostBoard board;
    private final Function<HostCard, ImageWishes> wishes;
    private final BooleanSupplier allKnown;
    private final WorkerImages indexes;
    private final Executor aside;
    private final Listener listener;
    private final MeterRegistry meters;
    private final InstantSource clock;
    private final Map<String, Stock> stocks = new ConcurrentHashMap<>();

    /** Hears of each host of which there is something new to tell, by its {@code namespace/name}; null: nothing any more. */
    interface Listener {
        void told(String host, @Nullable StockNews news);
    }

    /** What is known of one host's images beside what it tells. Guarded by itself. */
    private static final class Stock {
        private final Map<String, Failures> failures = new HashMap<>();
        private boolean isBusy;
        private @Nullable StockNews news;
    }

    /**
     * Looks after nothing before {@link #start}.
     *
     * @param wishes what pools want on a host
     * @param allKnown whether the objects of all kinds are known: before that a pool may only seem not to be there
     * @param aside where hosts are asked
     */
    StockKeeper(
            HostBoard board,
            Function<HostCard, ImageWishes> wishes,
            BooleanSupplier allKnown,
            WorkerImages indexes,
            Executor aside,
            Listener listener,
            MeterRegistry meters,
            InstantSource clock) {
        this.board = board;
        this.wishes = wishes;
        this.allKnown = allKnown;
        this.indexes = indexes;
        this.aside = aside;
        this.listener = listener;
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * A keeper for what pools say, which tells people by events and has a host's status told anew.
     *
     * @param blueprints what pools want of hosts
     */
    public static StockKeeper of(
            HostBoard board,
            KnownObjects<BareMetalHost> hosts,
            KnownObjects<WorkerPool> pools,
            Blueprints blueprints,
            BooleanSupplier allKnown,
            WorkerImages indexes,
            Executor aside,
            EventRecorder events,
            MeterRegistry meters,
            InstantSource clock) {
        return new StockKeeper(
                board,
                card -> ImageWishes.of(card, pools, blueprints),
                allKnown,
                indexes,
                aside,
                (host, news) -> hosts.find(host).ifPresent(object -> {
                    if (news != null) {
                        record(object, news, events);
                    }
                    hosts.wake(Names.id(host));
                }),
                meters,
                clock);
    }

    private static void record(BareMetalHost host, StockNews news, EventRecorder events) {
        if (news.stand() == Stand.FETCH_FAILED) {
            events.warning(host, "FetchImages", news.reason(), news.message());
        } else {
            events.normal(host, "FetchImages", news.reason(), news.message());
        }
    }

    /** Looks after what there is, and from now on after what comes. */
    public StockKeeper start() {
        board.onChange(this::look);
        return this;
    }

    /** How it stands with a host's images; nothing if no pool wants one there, or it has not said what it has. */
    public Optional<StockNews> news(String host) {
        Stock stock = stocks.get(host);
        if (stock == null) {
            return Optional.empty();
        }
        synchronized (stock) {
            return Optional.ofNullable(stock.news);
        }
    }

    private void look(String host) {
        HostCard card = board.find(host).orElse(null);
        if (card == null) {
            stocks.remove(host);
            return;
        }
        Reading<HostReport> reading = card.report();
        HostDriver driver = card.driver();
        HostReport report = reading == null || reading.trouble() != null ? null : reading.value();
        if (driver == null
                || report == null
                || report.images() == null
                || card.view().standing() != Standing.OPEN
                || !allKnown.getAsBoolean()) {
            return;
        }
        Stock stock = stocks.computeIfAbsent(host, fresh -> new Stock());
        Map<String, ImageWish> wanted = new TreeMap<>();
        ImageWishes wished = wishes.apply(card);
        wished.known().forEach(wish -> wanted.putIfAbsent(wish.onHost(), wish));
        synchronized (stock) {
            stock.failures.keySet().retainAll(wanted.keySet());
            ImageStock seen = new ImageStock(
                    wanted.keySet(),
                    wished.isAll(),
                    Set.copyOf(report.images()),
                    report.freeScratchBytes(),
                    report.scratchBytes(),
                    stock.failures);
            tell(host, stock, wanted, seen);
            if (stock.isBusy) {
                return;
            }
            Runnable deed = deed(host, driver, stock, wanted, seen.next(clock.instant()));
            if (deed != null) {
                stock.isBusy = true;
                aside.execute(deed);
            }
        }
    }

    private @Nullable Runnable deed(
            String host, HostDriver driver, Stock stock, Map<String, ImageWish> wanted, ImageStock.Step step) {
        return switch (step) {
            case ImageStock.Step.Nothing n -> null;
            case ImageStock.Step.Drop(String sha256) -> () -> alone(stock, () -> drop(host, driver, sha256));
            case ImageStock.Step.Fetch(String name) -> {
                ImageWish wish = Objects.requireNonNull(wanted.get(name));
                yield () -> alone(stock, () -> fetch(host, driver, stock, wish));
            }
        };
    }

    private static void alone(Stock stock, Runnable deed) {
        try {
            deed.run();
        } finally {
            synchronized (stock) {
                stock.isBusy = false;
            }
        }
    }

    private void drop(String host, HostDriver driver, String sha256) {
        Outcome<Nothing> dropped = driver.drop(sha256);
        meters.counter("shedmaster.host.images", "deed", "drop", "outcome", word(dropped))
                .increment();
        log.atInfo().addKeyValue("host", host).log("Image {} is let go of: {}", sha256, dropped);
    }

    private void fetch(String host, HostDriver driver, Stock stock, ImageWish wish) {
        Outcome<Fetching> fetched = wish.order(indexes).then(driver::fetch);
        if (fetched.equals(Outcome.done(Fetching.GOING))) {
            return;
        }
        meters.counter("shedmaster.host.images", "deed", "fetch", "outcome", word(fetched))
                .increment();
        log.atInfo()
                .addKeyValue("host", host)
                .log("Image {} for pool {} as {}: {}", wish.image().text(), wish.pool(), wish.onHost(), fetched);
        synchronized (stock) {
            switch (fetched) {
                case Outcome.Done<Fetching> done -> stock.failures.remove(wish.onHost());
                case Outcome.Failed<Fetching>(PortError error) ->
                    stock.failures.compute(
                            wish.onHost(), (same, before) -> Failures.after(before, clock.instant(), error.message()));
            }
        }
    }

    private static String word(Outcome<?> outcome) {
        return outcome instanceof Outcome.Failed<?>(PortError error)
                ? error.getClass().getSimpleName()
                : "Done";
    }

    private void tell(String host, Stock stock, Map<String, ImageWish> wanted, ImageStock seen) {
        StockNews now = wanted.isEmpty() ? null : news(wanted, seen);
        if (!Objects.equals(now, stock.news)) {
            stock.news = now;
            listener.told(host, now);
        }
    }

    private static StockNews news(Map<String, ImageWish> wanted, ImageStock seen) {
        List<String> missing = seen.missing().stream().sorted().toList();
        if (missing.isEmpty()) {
            return new StockNews(Stand.FETCHED, "it has the images that pools want there");
        }
        return missing.stream()
                .filter(seen.failures()::containsKey)
                .findFirst()
                .map(failed -> new StockNews(
                        Stand.FETCH_FAILED,
                        said(Objects.requireNonNull(wanted.get(failed))) + " cannot be had, and is tried again: "
                                + Objects.requireNonNull(seen.failures().get(failed))
                                        .why()))
                .orElseGet(() -> new StockNews(
                        Stand.FETCHING,
                        "it fetches "
                                + missing.stream()
                                        .map(name -> said(Objects.requireNonNull(wanted.get(name))))
                                        .collect(Collectors.joining(", "))));
    }

    private static String said(ImageWish wish) {
        return "the image " + wish.image().text() + " of pool " + wish.pool();
    }
}
