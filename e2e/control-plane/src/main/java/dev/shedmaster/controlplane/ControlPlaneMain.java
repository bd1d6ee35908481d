package dev.shedmaster.controlplane;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CountDownLatch;

/**
 * Runs a control plane until it is told to end (SIGINT, SIGTERM). Its one line on stdout is the kubeconfig's path.
 *
 * <p>An argument names a file to put the kubeconfig in, for those who want to know beforehand where it will be. It
 * appears when the control plane answers, and goes with it. {@code --bare} before it asks for the API server alone, without
 * controllers and Helm.
 */
public final class ControlPlaneMain {
    private static final String BARE = "--bare";

    private ControlPlaneMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        boolean bare = arguments.length > 0 && arguments[0].equals(BARE);
        ControlPlane.Options plain = ControlPlane.Options.defaults();
        try (ControlPlane controlPlane =
                ControlPlane.start(bare ? plain : plain.withControllers().withHelm())) {
            Path kubeconfig = controlPlane.kubeconfig();
            if (arguments.length > (bare ? 1 : 0)) {
                kubeconfig = publish(kubeconfig, Path.of(arguments[bare ? 1 : 0]));
            }
            System.err.println("control-plane: " + controlPlane.description());
            System.out.println(kubeconfig);
            // Each control plane ends itself when the JVM does, which is the only end there is.
            new CountDownLatch(1).await();
        } catch (ControlPlaneFailure e) {
            System.err.println("control-plane: " + e.getMessage());
            System.exit(1);
        }
    }

    private static Path publish(Path kubeconfig, Path wanted) throws IOException {
        Path target = wanted.toAbsolutePath();
        Files.createDirectories(target.getParent());
        Path beside = Files.createTempFile(target.getParent(), "kubeconfig", null); // for the owner's eyes only
        Files.write(beside, Files.readAllBytes(kubeconfig));
        Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
        target.toFile().deleteOnExit();
        return target;
    }
}
