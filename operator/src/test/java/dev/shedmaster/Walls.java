package dev.shedmaster;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.NullMarked;

/**
 * The walls between the operator's rooms, as the architecture draws them: which packages may know which.
 *
 * <p>A rule about a room that is still empty holds; it covers the room as soon as there is a class in it.
 */
final class Walls {
    private static final List<String> ROOMS =
            List.of("core", "port", "http", "ssh", "ci", "machine", "bootstrap", "kube", "web", "cli");
    /** What only the shell knows: the operator framework, the Kubernetes client, and our own kinds made for it. */
    private static final String[] KUBERNETES = {"io.javaoperatorsdk..", "io.fabric8..", "dev.shedmaster.api.."};

    private static final List<String> NAMES_THAT_SAY_NOTHING = List.of("Manager", "Helper", "Util", "Utils", "Impl");

    private final String house;

    /**
     * A house of rooms.
     *
     * @param house the package that holds all rooms
     */
    Walls(String house) {
        this.house = house;
    }

    /** Every wall by its name. */
    Map<String, ArchRule> all() {
        Map<String, ArchRule> walls = new LinkedHashMap<>();
        walls.put("every class lives in a known room", everyClassLivesInARoom());
        walls.put("core knows only Java and JSpecify", coreKnowsOnlyJava());
        walls.put("core does no input or output", coreDoesNoIo());
        walls.put("core does not ask for the time or for chance", coreIsDeterministic());
        walls.put("port knows core", roomKnows("port", "core"));
        walls.put("port needs no library", portNeedsNoLibrary());
        walls.put("http knows port", roomKnows("http", "port"));
        walls.put("ssh knows port", roomKnows("ssh", "port"));
        walls.put("ci knows port, core, http", roomKnows("ci", "port", "core", "http"));
        walls.put("machine knows port, core, http, ssh", roomKnows("machine", "port", "core", "http", "ssh"));
        walls.put("bootstrap knows port, core", roomKnows("bootstrap", "port", "core"));
        walls.put("web knows port, core", roomKnows("web", "port", "core"));
        walls.put("kube knows neither web nor cli", roomDoesNotKnow("kube", "web", "cli"));
        walls.put("only kube and cli know Kubernetes", onlyShellKnowsKubernetes());
        walls.put("adapters of CI systems do not know each other", adaptersAreStrangers("ci"));
        walls.put("adapters of providers do not know each other", adaptersAreStrangers("machine"));
        walls.put("rooms know each other one way", noCycles(house));
        walls.put("the parts of core know each other one way", noCycles(house + ".core"));
        walls.put("every package is null-marked", everyPackageIsNullMarked());
        walls.put("names say what a class is", namesSaySomething());
        walls.put("nothing static can change", nothingStaticChanges());
        return walls;
    }

    private ArchRule everyClassLivesInARoom() {
        String[] rooms = ROOMS.stream().map(this::room).toArray(String[]::new);
        return classes().should().resideInAnyPackage(rooms);
    }

