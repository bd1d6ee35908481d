package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Makes the CustomResourceDefinitions out of the records. The same records always give the same bytes. */
final class CrdRenderer {

    static final List<Class<? extends CustomResource<?, ?>>> KINDS = List.of(
            WorkerPool.class,
            Worker.class,
            JenkinsServer.class,
            AzureSubscription.class,
            HetznerAccount.class,
            BareMetalHost.class);

    private static final String HEADER =
            "# Made from the records of dev.shedmaster.api.v1alpha1: change those and run" + " make crds.\n";

    private CrdRenderer() {}

    /** The definitions by the names of their files, in the order in which a person meets the kinds. */
    static Map<String, CustomResourceDefinition> render() {
        Map<String, CustomResourceDefinition> definitions = new LinkedHashMap<>();
        for (Class<? extends CustomResource<?, ?>> kind : KINDS) {
            CustomResourceDefinition definition = generate(kind);
            definition.getSpec().getVersions().forEach(version -> finish(kind, version));
            definitions.put(definition.getMetadata().getName() + ".yaml", definition);
        }
        return definitions;
    }

    static String yaml(CustomResourceDefinition definition) {
        return HEADER + CrdText.of(definition);
    }

    private static CustomResourceDefinition generate(Class<? extends CustomResource<?, ?>> kind) {
        Captured captured = new Captured();
        new CRDGenerator()
                .customResourceClasses(List.of(kind))
                .forCRDVersions("v1")
                .withPostProcessor(captured)
                .withOutput(new Discarded())
                .generate();
        if (captured.definitions.size() != 1) {
            throw new IllegalStateException("The generator made of " + kind + ": " + captured.definitions);
        }
        return captured.definitions.getFirst();
    }

    private static void finish(Class<? extends CustomResource<?, ?>> kind, CustomResourceDefinitionVersion version) {
        JSONSchemaProps root = version.getSchema().getOpenAPIV3Schema();
        root.setDescription(kind.getAnnotation(JsonClassDescription.class).value());
        root.setRequired(List.of("spec"));
        root.getProperties().forEach((name, part) -> part.setDescription(descriptionOf(name)));
        SchemaFinish.apply(root);

        List<String> columns = Stream.of(kind.getAnnotationsByType(AdditionalPrinterColumn.class))
                .map(AdditionalPrinterColumn::name)
                .toList();
        version.getAdditionalPrinterColumns()
                .sort(Comparator.comparingInt(column -> columns.indexOf(column.getName())));
    }

    private static String descriptionOf(String part) {
        return switch (part) {
            case "spec" -> "What is wanted.";
            case "status" -> "What the operator sees and has decided. Nobody else writes it.";
            default -> throw new IllegalStateException("An object has a part of no description: " + part);
        };
    }

    /** What the generator has made, before it is written. */
    private static final class Captured implements CRDPostProcessor {
        private final List<CustomResourceDefinition> definitions = new ArrayList<>();

        @Override
        public HasMetadata process(HasMetadata definition, String crdSpecVersion) {
            definitions.add((CustomResourceDefinition) definition);
            return definition;
        }
    }

    /** The generator insists on writing somewhere. */
    private static final class Discarded implements CRDGenerator.CRDOutput<OutputStream> {
        @Override
        public OutputStream outputFor(String crdName) {
            return OutputStream.nullOutputStream();
        }

        @Override
        public void close() {}
    }
}
