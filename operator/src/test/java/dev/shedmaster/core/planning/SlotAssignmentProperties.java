package dev.shedmaster.core.planning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.jgrapht.alg.flow.EdmondsKarpMFImpl;
import org.jgrapht.alg.flow.mincost.CapacityScalingMinimumCostFlow;
import org.jgrapht.alg.flow.mincost.MinimumCostFlowProblem.MinimumCostFlowProblemImpl;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleDirectedWeightedGraph;

/** The assignment of jobs to slots, against an exact flow of an independent library. */
class SlotAssignmentProperties {

    /** Classes, pools, prices: an assignment problem without anything around it. */
    private static final class Problem {
        private final DemandClass[] classes;
        private final int[] capacity;
        private final int[] price;

        Problem(DemandClass[] classes, int[] capacity, int[] price) {
            this.classes = classes;
            this.capacity = capacity;
            this.price = price;
        }

        static Problem of(long seed, boolean nested) {
            Random random = new Random(seed);
            int pools = 1 + random.nextInt(6);
            DemandClass[] classes = new DemandClass[1 + random.nextInt(6)];
            for (int c = 0; c < classes.length; c++) {
                classes[c] = SlotAssignmentTest.demand(
                        1 + random.nextInt(6), nested ? prefix(random, pools) : subset(random, pools));
            }
            Arrays.sort(classes, Comparator.comparingInt(DemandClass::flexibility));
            int[] capacity = random.ints(pools, 0, 6).toArray();
            int[] price = random.ints(pools, 1, 20).toArray();
            return new Problem(classes, capacity, price);
        }

        /** Sets of which of any two one holds the other. */
        private static BitSet prefix(Random random, int pools) {
            BitSet set = new BitSet();
            set.set(0, 1 + random.nextInt(pools));
            return set;
        }

        private static BitSet subset(Random random, int pools) {
            BitSet set = new BitSet();
            for (int p = 0; p < pools; p++) {
                set.set(p, random.nextBoolean());
            }
            set.set(random.nextInt(pools));
            return set;
        }

        int[] cheapestFirst() {
            return Arrays.stream(range())
                    .boxed()
                    .sorted(Comparator.comparingInt(p -> price[p]))
                    .mapToInt(p -> p)
                    .toArray();
        }

        private int[] range() {
            int[] all = new int[capacity.length];
            Arrays.setAll(all, p -> p);
            return all;
        }

        SlotAssignment assigned() {
            SlotAssignment slots = new SlotAssignment(classes, capacity.length);
            for (int pool : cheapestFirst()) {
                slots.fill(pool, capacity[pool]);
            }
            return slots;
        }

        int served(SlotAssignment slots) {
            return Arrays.stream(range()).map(slots::used).sum();
        }

        int cost(SlotAssignment slots) {
            return Arrays.stream(range()).map(p -> slots.used(p) * price[p]).sum();
        }
    }

    /** The exact optimum: the greatest flow, and the least cost of a flow that great. */
    private static final class Exact {
        private final SimpleDirectedWeightedGraph<String, DefaultWeightedEdge> graph =
                new SimpleDirectedWeightedGraph<>(DefaultWeightedEdge.class);
        private final Map<DefaultWeightedEdge, Integer> limits = new HashMap<>();

        Exact(Problem problem) {
            graph.addVertex("source");
            graph.addVertex("sink");
            for (int p = 0; p < problem.capacity.length; p++) {
                graph.addVertex("pool" + p);
                edge("pool" + p, "sink", problem.capacity[p], problem.price[p]);
            }
            for (int c = 0; c < problem.classes.length; c++) {
                graph.addVertex("class" + c);
                edge("source", "class" + c, problem.classes[c].jobs(), 0);
                for (int p = 0; p < problem.capacity.length; p++) {
                    if (problem.classes[c].servedBy(p)) {
                        edge("class" + c, "pool" + p, problem.classes[c].jobs(), 0);
                    }
                }
            }
        }

        private void edge(String from, String to, int limit, int price) {
            DefaultWeightedEdge edge = graph.addEdge(from, to);
            graph.setEdgeWeight(edge, price);
            limits.put(edge, limit);
        }

