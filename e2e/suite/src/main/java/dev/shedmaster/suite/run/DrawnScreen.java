package dev.shedmaster.suite.run;

import java.io.PrintStream;
import java.util.List;
import org.jline.terminal.Terminal;

/** Draws the page again and again in the same place of a terminal. */
final class DrawnScreen implements Screen {
    private static final String REST_OF_LINE = "\033[K";
    private static final String REST_OF_SCREEN = "\033[J";
    private static final int WIDTH_IF_UNKNOWN = 120;
    private static final int HEIGHT_IF_UNKNOWN = 50;

    private final NightPage page;
    private final Terminal terminal;
    private final PrintStream out;
    private int drawn;

    DrawnScreen(NightPage page, Terminal terminal, PrintStream out) {
        this.page = page;
        this.terminal = terminal;
        this.out = out;
    }

    @Override
    public void show(NightState state) {
        int width = terminal.getColumns() > 0 ? terminal.getColumns() : WIDTH_IF_UNKNOWN;
        int height = terminal.getRows() > 0 ? terminal.getRows() : HEIGHT_IF_UNKNOWN;
        List<String> lines = page.whole(state).stream()
                .limit(Math.max(1, height - 1))
                .map(line -> line.length() <= width ? line : line.substring(0, Math.max(0, width - 1)) + "…")
                .toList();
        StringBuilder drawing = new StringBuilder();
        if (drawn > 0) {
            drawing.append("\033[").append(Math.min(drawn, height - 1)).append('A');
        }
        drawing.append('\r');
        lines.forEach(line -> drawing.append(line).append(REST_OF_LINE).append("\r\n"));
        drawing.append(REST_OF_SCREEN);
        out.print(drawing);
        out.flush();
        drawn = lines.size();
    }

    @Override
    public void close() {
        out.println();
    }
}
