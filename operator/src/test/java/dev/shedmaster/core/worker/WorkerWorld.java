package dev.shedmaster.core.worker;

import dev.shedmaster.core.placement.Blockage;
import dev.shedmaster.core.placement.CapacityType;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.core.worker.WorkerSight.AgentSight;
import dev.shedmaster.core.worker.WorkerSight.MachineSight;
import dev.shedmaster.core.worker.WorkerState.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A small world with one worker in it: two accounts, a CI system, people, and a shell that does what {@link
 * WorkerLifecycle} says and may die at any point. It knows what is true, shows the rule only what can be seen, and notes
 * every broken {@link Promise}.
 *
 * <p>Not in it, because no rule could help: a person who brings an agent back online between our reading and our deletion,
 * or once the worker is being deleted; a machine that appears long after its request was answered with an error.
 */
final class WorkerWorld {
    private Duration waited = Duration.ZERO;
    private static final Offering SPOT =
            new Offering("spot", "ci/first", "D8", "family", null, CapacityType.SPOT, 8, 0.1);
    private static final Offering ON_DEMAND =
            new Offering("on-demand", "ci/second", "D8", "family", null, CapacityType.ON_DEMAND, 8, 0.5);

    private static final Duration A_WHILE = Duration.ofMinutes(3);
    private static final Duration TAKEN_UP_WITHIN = Duration.ofMinutes(10);
    private static final int EXECUTORS = 2;
    private static final AgentSight UNKNOWN = new AgentSight.Unknown(new Silence("ci/jenkins", null));

    enum Phase {
        STARTING,
        RUNNING,
        STOPPED,
        BROKEN,
        LEAVING
    }

    private final WorkerRules rules;
    private final List<String> log = new ArrayList<>();
    private final Map<Promise, String> broken = new EnumMap<>(Promise.class);
    private final Set<String> reached = new HashSet<>();
    private Instant now = Instant.parse("2026-11-24T14:00:00Z");

    // What is true.
    private final Map<String, Phase> machines = new HashMap<>();
    private boolean registered;
    private boolean online;
    private boolean accepting;
    private @Nullable String stoppedBecause;
    private final List<Job> running = new ArrayList<>();
    /** What a restart has interrupted and the CI system means to take up. */
    private final List<Job> interrupted = new ArrayList<>();

    private @Nullable Instant restartedAt;
    private int jobs;
    private int ended;
    private @Nullable String removal;
    private boolean forgotten;
    private final Set<Offering> out = new HashSet<>();
    private boolean providerUp = true;
    private boolean ciUp = true;
    private Instant ciUpSince = Instant.EPOCH;
    private boolean nextEnrolmentFails;
    private @Nullable WorldEvent nextRequest;
    private boolean raceInNextStep;
    private int effectsLeft = Integer.MAX_VALUE;
    private boolean dying;

    // What the shell has stored and read.
    private WorkerLife stored = WorkerLife.requested(SPOT, now);
    private final Map<String, Phase> listed = new HashMap<>();
    private MachineSight machineReading = new MachineSight.Unlisted();
    private AgentSight agentReading = new AgentSight.Absent();
    private Instant agentReadAt = Instant.EPOCH;

    /** Whether no account can have a machine of ours, as far as this process has always known. */
    private boolean unasked = true;

    /** Accounts that may have a machine of ours for all that their provider has said. */
    private final Set<String> inDoubt = new HashSet<>();

    private boolean overdueReported;
    private @Nullable Instant lookAgain;

    WorkerWorld(WorkerRules rules) {
        this.rules = rules;
    }

    Map<Promise, String> broken() {
        return broken;
    }

    Set<String> reached() {
        return reached;
    }

    List<String> log() {
        return log;
    }

    boolean isForgotten() {
        return forgotten;
    }

    WorkerLife life() {
        return stored;
    }

    boolean overdueReported() {
        return overdueReported;
    }

    Instant now() {
        return now;
    }

