package dev.shedmaster.ci.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.core.demand.Labelled;
import dev.shedmaster.core.demand.Requirement;
import dev.shedmaster.core.demand.Unlabelled;
import dev.shedmaster.core.label.LabelExpression;
import dev.shedmaster.core.label.LabelSyntaxException;
import dev.shedmaster.port.MachineOwner;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What items require, after the matrix observed on a real Jenkins (reference jenkins.md, section 1.3). */
class QueueJudgeTest {
    private static final String FREESTYLE = "hudson.model.FreeStyleProject";
    private static final String STEP =
            "org.jenkinsci.plugins.workflow.support.steps.ExecutorStepExecution$PlaceholderTask";
    private static final String CELL = "hudson.matrix.MatrixConfiguration";
    private static final Verdict BLOCKED = new Verdict.Blocked();

    private final RequirementMemory memory = new RequirementMemory();
    private final Computer anchor = node(AnchorNode.NAME, Set.of("shedmaster-nobody-asks-for-this"), false);
    private Nodes nodes = new Nodes(List.of(anchor));
    private Nodes nodesBefore = Nodes.NONE;

    @Nested
    class APipelineStep {

        @Test
        void isUnderstoodByTheLabelInItsSentence() {
            for (String sentence : List.of(
                    "There are no nodes with the label ‘arm64&&kvm’",
                    "All nodes of label ‘arm64&&kvm’ are offline",
                    "Waiting for next available executor on ‘arm64&&kvm’",
                    "‘Jenkins’ doesn’t have label ‘arm64&&kvm’",
                    "‘Built-In Node’ doesn’t have label ‘arm64&&kvm’; ‘x’ doesn’t have label ‘arm64&&kvm’")) {
                assertThat(judge(step(sentence))).as(sentence).isEqualTo(demand("arm64 && kvm"));
            }
        }

        @Test
        void thatAsksForNoLabelIsUnlabelledOnceThereIsANode() {
            assertThat(judge(step("Waiting for next available executor"))).isEqualTo(unlabelled());
            assertThat(judge(step(
                            "‘a’ is reserved for jobs with matching label expression; ‘b’ is not accepting tasks")))
                    .isEqualTo(unlabelled());
        }

        @Test
        void isObscureWhileThereIsNoNodeAtAll() {
            nodes = new Nodes(List.of());
            assertThat(judge(step("Waiting for next available executor")))
                    .isEqualTo(new Verdict.Obscure("Jenkins does not name labels while it has no node: its node"
                            + " 'shedmaster-anchor' is missing"));
        }

        @Test
        void isRememberedWhenItsSentenceNamesOnlyANode() {
            QueueItem before = step("There are no nodes with the label ‘arm64’");
            QueueItem offline = step("‘w-1’ is offline");
            QueueItem busy = step("Waiting for next available executor on ‘w-1’");
            nodes = new Nodes(List.of(anchor, node("w-1", Set.of("w-1", "arm64", "kvm"), false)));

            assertThat(readingOf(before)).isEqualTo(demand("arm64"));
            assertThat(readingOf(offline)).isEqualTo(demand("arm64"));
            assertThat(readingOf(busy)).isEqualTo(demand("arm64"));
        }

        @Test
        void waitsForItsNodeAloneWhenARestartMayHaveInterruptedIt() {
            QueueItem offline = step("‘w-1’ is offline");
            nodes = new Nodes(List.of(anchor, node("w-1", Set.of("w-1", "arm64"), false)));
            QueueJudge judge = new QueueJudge(nodes, nodesBefore, memory, true);

            assertThat(judge.judge(offline)).isEqualTo(new Verdict.Blocked());
            assertThat(judge.namedNodes()).containsExactly("w-1");
            assertThat(judge.judge(freestyle("arm64", "‘w-1’ is offline")))
                    .as("what tells its own label is asked for")
                    .isEqualTo(demand("arm64"));
            assertThat(judge(offline)).as("without a restart").isEqualTo(demand("arm64"));
        }

