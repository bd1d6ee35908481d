package dev.shedmaster.lab.azure.estate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shedmaster.lab.azure.fault.ArmError;
import dev.shedmaster.lab.guest.Guest;
import dev.shedmaster.lab.time.Cancellable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A machine that exists. Guarded by the estate's lock. */
public final class VirtualMachine {

    /** How far the guest's provisioning has come, as the instance view tells it. */
    public enum OsPhase {
        NOT_STARTED,
        IN_PROGRESS,
        COMPLETE
    }

    final VmPlan plan;
    final String vmId;
    final long sequence;
    final Guest guest;
    final Instant created;
    final Instant realCreated;
    final List<NetworkInterface> nics = new ArrayList<>();
    final List<ManagedDisk> disks = new ArrayList<>();
    final BillingMeter meter = new BillingMeter();
    final Map<Milestone, Instant> milestones = new EnumMap<>(Milestone.class);

    /** The steps of its life that are planned: all are called off when another operation preempts. */
    final List<Cancellable> planned = new ArrayList<>();

    ObjectNode model;
    Map<String, String> tags;

    @Nullable
    String userData;

    ProvisioningState provisioning = ProvisioningState.CREATING;
    PowerState power = PowerState.NONE;
    OsPhase osPhase = OsPhase.NOT_STARTED;

    @Nullable
    ArmError failure;

    @Nullable
    Operation operation;

    @Nullable
    Instant evictionAt;

    boolean holdsCapacity;
    long version = 1;
    Instant changed;

    VirtualMachine(
            VmPlan plan,
            String vmId,
            long sequence,
            ObjectNode model,
            Guest guest,
            Instant created,
            Instant realCreated) {
        this.plan = plan;
        this.vmId = vmId;
        this.sequence = sequence;
        this.model = model;
        this.guest = guest;
        this.tags = plan.tags();
        this.userData = plan.userData();
        this.created = created;
        this.changed = created;
        this.realCreated = realCreated;
        milestones.put(Milestone.CREATE_CALLED, created);
    }

    void reach(Milestone milestone, Instant now) {
        milestones.put(milestone, now);
    }

    void power(PowerState state, Instant now) {
        power = state;
        changed = now;
        meter.billed(state.isBilled(), now);
    }

    void provisioning(ProvisioningState state, Instant now) {
        provisioning = state;
        changed = now;
        version++;
    }

    void callOffPlanned() {
        planned.forEach(Cancellable::cancel);
        planned.clear();
    }

    public ResourceKey key() {
        return plan.key();
    }

    public String id() {
        return plan.id();
    }

    public String name() {
        return plan.name();
    }

    public String location() {
        return plan.location();
    }

    public @Nullable String zone() {
        return plan.zone();
    }

    public VmPlan plan() {
        return plan;
    }

    public String vmId() {
        return vmId;
    }

    public Guest guest() {
        return guest;
    }

    public Instant created() {
        return created;
    }

    /** When the creating call came, by the machine's real clock: what a benchmark measures against. */
    public Instant realCreated() {
        return realCreated;
    }

    public List<NetworkInterface> nics() {
        return Collections.unmodifiableList(nics);
    }

    public List<ManagedDisk> disks() {
        return Collections.unmodifiableList(disks);
    }

    /** {@code properties} of the answers, without what changes in a life. */
    public ObjectNode model() {
        return model;
    }

    public Map<String, String> tags() {
        return tags;
    }

    public @Nullable String userData() {
        return userData;
    }

    public ProvisioningState provisioning() {
        return provisioning;
    }

    /** The operation that went on with it last. */
    public @Nullable Operation operation() {
        return operation;
    }

    /** Tags and user data can be changed at any time. Call it under the estate's lock. */
    public void change(Map<String, String> newTags, @Nullable String newUserData, Instant now) {
        tags = Map.copyOf(newTags);
        userData = newUserData;
        changed = now;
        version++;
    }

    public PowerState power() {
        return power;
    }

    public OsPhase osPhase() {
        return osPhase;
    }

    public @Nullable ArmError failure() {
        return failure;
    }

    public @Nullable Instant evictionAt() {
        return evictionAt;
    }

    /** When its state changed last. */
    public Instant changed() {
        return changed;
    }

    /** Its place in the order of creation. */
    public long sequence() {
        return sequence;
    }

    public String etag() {
        return "\"" + version + "\"";
    }

    public Map<Milestone, Instant> milestones() {
        return Collections.unmodifiableMap(milestones);
    }

    public Duration billed(Instant now) {
        return meter.total(now);
    }
}