    void happens(WorldEvent event) {
        if (forgotten) {
            return;
        }
        log.add(event.name());
        giveUpInterrupted();
        switch (event) {
            case STEP -> step(Integer.MAX_VALUE, false);
            case STEP_WITH_OLD_READINGS -> decideAndAct();
            case STEP_DYING_BEFORE_EFFECT_1 -> step(0, true);
            case STEP_DYING_AFTER_EFFECT_1 -> step(1, true);
            case STEP_DYING_AFTER_EFFECT_2 -> step(2, true);
            case STEP_DYING_AFTER_ALL_EFFECTS -> step(Integer.MAX_VALUE, true);
            case RACE_IN_NEXT_STEP -> raceInNextStep = true;
            case SECOND -> now = now.plusSeconds(1);
            case MINUTE -> now = now.plusSeconds(60);
            case TEN_MINUTES -> now = now.plusSeconds(600);
            case TWO_HOURS -> now = now.plus(Duration.ofHours(2));
            case LIST -> list();
            case PROVIDER_DOWN -> providerUp = false;
            case PROVIDER_UP -> providerUp = true;
            case NEXT_REQUEST_LOST_ON_ITS_WAY,
                    NEXT_ANSWER_LOST,
                    NEXT_REQUEST_THROTTLED,
                    NEXT_REQUEST_HELD_BACK,
                    NEXT_REQUEST_UNAUTHORIZED,
                    NEXT_REQUEST_INVALID -> nextRequest = event;
            case FIRST_OFFERING_OUT -> out.add(SPOT);
            case SECOND_OFFERING_OUT -> out.add(ON_DEMAND);
            case EVERYTHING_TO_BE_HAD -> out.clear();
            case MACHINE_BOOTS -> machines.replaceAll((a, p) -> p == Phase.STARTING ? Phase.RUNNING : p);
            case MACHINE_FAILS_TO_BOOT -> machines.replaceAll((a, p) -> p == Phase.STARTING ? Phase.BROKEN : p);
            case MACHINE_IS_POWERED_OFF -> machines.replaceAll((a, p) -> p == Phase.RUNNING ? Phase.STOPPED : p);
            case MACHINE_IS_TAKEN_AWAY -> machines.replaceAll((a, p) -> Phase.LEAVING);
            case DELETION_ENDS -> machines.values().removeIf(phase -> phase == Phase.LEAVING);
            case CI_DOWN -> ciUp = false;
            case CI_UP -> {
                ciUpSince = ciUp ? ciUpSince : now;
                ciUp = true;
            }
            case CI_RESTARTS -> restart();
            case JOBS_ARE_TAKEN_UP -> takeUp();
            case NEXT_ENROLMENT_FAILS -> nextEnrolmentFails = true;
            case AGENT_CONNECTS -> online = online || (registered && machines.containsValue(Phase.RUNNING));
            case AGENT_DROPS -> online = false;
            case JOB_BEGINS -> beginJob();
            case FIRST_JOB_ENDS -> endJob(true);
            case LAST_JOB_ENDS -> endJob(false);
            case PERSON_TAKES_OFFLINE -> {
                accepting = false;
                stoppedBecause = null;
            }
            case PERSON_BRINGS_BACK -> bringBack();
            case PERSON_REMOVES_REGISTRATION -> {
                registered = false;
                online = false;
                accepting = false;
                ended += interrupted.size();
                interrupted.clear();
            }
            case REMOVAL -> removal = removal == null ? "too many" : removal;
        }
    }

    /** Nothing fails any more and everything that is under way goes on, until the rule wants to look again. */
    void heals() {
        List.of(
                        WorldEvent.PROVIDER_UP,
                        WorldEvent.CI_UP,
                        WorldEvent.MACHINE_BOOTS,
                        WorldEvent.AGENT_CONNECTS,
                        WorldEvent.JOBS_ARE_TAKEN_UP,
                        WorldEvent.DELETION_ENDS,
                        WorldEvent.LIST)
                .forEach(this::happens);
        nextRequest = null;
        nextEnrolmentFails = false;
        happens(WorldEvent.STEP);
        if (stored.state().isEnding()) {
            endJobs();
        }
        now = lookAgain == null ? now.plus(A_WHILE) : lookAgain;
    }

    /** Nothing answers any more; time passes. */
    void rots() {
        happens(WorldEvent.PROVIDER_DOWN);
        happens(WorldEvent.CI_DOWN);
        happens(WorldEvent.STEP);
        now = now.plus(A_WHILE);
    }

    boolean isOfUse() {
        return stored.state() instanceof WorkerState.Idle || stored.state() instanceof WorkerState.Busy;
    }

    private void bringBack() {
        boolean late = stored.state().isEnding() || removal != null;
        if (registered && !late) {
            accepting = true;
            stoppedBecause = null;
            readAgent();
        }
    }

    private void restart() {
        if (ciUp) {
            restartedAt = now;
            online = false;
            if (registered) {
                interrupted.addAll(running);
            } else {
                ended += running.size();
            }
            running.clear();
        }
    }