        @Test
        void isRememberedWhenTheLastNodeOfAllGoesAway() {
            assertThat(readingOf(step("There are no nodes with the label ‘arm64’")))
                    .isEqualTo(demand("arm64"));
            nodes = new Nodes(List.of());
            assertThat(readingOf(step("Waiting for next available executor"))).isEqualTo(demand("arm64"));
        }

        @Test
        void isForgottenOnceItLeftTheQueue() {
            readingOf(step("There are no nodes with the label ‘arm64’"));
            memory.beginReading();
            memory.endReading();
            nodes = new Nodes(List.of());
            assertThat(readingOf(step("Waiting for next available executor"))).isInstanceOf(Verdict.Obscure.class);
        }

        @Test
        void thatWasNeverUnderstoodAsksForAllLabelsOfTheOneNodeThatMatches() {
            nodes = new Nodes(List.of(anchor, node("w-1", Set.of("w-1", "kvm", "arm64"), false)));
            assertThat(readingOf(step("‘w-1’ is offline"))).isEqualTo(demand("arm64 && kvm"));

            // What is told outright later corrects the guess, which was remembered until then.
            nodes = new Nodes(List.of());
            assertThat(readingOf(step("Waiting for next available executor"))).isEqualTo(demand("arm64 && kvm"));
            assertThat(readingOf(step("There are no nodes with the label ‘kvm’")))
                    .isEqualTo(demand("kvm"));
        }

        @Test
        void asksForTheNodeItselfOnceOthersHaveAllItsLabelsAndWouldNotDo() {
            Computer named = node("static-3", Set.of("static-3", "kvm", "arm64"), false);
            Computer made = node("w-1", Set.of("w-1", "kvm", "arm64", "big"), true);
            QueueItem step = step("‘static-3’ is offline");
            nodes = new Nodes(List.of(anchor, named));
            assertThat(readingOf(step)).isEqualTo(demand("arm64 && kvm"));

            nodes = new Nodes(List.of(anchor, named, made));
            assertThat(readingOf(step))
                    .as("the other may have come or gone while the nodes and the queue were read")
                    .isEqualTo(demand("arm64 && kvm"));
            assertThat(readingOf(step)).isEqualTo(demand("static-3"));

            nodes = new Nodes(List.of(anchor, named));
            assertThat(readingOf(step))
                    .as("the other has gone, and must not be made again")
                    .isEqualTo(demand("static-3"));
            assertThat(readingOf(step("There are no nodes with the label ‘arm64’")))
                    .as("what Jenkins tells outright")
                    .isEqualTo(demand("arm64"));
        }

        @Test
        void keepsItsGuessWhereTheNodeIsAWorkers() {
            MachineOwner owner = new MachineOwner("i", "ci/kvm", "ci/w-1", "uid");
            Computer own = new Computer(
                    "w-1",
                    OwnershipMark.appendedTo("", owner),
                    false,
                    true,
                    false,
                    "",
                    Set.of("w-1", "kvm"),
                    1,
                    0,
                    List.of(),
                    Set.of(),
                    0);
            QueueItem step = step("Waiting for next available executor on ‘w-1’");
            nodes = new Nodes(List.of(anchor, own, node("big", Set.of("big", "kvm", "large"), true)));
            for (int reading = 0; reading < 3; reading++) {
                assertThat(readingOf(step))
                        .as("as one that asks for kvm && !large")
                        .isEqualTo(demand("kvm"));
            }
        }

        @Test
        void keepsItsGuessIfOnlyOneReadingSpeaksAgainstIt() {
            Computer named = node("static-3", Set.of("static-3", "kvm"), false);
            QueueItem step = step("Waiting for next available executor on ‘static-3’");
            Nodes one = new Nodes(List.of(anchor, named));
            Nodes two = new Nodes(List.of(anchor, named, node("w-1", Set.of("w-1", "kvm"), true)));
            for (Nodes reading : List.of(two, one, two, one, one)) {
                nodes = reading;
                assertThat(readingOf(step)).isEqualTo(demand("kvm"));
            }
        }

