package dev.shedmaster.suite.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.shedmaster.api.v1alpha1.AzureSubscription;
import dev.shedmaster.api.v1alpha1.BareMetalHost;
import dev.shedmaster.api.v1alpha1.HetznerAccount;
import dev.shedmaster.api.v1alpha1.JenkinsServer;
import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.api.v1alpha1.WorkerPool;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@DisplayName("The operator's code handles the kinds that the chart grants, and no others")
@ExtendWith(Cluster.Parameter.class)
class RightsAreUsedTest {

    /** The class whose use in the operator's code makes a rule needed. */
    private static final Map<String, String> USED_BY = new TreeMap<>(Map.ofEntries(
            Map.entry("shedmaster.dev workerpools", WorkerPool.class.getName()),
            Map.entry("shedmaster.dev workers", Worker.class.getName()),
            Map.entry("shedmaster.dev jenkinsservers", JenkinsServer.class.getName()),
            Map.entry("shedmaster.dev azuresubscriptions", AzureSubscription.class.getName()),
            Map.entry("shedmaster.dev hetzneraccounts", HetznerAccount.class.getName()),
            Map.entry("shedmaster.dev baremetalhosts", BareMetalHost.class.getName()),
            Map.entry("core secrets", Secret.class.getName()),
            Map.entry("core configmaps", ConfigMap.class.getName()),
            Map.entry("core namespaces", Namespace.class.getName()),
            Map.entry("events.k8s.io events", io.fabric8.kubernetes.api.model.events.v1.Event.class.getName()),
            // JOSDK works with the lease; our code only says which one.
            Map.entry(
                    "coordination.k8s.io leases",
                    "io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration")));

    /** What all kinds are, and so none that a rule could grant. */
    private static final Set<String> NOT_OF_THE_API =
            Set.of(HasMetadata.class.getName(), CustomResource.class.getName());

    @Test
    void everyRuleIsNeeded(Cluster cluster) {
        Set<String> used = usedByTheOperator();
        assertThat(granted(cluster))
                .filteredOn(kind -> !used.contains(USED_BY.get(kind)))
                .isEmpty();
    }

    @Test
    void noRuleIsMissing(Cluster cluster) {
        Set<String> handled = usedByTheOperator().stream()
                .filter(RightsAreUsedTest::isAKind)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> allowed = granted(cluster).stream().map(USED_BY::get).collect(Collectors.toSet());
        handled.removeAll(allowed);
        handled.removeAll(NOT_OF_THE_API);
        assertThat(handled).isEmpty();
    }

    private static Set<String> granted(Cluster cluster) {
        Set<String> kinds =
                cluster
                        .objects(cluster.chart()
                                .template("rights-used", "watchNamespaces: []")
                                .mustSucceed())
                        .stream()
                        .flatMap(object -> switch (object) {
                            case ClusterRole role -> role.getRules().stream();
                            case Role role -> role.getRules().stream();
                            default -> Stream.empty();
                        })
                        .flatMap(rule -> rule.getResources().stream()
                                .map(resource -> (rule.getApiGroups().getFirst().isEmpty()
                                                ? "core"
                                                : rule.getApiGroups().getFirst())
                                        + " " + resource.replaceFirst("/.*", "")))
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(kinds).isEqualTo(USED_BY.keySet());
        return kinds;
    }

    private static Set<String> usedByTheOperator() {
        Set<String> used = new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("dev.shedmaster.kube", "dev.shedmaster.cli")
                        .stream()
                        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                        .map(Dependency::getTargetClass)
                        .map(JavaClass::getName)
                        // Who builds an object of a kind handles that kind.
                        .map(name -> name.replaceFirst("Builder$", ""))
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(used).as("classes that dev.shedmaster.kube uses").isNotEmpty();
        return used;
    }

    private static boolean isAKind(String name) {
        try {
            Class<?> type = Class.forName(name, false, RightsAreUsedTest.class.getClassLoader());
            return HasMetadata.class.isAssignableFrom(type) && type != Event.class;
        } catch (ClassNotFoundException | LinkageError e) {
            return false; // not of the API: a class of a library that only the operator has
        }
    }
}
