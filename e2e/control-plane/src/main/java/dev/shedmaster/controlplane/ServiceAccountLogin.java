package dev.shedmaster.controlplane;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Turns a kubeconfig with all rights into one that acts as a ServiceAccount. kubectl does the talking: it knows every
 * way in which a user may log in to a cluster of their own.
 */
record ServiceAccountLogin(Surroundings surroundings, Path kubectl, Path administrator) {

    private static final ObjectMapper JSON = new ObjectMapper();

    Path write(Path folder, String namespace, String serviceAccount) {
        String token = kubectl("create", "token", serviceAccount, "--namespace", namespace, "--duration", "24h")
                .strip();
        // Only the current context is left, and files that it points to are taken in.
        String cluster = kubectl("config", "view", "--raw", "--minify", "--flatten", "--output", "json");
        try {
            // createTempFile: for the owner's eyes only.
            Path file = Files.createTempFile(folder, namespace + "-" + serviceAccount + "-", ".kubeconfig");
            return Files.writeString(file, as(token, namespace, cluster));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** JSON is YAML too, so what comes out is a kubeconfig as it is. */
    private static String as(String token, String namespace, String kubeconfig) throws JsonProcessingException {
        ObjectNode config = (ObjectNode) JSON.readTree(kubeconfig);
        String user = "service-account";
        config.putArray("users").addObject().put("name", user).putObject("user").put("token", token);
        ObjectNode context = (ObjectNode) config.at("/contexts/0/context");
        context.put("user", user).put("namespace", namespace);
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(config);
    }

    private String kubectl(String... arguments) {
        String[] line = new String[arguments.length + 2];
        line[0] = kubectl.toString();
        line[1] = "--kubeconfig=" + administrator;
        System.arraycopy(arguments, 0, line, 2, arguments.length);
        return Command.of(surroundings, line).output();
    }
}
