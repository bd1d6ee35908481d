package dev.shedmaster.lab.azure.estate;

/** What the provider does, or did last, with a resource. */
public enum ProvisioningState {
    CREATING("Creating", "Creating"),
    UPDATING("Updating", "Updating"),
    SUCCEEDED("Succeeded", "Provisioning succeeded"),
    FAILED("Failed", "Provisioning failed"),
    DELETING("Deleting", "Deleting");

    private final String wireName;
    private final String display;

    ProvisioningState(String wireName, String display) {
        this.wireName = wireName;
        this.display = display;
    }

    public String wireName() {
        return wireName;
    }

    public String display() {
        return display;
    }
}