    /** Another item of the same run, or what cannot be told from the one before. */
    private void takeUp() {
        if (registered && online && accepting) {
            interrupted.forEach(
                    job -> running.add(new Job(job.id().isEmpty() ? "" : job.id() + "'", job.name(), job.url())));
            interrupted.clear();
        }
    }

    /** As Jenkins does after five minutes, of which it counts only those in which it runs. */
    private void giveUpInterrupted() {
        if (restartedAt != null && !now.isBefore(restartedAt.plus(Duration.ofMinutes(5)))) {
            ended += interrupted.size();
            interrupted.clear();
        }
    }

    private void beginJob() {
        if (registered && online && accepting && running.size() < EXECUTORS) {
            jobs++;
            String item = jobs % 2 == 0 ? "" : "" + jobs;
            running.add(new Job(item, "job " + jobs, "/job/" + jobs));
        }
    }

    private void endJob(boolean first) {
        if (!running.isEmpty()) {
            ended++;
            Job job = first ? running.removeFirst() : running.removeLast();
            log.add("  " + job.name() + " ended");
        }
    }

    private void endJobs() {
        while (!running.isEmpty()) {
            endJob(true);
        }
    }

    private void list() {
        listed.clear();
        listed.putAll(machines);
    }

    // The shell.

    private void step(int effectsBeforeDeath, boolean dying) {
        readMachine();
        readAgent();
        this.effectsLeft = effectsBeforeDeath;
        this.dying = dying;
        decideAndAct();
        this.effectsLeft = Integer.MAX_VALUE;
        this.dying = false;
    }

    private void decideAndAct() {
        Transition next = decide(stored, WorkerLifecycle.next(stored, sight(), rules, now));
        if (!next.equals(WorkerLifecycle.next(stored, sight(), rules, now))) {
            breaks(Promise.SAME_SIGHT_SAME_DECISION, "another answer to the same question");
        }
        carryOut(stored, next);
    }

    private void carryOut(WorkerLife before, Transition transition) {
        if (transition.storeFirst(before)) {
            stored = transition.life();
            unasked = true;
        }
        for (WorkerEffect effect : transition.effects()) {
            if (effectsLeft-- == 0) {
                dies();
                return;
            }
            race();
            log.add("  do " + Narration.of(effect));
            if (effect instanceof WorkerEffect.AskForMachine asking) {
                WorkerLife asked = transition.life();
                WorkerAnswer answer = ask(asking.offering());
                log.add("  answer " + answer);
                carryOut(asked, decide(asked, WorkerLifecycle.answered(asked, answer, sight(), rules, now)));
                return;
            }
            if (!succeeds(effect)) {
                log.add("  fails");
                break;
            }
        }
        if (dying) {
            dies();
        } else {
            stored = transition.life();
        }
    }

    private void dies() {
        log.add("  dies");
        unasked = false;
    }

    private Transition decide(WorkerLife before, Transition transition) {
        transition.passed().forEach(state -> {
            reached.add(state.phase());
            log.add("  → " + Narration.of(state));
        });
        reached.add(before.state().phase());
        checkStates(before, transition);
        checkCount(transition);
        checkWait(transition);
        overdueReported |= transition.overdue();
        lookAgain = transition.lookAgain();
        return transition;
    }

    private void race() {
        if (raceInNextStep) {
            log.add("  race");
            raceInNextStep = false;
            happens(WorldEvent.MACHINE_BOOTS);
            happens(WorldEvent.AGENT_CONNECTS);
            happens(WorldEvent.JOB_BEGINS);
        }
    }

    private WorkerSight sight() {
        List<Offering> ladder = List.of(SPOT, ON_DEMAND).stream()
                .filter(offering -> !out.contains(offering))
                .toList();
        MachineSight machine = unasked ? new MachineSight.Absent() : machineReading;
        CiRestart restart = restartedAt == null
                ? null
                : new CiRestart(
                        restartedAt,
                        restartedAt.plus(TAKEN_UP_WITHIN),
                        !interrupted.isEmpty(),
                        agentReadAt.isAfter(restartedAt));
        return new WorkerSight(
                machine, agentReading, ciUpSince, removal, ladder, null, restart, new Held(waited, Duration.ZERO));
    }

    private String account() {
        return stored.offering().account();
    }

    private void readMachine() {
        if (!providerUp) {
            machineReading = new MachineSight.Unknown();
            return;
        }
        Phase phase = listed.get(account());
        boolean knownAbsent = machineReading instanceof MachineSight.Absent;
        if (phase != null) {
            machineReading = seen(phase);
        } else if (!knownAbsent) {
            machineReading = new MachineSight.Unlisted();
        }
    }