        int greatest() {
            SimpleDirectedWeightedGraph<String, DefaultWeightedEdge> capacities =
                    new SimpleDirectedWeightedGraph<>(DefaultWeightedEdge.class);
            graph.vertexSet().forEach(capacities::addVertex);
            for (DefaultWeightedEdge edge : graph.edgeSet()) {
                DefaultWeightedEdge copy = capacities.addEdge(graph.getEdgeSource(edge), graph.getEdgeTarget(edge));
                capacities.setEdgeWeight(copy, limits.getOrDefault(edge, 0));
            }
            return (int) Math.round(new EdmondsKarpMFImpl<>(capacities).calculateMaximumFlow("source", "sink"));
        }

        int leastCost(int flow) {
            var problem = new MinimumCostFlowProblemImpl<String, DefaultWeightedEdge>(
                    graph,
                    vertex -> switch (vertex) {
                        case "source" -> flow;
                        case "sink" -> -flow;
                        default -> 0;
                    },
                    edge -> limits.getOrDefault(edge, 0));
            return (int) Math.round(new CapacityScalingMinimumCostFlow<String, DefaultWeightedEdge>()
                    .getMinimumCostFlow(problem)
                    .getCost());
        }
    }

    @Property(shrinking = ShrinkingMode.OFF)
    void asManyJobsAsPossibleAtTheLeastCost(@ForAll long seed) {
        Problem problem = Problem.of(seed, false);
        SlotAssignment slots = problem.assigned();
        Exact exact = new Exact(problem);
        int greatest = exact.greatest();
        assertThat(problem.served(slots)).as("jobs served").isEqualTo(greatest);
        assertThat(problem.cost(slots)).as("their cost").isEqualTo(exact.leastCost(greatest));
    }

    /** Where the sets are nested, choosing by flexibility alone is exact already. */
    @Property(shrinking = ShrinkingMode.OFF)
    void onNestedSetsNobodyHasToBeMoved(@ForAll long seed) {
        Problem problem = Problem.of(seed, true);
        int[] left = problem.capacity.clone();
        int served = 0;
        int cost = 0;
        for (DemandClass demand : problem.classes) {
            int waiting = demand.jobs();
            for (int pool : problem.cheapestFirst()) {
                int taken = demand.servedBy(pool) ? Math.min(waiting, left[pool]) : 0;
                left[pool] -= taken;
                waiting -= taken;
                served += taken;
                cost += taken * problem.price[pool];
            }
        }
        assertThat(problem.served(problem.assigned())).isEqualTo(served);
        assertThat(problem.cost(problem.assigned())).isEqualTo(cost);
    }

    @Property(shrinking = ShrinkingMode.OFF)
    void theBooksAreRight(@ForAll long seed) {
        Problem problem = Problem.of(seed, false);
        SlotAssignment slots = problem.assigned();
        int[] before = Arrays.stream(problem.range()).map(slots::used).toArray();
        int trimmed = new Random(seed).nextInt(before.length);
        checkBooks(problem, slots);
        slots.trim(trimmed, before[trimmed] / 2);
        checkBooks(problem, slots);
        assertThat(slots.used(trimmed)).isEqualTo(before[trimmed] / 2);
        for (int p = 0; p < before.length; p++) {
            slots.fill(p, problem.capacity[p]);
            checkBooks(problem, slots);
        }
        assertThat(Arrays.stream(problem.range()).map(slots::used).sum())
                .as("as many as before")
                .isEqualTo(Arrays.stream(before).sum());
    }

    private static void checkBooks(Problem problem, SlotAssignment slots) {
        for (int p = 0; p < problem.capacity.length; p++) {
            int used = 0;
            for (int c = 0; c < problem.classes.length; c++) {
                used += slots.taken(c, p);
                assertThat(slots.taken(c, p)).isNotNegative();
                assertThat(slots.taken(c, p) == 0 || problem.classes[c].servedBy(p))
                        .isTrue();
            }
            assertThat(slots.used(p)).isEqualTo(used).isLessThanOrEqualTo(problem.capacity[p]);
        }
        for (int c = 0; c < problem.classes.length; c++) {
            int demand = c;
            int taken = Arrays.stream(problem.range())
                    .map(p -> slots.taken(demand, p))
                    .sum();
            assertThat(taken + slots.unmet(c)).isEqualTo(problem.classes[c].jobs());
        }
    }
}
