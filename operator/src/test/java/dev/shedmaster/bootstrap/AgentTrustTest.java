package dev.shedmaster.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsServer;
import dev.shedmaster.bootstrap.DistributionTool.Verdict;
import dev.shedmaster.http.PrivateAuthority;
import dev.shedmaster.http.TrustedCertificates;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a machine runs to trust a Jenkins of a private authority, run here against such a Jenkins. */
@SuppressWarnings("NullAway.Init") // see found() and begin()
class AgentTrustTest {
    private static final DistributionTool SHELL = new DistributionTool("sh", "dash");
    private static final DistributionTool CURL = new DistributionTool("curl", "curl");
    private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));
    private static final String DOCKER = """
            #!/bin/sh
            # Runs what a container would run, with the environment of its image.
            case $1 in
                run)
                    while [ $# -gt 1 ]; do shift; done
                    JAVA_HOME=%s JAVA_OPTS=-Xmx64m exec sh "$1"
                    ;;
            esac
            """.formatted(JAVA_HOME);

    @TempDir
    static Path authorities;

    private static PrivateAuthority authority;
    private static String caBundle;

    @TempDir
    Path machine;

    private HttpsServer jenkins;

    @BeforeAll
    static void found() throws Exception {
        authority = new PrivateAuthority(Files.createDirectory(authorities.resolve("jenkins")));
        PrivateAuthority other = new PrivateAuthority(Files.createDirectory(authorities.resolve("other")));
        caBundle = new TrustedCertificates(List.of(other.certificate(), authority.certificate())).pem();
    }

    @BeforeEach
    void begin() throws Exception {
        byte[] agent = Files.readAllBytes(agentJar());
        jenkins = authority.serve(exchange -> answer(exchange, agent));
        Files.createDirectories(machine.resolve("etc"));
        Files.writeString(machine.resolve("etc/agent.env"), """
                JENKINS_URL=%s
                JENKINS_AGENT_NAME=sm-a
                JENKINS_SECRET=x
                JENKINS_AGENT_WORKDIR=%s
                SHEDMASTER_KVM=unneeded
                SHEDMASTER_AGENT_IMAGE=agent:latest
                """.formatted(
                        PrivateAuthority.address(jenkins), machine.resolve("work")));
    }

    @AfterEach
    void end() {
        jenkins.stop(0);
    }

    private static void answer(HttpExchange exchange, byte[] agent) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(200, agent.length);
            exchange.getResponseBody().write(agent);
        }
    }

    private Path agentJar() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, AgentProbe.class.getName());
        String entry = AgentProbe.class.getName().replace('.', '/') + ".class";
        Path file = machine.resolve("agent.jar");
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file), manifest);
                InputStream probe =
                        Objects.requireNonNull(AgentProbe.class.getClassLoader().getResourceAsStream(entry))) {
            jar.putNextEntry(new JarEntry(entry));
            probe.transferTo(jar);
            jar.closeEntry();
        }
        return file;
    }

    /** As it would run on the machine, but in our folder, with this Java, and by somebody who is not root. */
    private String here(String text) throws IOException {
        Path docker = Files.writeString(machine.resolve("docker"), DOCKER);
        assertThat(docker.toFile().setExecutable(true)).isTrue();
        return text.replace("/etc/shedmaster", machine.resolve("etc").toString())
                .replace("/run/shedmaster", machine.resolve("run").toString())
                .replace("/usr/bin/docker", docker.toString())
                .replace("/usr/bin/java", JAVA_HOME.resolve("bin/java").toString())
                .replace("chown ", ": chown ");
    }

    private Verdict prepare(BootstrapFormat format, @Nullable String trusted) throws Exception {
        String script = here(BuiltInFiles.of(format).agentFiles(trusted).prepare());
        return SHELL.run(
                List.of(Files.writeString(machine.resolve("prepare"), script).toString()));
    }

    private Path store() {
        return machine.resolve("run/trust/store");
    }

    /** What the unit starts, run by a shell that knows the unit's environment. */
    private Verdict start(@Nullable String trusted) throws Exception {
        String unit = BuiltInFiles.of(BootstrapFormat.CLOUD_INIT)
                .agentFiles(trusted)
                .unit()
                .replace("\\\n", " ");
        Matcher command = Pattern.compile("(?m)^ExecStart=(.*)$").matcher(unit);
        assertThat(command.find()).isTrue();
        return SHELL.run(List.of("-c", here(". /etc/shedmaster/agent.env; exec " + command.group(1))));
    }

    @Test
    void aMachineFetchesTheAgentAndTheAgentReachesJenkins() throws Exception {
        CURL.run(List.of("--version"));
        assertThat(prepare(BootstrapFormat.CLOUD_INIT, caBundle)).isEqualTo(new Verdict(0, ""));
        assertThat(start(caBundle)).isEqualTo(new Verdict(0, ""));
        assertThat(start(null).output()).contains("unable to find valid certification path");
    }

    @Test
    void withoutTheBundleItCannotAndSaysWhat() throws Exception {
        CURL.run(List.of("--version"));
        Verdict verdict = prepare(BootstrapFormat.CLOUD_INIT, null);
        assertThat(verdict.status()).isEqualTo(1);
        assertThat(verdict.output()).contains("shedmaster: the agent cannot be fetched from https://localhost:");
    }

    @Test
    void inAContainerTheImagesJavaTrustsIt() throws Exception {
        assertThat(prepare(BootstrapFormat.IGNITION, caBundle)).isEqualTo(new Verdict(0, ""));
        assertThat(machine.resolve("run/trust/agent.env"))
                .hasContent("JENKINS_JAVA_OPTS=-Xmx64m -Djavax.net.ssl.trustStore=" + store());
        assertThat(trusted(store())).contains(authority.certificate());
        assertThat(BuiltInFiles.of(BootstrapFormat.IGNITION)
                        .agentFiles(caBundle)
                        .unit())
                .contains("--env-file /run/shedmaster/trust/agent.env")
                .contains("--volume /run/shedmaster/trust:/run/shedmaster/trust:ro");
    }

    @Test
    void whatJavaTrustsByItselfIsStillTrustedAndItsOwnStoreIsLeftAlone() throws Exception {
        Path own = JAVA_HOME.resolve("lib/security/cacerts");
        List<X509Certificate> before = trusted(own);
        for (int boot = 0; boot < 2; boot++) {
            assertThat(prepare(BootstrapFormat.IGNITION, caBundle).status()).isZero();
        }
        assertThat(trusted(store())).hasSize(before.size() + 2).containsAll(before);
        assertThat(trusted(own)).isEqualTo(before);
    }

    @Test
    void aStoreThatCannotBeMadeIsSaidInALine() throws Exception {
        String broken = caBundle.replaceFirst("\n.*\n", "\nnone\n");
        Verdict verdict = prepare(BootstrapFormat.IGNITION, broken);
        assertThat(verdict.status()).isEqualTo(1);
        assertThat(verdict.output())
                .contains("shedmaster: no trust store for the agent can be made of agent:latest's own and the"
                        + " JenkinsServer's spec.caBundle");
    }

    private static List<X509Certificate> trusted(Path file) throws Exception {
        KeyStore store = KeyStore.getInstance(file.toFile(), (char[]) null);
        return Collections.list(store.aliases()).stream()
                .map(alias -> certificate(store, alias))
                .toList();
    }

    private static X509Certificate certificate(KeyStore store, String alias) {
        try {
            return (X509Certificate) store.getCertificate(alias);
        } catch (java.security.KeyStoreException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @EnumSource(BootstrapFormat.class)
    void withoutTheBundleTheFilesAreAsTheyWouldBeIfThereWereNone(BootstrapFormat format) throws Exception {
        AgentFiles plain = BuiltInFiles.of(format).agentFiles(null);
        assertThat(plain.prepare()).isEqualTo(withoutSections(format.prepare()));
        assertThat(plain.unit()).isEqualTo(withoutSections(format.unit()));
        assertThat(plain.prepare() + plain.unit()).doesNotContain("trust").doesNotContain("caBundle");
    }

    private static String withoutSections(String resource) throws IOException {
        try (InputStream stream =
                Objects.requireNonNull(BuiltInFiles.class.getResourceAsStream("/bootstrap/" + resource))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .replaceAll("(?ms)^#\\{#caBundle}\n.*?^#\\{/caBundle}\n|#\\{#caBundle}.*?#\\{/caBundle}", "");
        }
    }
}
