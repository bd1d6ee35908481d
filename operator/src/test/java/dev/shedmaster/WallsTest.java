package dev.shedmaster;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import dev.shedmaster.core.worker.WorkerLifecycle;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The walls stand, and each would fall if somebody broke through it: see the package {@code badhouse}. */
class WallsTest {
    private static final JavaClasses OPERATOR = new ClassFileImporter()
            .importUrl(
                    WorkerLifecycle.class.getProtectionDomain().getCodeSource().getLocation());
    private static final JavaClasses BAD_HOUSE = new ClassFileImporter().importPackages("badhouse");

    @TestFactory
    Stream<DynamicTest> theWallsStand() {
        return new Walls("dev.shedmaster")
                .all().entrySet().stream()
                        .map(wall -> DynamicTest.dynamicTest(
                                wall.getKey(),
                                () -> assertThat(broken(wall.getValue(), OPERATOR))
                                        .isEmpty()));
    }

    @TestFactory
    Stream<DynamicTest> eachWallFallsInABadHouse() {
        return new Walls("badhouse")
                .all().entrySet().stream()
                        .map(wall -> DynamicTest.dynamicTest(
                                wall.getKey(),
                                () -> assertThat(broken(wall.getValue(), BAD_HOUSE))
                                        .isNotEmpty()));
    }

    /** A rule with several parts must notice each: these words must be in its report. */
    @ParameterizedTest
    @MethodSource
    void aWallNoticesEachWayThroughIt(String wall, List<String> culprits) {
        String report = String.join("\n", broken(new Walls("badhouse").all().get(wall), BAD_HOUSE));
        assertThat(report).contains(culprits);
    }

    static Stream<Arguments> aWallNoticesEachWayThroughIt() {
        return Stream.of(
                Arguments.of(
                        "core does no input or output", List.of("java.io.File", "java.net.URI", "java.nio.file.Path")),
                Arguments.of(
                        "core does not ask for the time or for chance",
                        List.of(
                                "java.time.Clock",
                                "Instant.now()",
                                "System.nanoTime()",
                                "Math.random()",
                                "UUID.randomUUID()",
                                "ZoneId.systemDefault()",
                                "Thread.currentThread()",
                                "java.util.Random",
                                "Collections.shuffle(")),
                Arguments.of(
                        "names say what a class is",
                        List.of("ThingManager", "ThingHelper", "ThingUtil>", "ThingUtils", "ThingImpl")),
                Arguments.of("nothing static can change", List.of("reassigned", "ARRAY", "COUNTER", "MAP", ".LIST")),
                Arguments.of("only kube and cli know Kubernetes", List.of("io.fabric8", "io.javaoperatorsdk")),
                Arguments.of("kube knows neither web nor cli", List.of("badhouse.web", "badhouse.cli")));
    }

    @Test
    void allowsWhatCannotChange() {
        String report =
                String.join("\n", broken(new Walls("badhouse").all().get("nothing static can change"), BAD_HOUSE));
        assertThat(report).doesNotContain("NUMBER", "FIXED_LIST", "FIXED_MAP");
    }

    @Test
    void seesTheWholeOperator() {
        assertThat(OPERATOR.contain(WorkerLifecycle.class)).isTrue();
        assertThat(OPERATOR.size()).isGreaterThan(50);
    }

    private static List<String> broken(@Nullable ArchRule wall, JavaClasses house) {
        EvaluationResult result = Objects.requireNonNull(wall, "no such wall").evaluate(house);
        return result.getFailureReport().getDetails();
    }
}