    private static MachineSight seen(Phase phase) {
        return switch (phase) {
            case STARTING -> new MachineSight.Starting();
            case RUNNING -> new MachineSight.Running();
            case STOPPED -> new MachineSight.Stopped();
            case BROKEN -> new MachineSight.Broken(new Refusal.Invalid("image", "OSProvisioningClientError"));
            case LEAVING -> new MachineSight.Leaving();
        };
    }

    private void readAgent() {
        agentReadAt = now;
        if (!ciUp) {
            agentReading = UNKNOWN;
        } else if (registered || !running.isEmpty()) {
            agentReading = new AgentSight.Present(online, accepting, stoppedBecause, running);
        } else {
            agentReading = new AgentSight.Absent();
        }
    }

    private WorkerAnswer ask(Offering offering) {
        inDoubt.stream()
                .filter(account -> !account.equals(offering.account()))
                .findAny()
                .ifPresent(account ->
                        breaks(Promise.NO_ASKING_ELSEWHERE_IN_DOUBT, account + " has not said that it has none"));
        if (!ciUp || nextEnrolmentFails) {
            nextEnrolmentFails = false;
            return new WorkerAnswer.EnrolmentRefused(new Refusal.Unsure("the CI system is away"));
        }
        if (!registered) {
            registered = true;
            accepting = true;
        }
        // Both readings are older than what the request may have done.
        agentReading = UNKNOWN;
        machineReading = new MachineSight.Unknown();
        boolean isFirst = unasked;
        unasked = false;
        WorkerAnswer answer = request(offering);
        if (answer instanceof WorkerAnswer.MachineRefused(Refusal refusal)) {
            unasked = refusal.leavesNothing() || (isFirst && refusal.isWithoutEffect());
        }
        return answer;
    }

    private WorkerAnswer request(Offering offering) {
        WorldEvent how = nextRequest;
        nextRequest = null;
        String account = offering.account();
        if (how == WorldEvent.NEXT_REQUEST_HELD_BACK) {
            waited = waited.plus(Duration.ofMinutes(1));
            return new WorkerAnswer.MachineRefused(new Refusal.HeldBack(Duration.ofMinutes(1), "others first"));
        }
        if (!providerUp || how == WorldEvent.NEXT_REQUEST_LOST_ON_ITS_WAY) {
            inDoubt.add(account);
            return new WorkerAnswer.MachineRefused(new Refusal.Unsure("timeout"));
        }
        if (how == WorldEvent.NEXT_REQUEST_UNAUTHORIZED) {
            // Whether it has the machine already is not even looked at.
            out.add(offering);
            return new WorkerAnswer.MachineRefused(new Refusal.Unauthorized("401"));
        }
        if (!machines.containsKey(account)) {
            if (how == WorldEvent.NEXT_REQUEST_THROTTLED) {
                return new WorkerAnswer.MachineRefused(new Refusal.Throttled(Duration.ofSeconds(20), "429"));
            }
            if (how == WorldEvent.NEXT_REQUEST_INVALID) {
                inDoubt.remove(account);
                return new WorkerAnswer.MachineRefused(new Refusal.Invalid("image", "no such image"));
            }
            if (out.contains(offering)) {
                inDoubt.remove(account);
                Blockage.Scope scope = new Blockage.SizeAt(account, offering.size(), null, offering.type());
                Blockage blockage = new Blockage(scope, now.plusSeconds(300), "SkuNotAvailable");
                return new WorkerAnswer.MachineRefused(new Refusal.NoCapacity(blockage, "SkuNotAvailable"));
            }
            machines.put(account, Phase.STARTING);
            if (machines.size() > 1) {
                breaks(Promise.ONE_MACHINE_AT_MOST, "machines in " + machines.keySet());
            }
        }
        inDoubt.add(account);
        return how == WorldEvent.NEXT_ANSWER_LOST
                ? new WorkerAnswer.MachineRefused(new Refusal.Unsure("connection reset"))
                : new WorkerAnswer.Accepted("/machines/" + account, "/operations/1");
    }

