import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * Tells what came of a run of all tests, from the XML reports that Surefire writes.
 *
 * <p>Arguments: a file with one line for each part that was skipped as a whole, and the folder of the repository. The
 * exit status is 0 when tests ran and none failed. Run by the JDK from source, so that it also works where the
 * project does not compile.
 */
final class TestReport {

    private static final int OUTPUT_LINES = 60;

    /** What came of one test. */
    enum Outcome {
        PASSED,
        FAILED,
        SKIPPED
    }

    /**
     * @param words why it was skipped, or how it failed, whole
     */
    record Case(Path report, String className, String name, double seconds, Outcome outcome, String words) {
        String title() {
            return className.substring(className.lastIndexOf('.') + 1) + "." + name;
        }
    }

    public static void main(String[] arguments) throws IOException {
        List<String> partsSkipped = Files.readAllLines(Path.of(arguments[0]));
        List<Case> cases = new ArrayList<>();
        for (Path report : reports(Path.of(arguments[1]))) {
            cases.addAll(read(report));
        }
        List<Case> failed = only(cases, Outcome.FAILED);
        List<Case> skipped = only(cases, Outcome.SKIPPED);

        slowest(cases);
        if (!skipped.isEmpty() || !partsSkipped.isEmpty()) {
            System.out.println("Skipped");
            partsSkipped.forEach(part -> System.out.println("  " + part));
            skipped.forEach(test -> System.out.println("  " + test.title() + ": " + firstLine(test.words())));
            System.out.println();
        }
        failed.forEach(TestReport::tell);

        int notRun = skipped.size() + partsSkipped.size();
        System.out.printf(
                "%d passed, %d failed, %d skipped%n", cases.size() - failed.size() - skipped.size(), failed.size(), notRun);
        boolean anyRan = cases.size() > skipped.size();
        System.exit(failed.isEmpty() && anyRan ? 0 : 1);
    }

    private static List<Path> reports(Path repository) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(repository, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String name = folder.getFileName().toString();
                return name.equals(".git") || name.equals("src") ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.getParent().endsWith("surefire-reports") && file.getFileName().toString().matches("TEST-.*\\.xml")) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return found.stream().sorted().toList();
    }

    private static List<Case> read(Path report) {
        try {
            NodeList tests = DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(report.toFile())
                    .getElementsByTagName("testcase");
            return elements(tests).map(test -> read(report, test)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ParserConfigurationException | SAXException e) {
            // The JVM of the tests died while it wrote: that is a failure, whatever the file would have said.
            return List.of(new Case(report, report.getFileName().toString(), "report", 0, Outcome.FAILED, e.toString()));
        }
    }

    private static Case read(Path report, Element test) {
        Outcome outcome = Outcome.PASSED;
        String words = "";
        for (String kind : List.of("failure", "error", "skipped")) {
            Element mark = elements(test.getElementsByTagName(kind)).findFirst().orElse(null);
            if (mark != null) {
                outcome = kind.equals("skipped") ? Outcome.SKIPPED : Outcome.FAILED;
                words = outcome == Outcome.SKIPPED && mark.hasAttribute("message")
                        ? mark.getAttribute("message")
                        : mark.getTextContent();
                break;
            }
        }
        String seconds = test.getAttribute("time").replace(",", "");
        return new Case(
                report,
                test.getAttribute("classname"),
                test.getAttribute("name"),
                seconds.isEmpty() ? 0 : Double.parseDouble(seconds),
                outcome,
                words.strip());
    }

    private static Stream<Element> elements(NodeList nodes) {
        return IntStream.range(0, nodes.getLength()).mapToObj(nodes::item).map(Element.class::cast);
    }

    private static List<Case> only(List<Case> cases, Outcome outcome) {
        return cases.stream().filter(test -> test.outcome() == outcome).toList();
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("it gives no reason");
    }

    private static void slowest(List<Case> cases) {
        if (cases.isEmpty()) {
            return;
        }
        System.out.println("The slowest tests");
        cases.stream()
                .sorted(Comparator.comparingDouble(Case::seconds).reversed())
                .limit(5)
                .forEach(test -> System.out.printf(Locale.ROOT, "  %6.1f s  %s%n", test.seconds(), test.title()));
        System.out.println();
    }

    /** A failure, whole, and the end of what its class printed and of what a test end to end wrote of its world. */
    private static void tell(Case test) {
        System.out.println("FAILED " + test.className() + "." + test.name());
        System.out.println(test.words().indent(4).stripTrailing());
        tellEnd(test.report().resolveSibling(test.className() + "-output.txt"));
        String method = test.className() + "." + test.name().replaceAll("\\(.*", "") + ".";
        Path trials = test.report().resolveSibling("../failed-trials").normalize();
        if (Files.isDirectory(trials)) {
            try (Stream<Path> files = Files.list(trials)) {
                files.filter(file -> file.getFileName().toString().startsWith(method)).sorted().forEach(TestReport::tellEnd);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        System.out.println();
    }

    private static void tellEnd(Path output) {
        if (!Files.exists(output)) {
            return;
        }
        try (Stream<String> lines = Files.lines(output)) {
            List<String> all = lines.toList();
            System.out.println("  The last of " + all.size() + " lines in " + output);
            all.subList(Math.max(0, all.size() - OUTPUT_LINES), all.size())
                    .forEach(line -> System.out.println("    " + line));
        } catch (IOException | UncheckedIOException e) {
            System.out.println("  " + output + " can't be read: " + e.getMessage());
        }
    }
}