        @Test
        void thatNamesANodeWhichJustWentAwayIsUnderstoodByTheLastReading() {
            nodesBefore = new Nodes(List.of(node("w-1", Set.of("w-1", "kvm"), false)));
            assertThat(judge(step("‘w-1’ is offline"))).isEqualTo(demand("kvm"));
            assertThat(judge(step("Waiting for next available executor on ‘w-1’")))
                    .isEqualTo(demand("kvm"));
        }

        @Test
        void thatNamesANodeWhichNobodyKnowsIsObscure() {
            assertThat(judge(step("‘w-9’ is offline")))
                    .isEqualTo(new Verdict.Obscure(
                            "Jenkins says why in words that do not name a label: '‘w-9’ is offline'"));
        }

        @Test
        void thatIsTiedToANodeAsksForTheNode() {
            nodes = new Nodes(List.of(anchor, node("mac", Set.of("mac"), false)));
            assertThat(judge(step("‘mac’ is offline"))).isEqualTo(demand("mac"));
        }

        @Test
        void isObscureWhenItsSentenceIsNotOurs() {
            assertThat(judge(step("Es gibt keine Knoten mit dem Label ‘kvm’")))
                    .isEqualTo(new Verdict.Obscure("Jenkins says why in words that do not name a label:"
                            + " 'Es gibt keine Knoten mit dem Label ‘kvm’'"));
            assertThat(judge(step(null))).isEqualTo(new Verdict.Obscure("Jenkins does not say what it waits for"));
        }

        @Test
        void whoseLabelIsNoExpressionAsksForTheWholeTextAsOneLabel() {
            Verdict verdict = judge(step("There are no nodes with the label ‘a b’"));
            assertThat(verdict).isEqualTo(new Verdict.Demand(new Labelled(new LabelExpression.Atom("a b"))));
        }
    }

    @Nested
    class AFreestyleJob {

        @Test
        void asksForWhatItWasConfiguredToAskForWhateverTheSentence() {
            nodes = new Nodes(List.of(anchor, node("w-1", Set.of("w-1", "arm64", "kvm", "extra"), false)));
            for (String sentence : List.of(
                    "There are no nodes with the label ‘arm64&&kvm’",
                    "All nodes of label ‘arm64&&kvm’ are offline",
                    "Waiting for next available executor on ‘arm64&&kvm’",
                    "Waiting for next available executor on ‘w-1’",
                    "‘w-1’ is offline",
                    "‘w-2’ is offline",
                    "Waiting for next available executor",
                    "‘Jenkins’ doesn’t have label ‘arm64&&kvm’",
                    "Node is being removed",
                    "Es gibt keine Knoten mit dem Label ‘arm64&&kvm’")) {
                assertThat(judge(freestyle("arm64 && kvm", sentence)))
                        .as(sentence)
                        .isEqualTo(demand("arm64 && kvm"));
            }
        }

        @Test
        void keepsTheQuotesThatTheSentenceDrops() {
            assertThat(judge(freestyle("\"a b\" && c", "There are no nodes with the label ‘a b&&c’")))
                    .isEqualTo(demand("\"a b\" && c"));
        }

        @Test
        void withoutLabelIsUnlabelled() {
            nodes = new Nodes(List.of());
            assertThat(judge(freestyle("", "Waiting for next available executor")))
                    .isEqualTo(unlabelled());
        }

        @Test
        void thatAPluginSendsElsewhereAsksForThatLabel() {
            nodes = new Nodes(List.of(anchor, node("w-1", Set.of("w-1", "arm64"), false)));
            assertThat(judge(freestyle("amd64", "There are no nodes with the label ‘riscv’")))
                    .isEqualTo(demand("riscv"));
            assertThat(judge(freestyle("", "There are no nodes with the label ‘riscv’")))
                    .isEqualTo(demand("riscv"));
            assertThat(judge(freestyle("amd64", "‘w-1’ is offline"))).isEqualTo(demand("arm64"));
            assertThat(judge(freestyle("", "Waiting for next available executor on ‘w-1’")))
                    .isEqualTo(demand("arm64"));
        }

