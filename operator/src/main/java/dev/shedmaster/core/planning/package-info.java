/**
 * The scaling rule: one pure function from a view of the fleet to a plan with a reason for every number.
 *
 * <p>Read {@link dev.shedmaster.core.planning.FleetPlanner} first: it has the steps in their order. Each step is one class:
 *
 * <ol>
 *   <li>{@code Fleet}, with a {@code PoolLedger} a pool and an {@code AccountLedger} an account, counts what there is;
 *       {@code Hearing} says how far a source's readings count, {@code Unregistered} gathers whom a source does not register;
 *   <li>{@code Demand} counts what waits by {@code DemandClass}: by which pools serve it, jobs in the order of their {@code Arrival};
 *   <li>{@code Ranking} says which pool a job likes best, {@code SlotAssignment} gives jobs their slots,
 *       {@code FormerSlots} among them: of workers on their way up with labels that their pool had before;
 *   <li>{@code Sharing} makes workers one after the other, as far as {@code Guards} and the {@code Ladder} of offerings allow;
 *   <li>{@code ScaleDown} lets go what nothing needs, {@code GivingWay} what stands in a job's way;
 *   <li>{@code Outlook} says when each waiting job may hope for what ({@code Prospect}), {@code PoolReport} and
 *       {@code Unmatched} explain the numbers.
 * </ol>
 *
 * <p>What it knows: {@code FleetView} with {@code PoolView}, {@code WorkerView} ({@code Stage}), {@code AccountView},
 * {@code SourceView}; {@code Budget}, {@code BootHistory} (how a pool's latest workers came up), {@code Foresight} (demand that is
 * announced). What it says: {@code FleetPlan} with {@code PoolPlan} and {@code UnmatchedDemand}; every number has a {@code Reason}: {@code Sizing} (how a size comes about),
 * {@code Purpose} (why a worker is made), {@code Departure} (why one goes), {@code Hold} (why not). {@code Horizon} gathers when time
 * alone will change the plan; {@code Words} puts numbers into sentences.
 *
 * <p>The constants are in {@link dev.shedmaster.core.planning.Policy}. The rule is told in stories beside its tests, in
 * {@code src/test/resources/planning}: change the rule, have the stories retold, and read what is different.
 */
@NullMarked
package dev.shedmaster.core.planning;

import org.jspecify.annotations.NullMarked;
