package dev.auscult.app.live;

import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import dev.auscult.app.report.Cells;
import dev.auscult.app.report.Ink;
import dev.auscult.app.report.Style;
import dev.auscult.run.ModelGraph;
import dev.auscult.train.loop.TrainingListener;
import org.jspecify.annotations.Nullable;

/**
 * A few lines at the bottom of a terminal that redraw themselves: progress, curves, learning rate, speed. What is to stay
 * (findings, notes) scrolls away above them.
 */
public final class LiveView implements TrainingListener, AutoCloseable {
    private static final long PERIOD_NANOS = 150_000_000L;
    private static final int MOST_RESULTS = 6;
    private static final int WIDEST_LABEL = 22;
    private static final int NUMBER_WIDTH = 10;
    private static final int NARROWEST = 20;
    private static final int WIDEST = 120;
    private static final int SHORTEST_BAR = 16;
    /** Progress in two lines, train/loss, learning rate, gradient norm, footer. */
    private static final int LINES_BESIDE_RESULTS = 6;

    private static final String TRAIN_LOSS = "train/loss";

    private final Paper paper;
    private final Style style;
    private final Window window;
    private final String name;
    private @Nullable Standing standing;
    private long drawnNanos;

    /**
     * A view on a terminal.
     *
     * @param err the terminal
     * @param style what it can show
     * @param window how large it is
     * @param name name of the run
     */
    public LiveView(Writer err, Style style, Window window, String name) {
        this.paper = new Paper(err);
        this.style = style;
        this.window = window;
        this.name = Cells.clean(name);
    }

    @Override
    public void started(List<String> story, ModelGraph graph, Plan plan) {
        standing = new Standing(plan, System.nanoTime());
        story.forEach(sentence -> keep(Ink.DIM, sentence));
        draw();
    }

    @Override
    public void step(Step now) {
        long nanos = System.nanoTime();
        Objects.requireNonNull(standing).step(now, nanos);
        if (nanos - drawnNanos > PERIOD_NANOS) {
            draw();
        }
    }

    @Override
    public void evaluated(int epoch, long step, Map<String, Double> results, boolean best) {
        Objects.requireNonNull(standing).evaluated(epoch, results, best);
        if (System.nanoTime() - drawnNanos > PERIOD_NANOS) {
            draw();
        }
    }

    @Override
    public void note(String sentence) {
        keep(FindingLine.severity(sentence).map(Ink::of).orElse(Ink.YELLOW), sentence);
        draw();
    }

    /** Leaves the last picture standing. */
    @Override
    public void close() {
        draw();
    }

    /** Prints a sentence that stays above the picture. */
    private void keep(Ink ink, String sentence) {
        Window.Size size = window.size();
        int columns = size == null ? style.width() : size.columns();
        String lines = Cells.wrap(Cells.clean(sentence), Math.max(NARROWEST, columns - 1)).stream()
                .map(line -> style.paint(ink, line))
                .collect(Collectors.joining("\n"));
        paper.keep(lines, columns);
    }

    private void draw() {
        Standing now = standing;
        Window.Size size = window.size();
        // While the window changes its size nobody knows where the lines of last time are.
        if (now != null && size != null) {
            drawnNanos = System.nanoTime();
            paper.draw(picture(now, size, drawnNanos), size.columns());
        }
    }

