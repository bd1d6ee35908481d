package dev.shedmaster.kube.machine;

import dev.shedmaster.api.v1alpha1.AzureLimits;
import dev.shedmaster.api.v1alpha1.AzureSubscription;
import dev.shedmaster.core.planning.AccountView;
import dev.shedmaster.kube.pool.Money;
import dev.shedmaster.kube.status.Names;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Shows accounts to the planner. */
public final class AccountViews {
    /** The currency of the built-in prices. */
    static final String BUILT_IN_CURRENCY = "USD";

    private AccountViews() {}

    public static AccountView view(AzureSubscription account) {
        AzureLimits limits = account.getSpec().limits();
        return new AccountView(Names.of(account), number(limits.workers()), number(limits.vcpus()), currency(account));
    }

    private static String currency(AzureSubscription account) {
        return account.getSpec().prices().stream()
                .findFirst()
                .map(price -> Money.parse(price.onDemand()).currency())
                .orElse(BUILT_IN_CURRENCY);
    }

    private static OptionalInt number(@Nullable Integer limit) {
        return limit == null ? OptionalInt.empty() : OptionalInt.of(limit);
    }
}