    private ArchRule coreKnowsOnlyJava() {
        return classes()
                .that()
                .resideInAPackage(room("core"))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage("java..", "org.jspecify..", room("core"))
                        .or(primitive()))
                .allowEmptyShould(true);
    }

    private ArchRule coreDoesNoIo() {
        return noClasses()
                .that()
                .resideInAPackage(room("core"))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "java.io..",
                        "java.net..",
                        "java.nio..",
                        "java.sql..",
                        "java.util.logging..",
                        "java.lang.reflect.."))
                .allowEmptyShould(true);
    }

    private ArchRule coreIsDeterministic() {
        Set<String> types = Set.of(
                "java.time.Clock",
                "java.time.InstantSource",
                "java.util.Random",
                "java.util.SplittableRandom",
                "java.util.concurrent.ThreadLocalRandom",
                "java.util.random.RandomGenerator",
                "java.security.SecureRandom",
                "java.lang.Thread",
                "java.lang.Runtime",
                "java.lang.ProcessHandle");
        return noClasses()
                .that()
                .resideInAPackage(room("core"))
                .should()
                .dependOnClassesThat(describe(
                        "tell the time, chance or the machine", (JavaClass type) -> types.contains(type.getName())))
                .orShould()
                .accessTargetWhere(describe("asks the machine for what is not in its arguments", Walls::asksTheMachine))
                .allowEmptyShould(true);
    }

    private static boolean asksTheMachine(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        String name = access.getTarget().getName();
        // System.lineSeparator and arraycopy included: core has better ways for both.
        return owner.equals("java.lang.System")
                || (owner.startsWith("java.time.") && name.equals("now"))
                || (owner.equals("java.lang.Math") && name.equals("random"))
                || (owner.equals("java.util.UUID") && name.equals("randomUUID"))
                || (owner.equals("java.time.ZoneId") && name.equals("systemDefault"))
                || (owner.equals("java.util.Collections") && name.equals("shuffle"));
    }

    private ArchRule portNeedsNoLibrary() {
        return classes()
                .that()
                .resideInAPackage(room("port"))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage("java..", "org.jspecify..", room("port"), room("core"))
                        .or(primitive()))
                .allowEmptyShould(true);
    }

    /** The room knows these others and no further one of the house. */
    private ArchRule roomKnows(String room, String... others) {
        List<String> known = List.of(others);
        String[] forbidden = ROOMS.stream()
                .filter(other -> !other.equals(room) && !known.contains(other))
                .toArray(String[]::new);
        return roomDoesNotKnow(room, forbidden);
    }

    private ArchRule roomDoesNotKnow(String room, String... forbidden) {
        String[] packages = List.of(forbidden).stream().map(this::room).toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(room(room))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages)
                .allowEmptyShould(true);
    }

    private ArchRule onlyShellKnowsKubernetes() {
        return noClasses()
                .that(not(resideInAnyPackage(room("kube"), room("cli"))))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(KUBERNETES)
                .allowEmptyShould(true);
    }

    private ArchRule adaptersAreStrangers(String room) {
        return slices().matching(house + "." + room + ".(*)..")
                .should()
                .notDependOnEachOther()
                .allowEmptyShould(true);
    }

    private ArchRule noCycles(String under) {
        return slices().matching(under + ".(*)..").should().beFreeOfCycles().allowEmptyShould(true);
    }

    private ArchRule everyPackageIsNullMarked() {
        return classes().should(new ArchCondition<JavaClass>("live in a package with @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                events.add(new SimpleConditionEvent(
                        type, marked, type.getPackageName() + " has no package-info.java with @NullMarked"));
            }
        });
    }

    private static ArchRule namesSaySomething() {
        return noClasses()
                .should()
                .haveNameMatching(".*[.$][A-Za-z0-9]*(" + String.join("|", NAMES_THAT_SAY_NOTHING) + ")")
                .because("a class is named for what it is");
    }

    private static ArchRule nothingStaticChanges() {
        return fields().that(describe("are static and written by a person", Walls::isWrittenStatic))
                .should()
                .beFinal()
                .andShould()
                .haveRawType(not(mutable()))
                .allowEmptyShould(true);
    }

    private static boolean isWrittenStatic(JavaField field) {
        return field.getModifiers().contains(JavaModifier.STATIC)
                && !field.getModifiers().contains(JavaModifier.SYNTHETIC);
    }

    /** Types whose content can change. An interface such as List is taken for what List.of makes. */
    private static DescribedPredicate<JavaClass> mutable() {
        return describe(
                "mutable",
                type -> type.isArray()
                        || type.getPackageName().equals("java.util.concurrent.atomic")
                        || (!type.isInterface()
                                && !type.isEnum()
                                && (type.isAssignableTo(Collection.class)
                                        || type.isAssignableTo(Map.class)
                                        || type.isAssignableTo(StringBuilder.class)
                                        || type.isAssignableTo(ThreadLocal.class))));
    }

    /** Arrays of primitives and the like have no package. */
    private static DescribedPredicate<JavaClass> primitive() {
        return describe("primitive", type -> type.getBaseComponentType().isPrimitive());
    }

    private String room(String name) {
        return house + "." + name + "..";
    }
}