    private boolean succeeds(WorkerEffect effect) {
        return switch (effect) {
            case WorkerEffect.AskForMachine a -> throw new IllegalStateException("answered elsewhere");
            case WorkerEffect.LookAtMachine l -> lookAtMachine();
            case WorkerEffect.LookAtAgent l -> {
                readAgent();
                yield ciUp;
            }
            case WorkerEffect.StopAccepting s -> {
                if (ciUp && registered) {
                    stoppedBecause = accepting ? s.why() : stoppedBecause;
                    accepting = false;
                }
                yield ciUp && registered;
            }
            case WorkerEffect.AcceptAgain a -> {
                if (ciUp && registered && stoppedBecause != null) {
                    accepting = true;
                    stoppedBecause = null;
                }
                yield ciUp && registered;
            }
            case WorkerEffect.Retire r -> {
                removal = removal == null ? r.why() : removal;
                yield true;
            }
            case WorkerEffect.DeleteMachine d -> deleteMachine();
            case WorkerEffect.RemoveAgent r -> removeAgent();
            case WorkerEffect.Forget f -> forget();
        };
    }

    private boolean lookAtMachine() {
        if (providerUp) {
            Phase phase = machines.get(account());
            machineReading = phase == null ? new MachineSight.Absent() : seen(phase);
            if (phase == null) {
                inDoubt.remove(account());
            }
        }
        return providerUp;
    }

    private boolean deleteMachine() {
        if (!providerUp) {
            return false;
        }
        giveUpInterrupted();
        boolean isWorking = !running.isEmpty() || (!interrupted.isEmpty() && registered);
        if (machines.get(account()) == Phase.RUNNING && isWorking && !cutShort()) {
            breaks(Promise.NO_MACHINE_DELETED_UNDER_A_JOB, running + " run, " + interrupted + " are to be taken up");
        }
        machines.computeIfPresent(account(), (a, phase) -> Phase.LEAVING);
        return true;
    }

    /** Whether the user's own limit has passed, which is the one reason for deleting a machine under a job. */
    private boolean cutShort() {
        return log.stream().anyMatch(line -> line.contains("spec.lifecycle.drainTimeout has cut"));
    }

    private boolean removeAgent() {
        if (!ciUp) {
            return false;
        }
        if (!machines.isEmpty()) {
            breaks(Promise.REGISTRATION_OUTLIVES_MACHINE, "removed while there is " + machines);
        }
        registered = false;
        online = false;
        accepting = false;
        endJobs();
        return true;
    }

    private boolean forget() {
        if (registered || !machines.isEmpty()) {
            breaks(Promise.NOTHING_LEFT_WHEN_FORGOTTEN, "registered: " + registered + ", machines: " + machines);
        }
        forgotten = true;
        return true;
    }

    // What every decision must hold to.

    private void checkStates(WorkerLife before, Transition transition) {
        WorkerState state = transition.life().state();
        boolean told = transition.passed().isEmpty()
                ? state.phase().equals(before.state().phase())
                : state.phase().equals(transition.passed().getLast().phase());
        if (!told) {
            breaks(Promise.TOLD_STATES_ARE_TRUE, before.state() + " → " + transition.passed() + ", is " + state);
        }
        boolean back = before.state().isEnding() && !state.isEnding();
        if (back) {
            breaks(Promise.TOLD_STATES_ARE_TRUE, "back to life: " + before.state() + " → " + state);
        }
    }

    private void checkCount(Transition transition) {
        boolean mayRun = machines.containsValue(Phase.RUNNING);
        int over = mayRun ? ended : ended + running.size() + interrupted.size();
        if (transition.life().jobsDone() > over) {
            breaks(Promise.NO_JOB_COUNTED_BEFORE_IT_ENDED, transition.life().jobsDone() + " counted, over are " + over);
        }
    }

    private void checkWait(Transition transition) {
        WorkerState state = transition.life().state();
        boolean repeats = !transition.effects().isEmpty();
        boolean waitsForCi = agentReading instanceof AgentSight.Unknown && !state.isEnding();
        boolean waitsForJob = state instanceof WorkerState.Idle
                || state instanceof WorkerState.Busy
                || (state instanceof WorkerState.Draining draining
                        && !draining.work().isEmpty());
        Instant at = transition.lookAgain();
        if (at == null && (repeats || !(waitsForCi || waitsForJob))) {
            breaks(Promise.EVERY_WAIT_ENDS_OR_IS_NAMED, "never looks again at " + state);
        }
        if (at != null && !at.isAfter(now)) {
            breaks(Promise.EVERY_WAIT_ENDS_OR_IS_NAMED, "looks again in the past at " + state);
        }
    }

    private void breaks(Promise promise, String how) {
        log.add("  BROKEN " + promise + ": " + how);
        broken.putIfAbsent(promise, how);
    }
}
