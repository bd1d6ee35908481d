package dev.shedmaster.machine.azure;

import java.util.function.Consumer;

/** An account of which a test changes something. */
final class AccountChange {
    String name;
    String installation;
    String resourceGroup;
    AzureAuth auth;
    AzureAccount.Limits limits;

    private AccountChange(AzureAccount of) {
        this.name = of.name();
        this.installation = of.installation();
        this.resourceGroup = of.resourceGroup();
        this.auth = of.auth();
        this.limits = of.limits();
    }

    static AzureAccount of(AzureAccount account, Consumer<AccountChange> change) {
        AccountChange changed = new AccountChange(account);
        change.accept(changed);
        return new AzureAccount(
                changed.name,
                changed.installation,
                account.subscriptionId(),
                changed.resourceGroup,
                account.location(),
                account.endpoints(),
                changed.auth,
                changed.limits,
                account.rates());
    }
}