    /** The lines of the picture: none wider than the window, and fewer than it has rows. */
    List<String> picture(Standing now, Window.Size size, long nanos) {
        int width = Math.max(NARROWEST, Math.min(WIDEST, size.columns() - 1));
        List<String> picture = new ArrayList<>(progress(now, width, nanos));
        int results = Math.max(0, Math.min(MOST_RESULTS, size.rows() - 1 - LINES_BESIDE_RESULTS));
        List<String> shown = now.results.keySet().stream()
                .filter(label -> !label.equals(TRAIN_LOSS))
                .limit(results)
                .toList();
        int labels = "learning rate".length();
        for (String label : shown) {
            labels = Math.max(labels, Math.min(WIDEST_LABEL, Cells.width(label)));
        }
        Rows rows = new Rows(Math.min(labels, width - NUMBER_WIDTH), width);
        boolean begun = now.hasSteps();
        picture.add(rows.row(TRAIN_LOSS, begun ? Figures.number(now.currentLoss) : "", now.loss, Ink.BLUE));
        for (String label : shown) {
            picture.add(rows.row(
                    label,
                    Figures.number(now.latest.getOrDefault(label, Double.NaN)),
                    Objects.requireNonNull(now.results.get(label)),
                    Ink.CYAN));
        }
        String rate = begun ? Figures.chosen(now.learningRate) : "";
        String norm = begun ? Figures.number(now.gradientNorm) : "";
        picture.add(rows.row("learning rate", rate, now.learningRates, Ink.DIM));
        picture.add(rows.row("gradient norm", norm, now.gradientNorms, Ink.DIM));
        picture.add(style.paint(Ink.DIM, endless(footer(now), width)));
        // A very low window keeps the progress and what follows it.
        return picture.subList(0, Math.max(1, Math.min(picture.size(), size.rows() - 1)));
    }

    private List<String> progress(Standing now, int width, long nanos) {
        String dot = style.glyph(" · ", " - ");
        String percent = String.format(Locale.ROOT, "%3.0f %%", Math.floor(100 * now.share()));
        int epochs = now.plan().epochs();
        StringBuilder facts = new StringBuilder("epoch " + Math.min(now.epoch + 1, epochs) + "/" + epochs);
        facts.append(dot)
                .append("step ")
                .append(now.stepOfEpoch)
                .append('/')
                .append(now.plan().stepsPerEpoch());
        if (now.share() >= 1) {
            facts.append(dot).append(Figures.time(now.secondsSince(nanos)));
        } else if (!Double.isNaN(now.secondsLeft())) {
            facts.append(dot).append(Figures.time(now.secondsLeft())).append(" left");
        }
        String title = cut(name, Math.max(8, Math.min(WIDEST_LABEL, width / 3)));
        int beside = Cells.width(title) + percent.length() + 2;
        int together = width - beside - dot.length() - facts.length();
        if (together >= SHORTEST_BAR) {
            return List.of(bar(now, title, together) + percent + dot + facts);
        }
        return List.of(bar(now, title, Math.max(1, width - beside)) + percent, endless(facts.toString(), width));
    }

    private String bar(Standing now, String title, int length) {
        int full = (int) Math.floor(now.share() * length);
        return style.paint(Ink.BOLD, title)
                + " "
                + style.paint(Ink.GREEN, style.glyph("━", "#").repeat(full))
                + style.paint(Ink.DIM, style.glyph("─", "-").repeat(length - full))
                + " ";
    }

    /** Lines of a label, a number and a curve. */
    private final class Rows {
        private final int labels;
        private final int curve;

        Rows(int labels, int width) {
            this.labels = labels;
            this.curve = width - labels - NUMBER_WIDTH - 2;
        }

        String row(String label, String number, Trace trace, Ink ink) {
            String text = Cells.pad(cut(label, labels), labels)
                    + " ".repeat(Math.max(1, NUMBER_WIDTH - number.length()))
                    + number;
            return curve < 1 ? text : text + "  " + style.paint(ink, trace.draw(curve, style.unicode()));
        }
    }

    private String footer(Standing now) {
        String dot = style.glyph(" · ", " - ");
        StringBuilder text = new StringBuilder();
        if (!Double.isNaN(now.throughput())) {
            text.append(Figures.rate(now.throughput())).append(" examples/s").append(dot);
        }
        text.append(String.format(Locale.ROOT, "%.0f %% waiting for data", 100 * now.waitingShare()));
        if (now.bestEpoch > 0) {
            text.append(dot).append("best: epoch ").append(now.bestEpoch);
        }
        return text.toString();
    }

    /** The start of a text that may be too long. */
    private static String endless(String text, int width) {
        return text.length() <= width ? text : text.substring(0, width);
    }

    /** A name without its middle where it is too long. */
    private String cut(String text, int width) {
        return Cells.shorten(text, width, style.glyph("…", "..."));
    }
}
