package dev.auscult.app.live;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.auscult.app.report.Cells;
import dev.auscult.run.ModelGraph;
import dev.auscult.train.loop.TrainingListener;
import org.jspecify.annotations.Nullable;

/**
 * A line for each evaluation and each thing worth knowing: for files, pipes and terminals that cannot redraw. Once nobody
 * reads them any more, nothing is said.
 */
public final class PlainLines implements TrainingListener {
    private static final long PATIENCE_NANOS = 30_000_000_000L;

    private final Writer err;
    private @Nullable Standing standing;
    private long saidNanos = System.nanoTime();
    private boolean gone;

    public PlainLines(Writer err) {
        this.err = err;
    }

    @Override
    public void started(List<String> story, ModelGraph graph, Plan plan) {
        standing = new Standing(plan, System.nanoTime());
        story.forEach(this::line);
    }

    @Override
    public void step(Step now) {
        Standing known = Objects.requireNonNull(standing);
        long nanos = System.nanoTime();
        known.step(now, nanos);
        // Within a long epoch, a sign of life.
        if (nanos - saidNanos > PATIENCE_NANOS) {
            line("epoch " + (now.epoch() + 1) + "/" + known.plan().epochs() + ", step " + now.stepOfEpoch() + "/"
                    + known.plan().stepsPerEpoch() + ": loss " + Figures.number(known.currentLoss) + left(known));
        }
    }

    @Override
    public void evaluated(int epoch, long step, Map<String, Double> results, boolean best) {
        Standing known = Objects.requireNonNull(standing);
        known.evaluated(epoch, results, best);
        StringBuilder text =
                new StringBuilder("epoch " + epoch + "/" + known.plan().epochs() + ":");
        results.forEach((name, value) -> text.append(text.charAt(text.length() - 1) == ':' ? " " : ", ")
                .append(name)
                .append(' ')
                .append(Figures.number(value)));
        line(text + (best ? " (best so far)" : "") + left(known));
    }

    @Override
    public void note(String sentence) {
        line(sentence);
    }

    private static String left(Standing standing) {
        double seconds = standing.secondsLeft();
        return Double.isNaN(seconds) || seconds < 1 ? "" : ", about " + Figures.time(seconds) + " left";
    }

    private void line(String text) {
        saidNanos = System.nanoTime();
        if (gone) {
            return;
        }
        try {
            err.write(Cells.clean(text) + "\n");
            err.flush();
        } catch (IOException e) {
            gone = true;
        }
    }
}