        @Test
        void thatABuildParameterSendsElsewhereAsksForThatLabel() {
            QueueItem item = item(FREESTYLE, "amd64", "arm64", "Waiting for next available executor");
            assertThat(judge(item)).isEqualTo(demand("arm64"));
        }

        @Test
        void withAnImpossibleExpressionAsksForItAsOneLabel() {
            assertThat(judge(freestyle("a & b", "There are no nodes with the label ‘a & b’")))
                    .isEqualTo(new Verdict.Demand(new Labelled(new LabelExpression.Atom("a & b"))));
        }
    }

    @Test
    void aMatrixCellIsUnderstoodByItsSentenceOnly() {
        assertThat(judge(item(CELL, "", null, "There are no nodes with the label ‘arm64’")))
                .isEqualTo(demand("arm64"));
        nodes = new Nodes(List.of());
        assertThat(judge(item(CELL, "", null, "Waiting for next available executor")))
                .isInstanceOf(Verdict.Obscure.class);
    }

    @Test
    void nothingIsDemandedOfAJenkinsThatShutsDown() {
        assertThat(judge(freestyle("kvm", "Jenkins is about to shut down"))).isEqualTo(BLOCKED);
        assertThat(judge(step("Jenkins is about to shut down"))).isEqualTo(BLOCKED);
    }

    @Test
    void whatARuleKeepsFromAnIdleExecutorIsBlocked() {
        nodes = new Nodes(List.of(anchor, node("w-1", Set.of("w-1", "kvm"), true)));
        assertThat(judge(freestyle("kvm", "Already running 2 builds on node"))).isEqualTo(BLOCKED);
        assertThat(judge(step("‘b’ doesn’t have label ‘kvm’; Already running 2 builds on node")))
                .isEqualTo(BLOCKED);
        assertThat(judge(freestyle("kvm", "‘alice’ lacks permission to run on ‘w-1’")))
                .isEqualTo(BLOCKED);
    }

    @Test
    void whatNoIdleExecutorCouldTakeIsDemandEvenIfTheSentenceIsNotOurs() {
        nodes = new Nodes(List.of(anchor, node("w-1", Set.of("w-1", "other"), true)));
        assertThat(judge(freestyle("kvm", "Attente du prochain exécuteur"))).isEqualTo(demand("kvm"));
    }

    @Test
    void equalRequirementsAreOneObject() {
        QueueJudge judge = new QueueJudge(nodes, nodesBefore, memory, false);
        Requirement first = requirement(judge.judge(freestyle("a && b", "There are no nodes with the label ‘a&&b’")));
        Requirement second = requirement(judge.judge(freestyle("a&&b", "There are no nodes with the label ‘a&&b’")));
        assertThat(first).isSameAs(second);
    }

    private static Requirement requirement(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Demand.class);
        return ((Verdict.Demand) verdict).requirement();
    }

    private Verdict judge(QueueItem item) {
        return new QueueJudge(nodes, nodesBefore, memory, false).judge(item);
    }

    private Verdict readingOf(QueueItem item) {
        memory.beginReading();
        Verdict verdict = judge(item);
        memory.endReading();
        return verdict;
    }

    private static QueueItem step(@Nullable String why) {
        return item(STEP, null, null, why);
    }

    private static QueueItem freestyle(String label, String why) {
        return item(FREESTYLE, label, null, why);
    }

    private static QueueItem item(
            String taskClass, @Nullable String label, @Nullable String parameterLabel, @Nullable String why) {
        return new QueueItem(
                "hudson.model.Queue$BuildableItem",
                1,
                false,
                Instant.EPOCH,
                why,
                taskClass,
                "job",
                label,
                parameterLabel);
    }

    private static Computer node(String name, Set<String> labels, boolean idle) {
        return new Computer(name, "", false, idle, false, "", labels, 1, idle ? 1 : 0, List.of(), Set.of(), 0);
    }

    private static Verdict demand(String label) {
        try {
            return new Verdict.Demand(new Labelled(LabelExpression.parse(label)));
        } catch (LabelSyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static Verdict unlabelled() {
        return new Verdict.Demand(new Unlabelled());
    }
}
