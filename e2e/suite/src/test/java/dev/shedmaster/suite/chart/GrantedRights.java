package dev.shedmaster.suite.chart;

import io.fabric8.kubernetes.api.model.authorization.v1.ResourceRule;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What an account may do, asked of the API server as that account. */
record GrantedRights(KubernetesClient account) {

    /** All that it may do in a namespace, one line a right: {@code verb resource.group} or {@code verb resource/name}. */
    Set<String> in(String namespace) {
        var review = account.resource(new SelfSubjectRulesReviewBuilder()
                        .withNewSpec()
                        .withNamespace(namespace)
                        .endSpec()
                        .build())
                .create();
        Set<String> rights = new TreeSet<>();
        for (ResourceRule rule : review.getStatus().getResourceRules()) {
            for (String group : rule.getApiGroups()) {
                for (String resource : rule.getResources()) {
                    for (String verb : rule.getVerbs()) {
                        rights.addAll(lines(verb, group, resource, rule.getResourceNames()));
                    }
                }
            }
        }
        return rights;
    }

    private static List<String> lines(String verb, String group, String resource, List<String> names) {
        String what = verb + " " + (group.isEmpty() ? "" : group + " ") + resource;
        return names.isEmpty()
                ? List.of(what)
                : names.stream().map(name -> what + " named " + name).toList();
    }

    /** Whether it may do one thing; an empty name means any, an empty namespace all. */
    boolean allow(String verb, String group, String resource, String subresource, String namespace, String name) {
        return account.resource(new SelfSubjectAccessReviewBuilder()
                        .withNewSpec()
                        .withNewResourceAttributes()
                        .withVerb(verb)
                        .withGroup(group)
                        .withResource(resource)
                        .withSubresource(subresource)
                        .withNamespace(namespace)
                        .withName(name)
                        .endResourceAttributes()
                        .endSpec()
                        .build())
                .create()
                .getStatus()
                .getAllowed();
    }
}
