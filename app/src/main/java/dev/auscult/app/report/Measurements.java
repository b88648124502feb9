package dev.auscult.app.report;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.auscult.diagnose.Numbers;
import dev.auscult.run.Probe;

/** What the checks before a training measured, a line each. */
public final class Measurements {
    private static final int LABEL = 14;
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};

    private final TextSheet sheet;
    private final Style style;

    public Measurements(Writer out, Style style) {
        this.sheet = new TextSheet(out, style);
        this.style = style;
    }

    /**
     * Prints them.
     *
     * @param story what data and network are, a sentence each
     */
    public void print(List<String> story, List<Probe> probes) throws IOException {
        for (String sentence : story) {
            sheet.line(style.paint(Ink.DIM, Cells.clean(sentence)));
        }
        sheet.blank();
        for (Probe probe : probes) {
            line(probe);
        }
        sheet.blank();
    }

    private void line(Probe probe) throws IOException {
        switch (probe.kind()) {
            case CAPACITY -> put("capacity", capacity(probe));
            case MEMORY -> put("memory", memory(probe));
            case TIME -> put("time", time(probe));
            case LOSS_AT_START -> put("loss at start", lossAtStart(probe));
            case DEPTH_SCALE -> put("by depth", depth(probe));
            case WIRING -> put("wiring", wiring(probe));
            case REDUCTION ->
                put(
                        "batch twice",
                        "loss " + Numbers.times(value(probe, "loss-ratio")) + " and gradient "
                                + Numbers.times(value(probe, "gradient-ratio"))
                                + " as large (1 for a mean, 2 for a sum)");
            case BATCH_LEAKAGE ->
                put(
                        "leakage",
                        "other examples' influence " + Numbers.of(value(probe, "foreign")) + " in evaluation, "
                                + Numbers.of(value(probe, "training-foreign")) + " in training; own "
                                + Numbers.of(value(probe, "own")));
            case TRAIN_EVALUATION ->
                put(
                        "modes",
                        "loss " + Numbers.of(value(probe, "train-mode-loss")) + " in training, "
                                + Numbers.of(value(probe, "evaluation-mode-loss")) + " in evaluation, after "
                                + Numbers.of(value(probe, "steps")) + " steps");
            case GRADIENT_CHECK -> put("gradients", gradients(probe));
            case ONE_BATCH -> put("one batch", oneBatch(probe));
            case INPUT_INDEPENDENCE ->
                put(
                        "inputs",
                        "loss " + Numbers.of(value(probe, "loss")) + " on real, "
                                + Numbers.of(value(probe, "shuffled-loss")) + " on shuffled, "
                                + Numbers.of(value(probe, "zeroed-loss")) + " on zeroed inputs (± "
                                + Numbers.of(value(probe, "standard-error")) + ") after "
                                + Numbers.of(value(probe, "steps")) + " steps");
        }
    }

    private void put(String label, String text) throws IOException {
        String plain = Cells.pad(label, LABEL);
        sheet.hanging(style.paint(Ink.BOLD, plain), plain, text);
    }

    private static double value(Probe probe, String name) {
        return probe.number(name).orElse(Double.NaN);
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    private static String capacity(Probe probe) {
        String seen = probe.number("receptive-field").isPresent()
                ? "; an output of the convolutions sees " + whole(value(probe, "receptive-field")) + " of "
                        + whole(value(probe, "input-extent")) + " places"
                : "";
        return whole(value(probe, "parameters")) + " parameters, " + whole(value(probe, "examples")) + " examples of "
                + whole(value(probe, "input-elements")) + " numbers, " + whole(value(probe, "outputs")) + " outputs"
                + seen;
    }

    private static String memory(Probe probe) {
        String room = probe.number("available").isPresent()
                ? " of " + bytes(value(probe, "available")) + " available; largest batch that fits "
                        + whole(value(probe, "largest-batch"))
                : "; what is available is not known";
        return bytes(value(probe, "total")) + room + " (parameters " + bytes(value(probe, "parameters"))
                + ", gradients " + bytes(value(probe, "gradients")) + ", optimizer "
                + bytes(value(probe, "optimizer")) + ", outputs of " + whole(value(probe, "batch")) + " examples "
                + bytes(value(probe, "activations")) + ")";
    }

    private static String bytes(double bytes) {
        int unit = 0;
        double value = bytes;
        while (value >= 1000 && unit + 1 < UNITS.length) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", value, UNITS[unit]);
    }

    private static String time(Probe probe) {
        double step = value(probe, "step-seconds");
        return seconds(step) + " per step, " + Numbers.percent(value(probe, "loader-seconds") / step)
                + " of it waiting for data; " + seconds(value(probe, "epoch-seconds")) + " per epoch, "
                + seconds(value(probe, "total-seconds")) + " in all";
    }

    private static String seconds(double seconds) {
        if (seconds < 1) {
            return Numbers.of(1000 * seconds) + " ms";
        }
        return seconds < 120
                ? Numbers.of(seconds) + " s"
                : seconds < 7200 ? Numbers.of(seconds / 60) + " min" : Numbers.of(seconds / 3600) + " h";
    }

    private static String lossAtStart(Probe probe) {
        String guess = probe.number("uniform").isPresent() ? ", a guess " + Numbers.of(value(probe, "uniform")) : "";
        String expected = probe.number("expected").isPresent()
                ? "; the best constant pays " + Numbers.of(value(probe, "expected")) + guess
                : "";
        return Numbers.of(value(probe, "loss")) + " ± " + Numbers.of(value(probe, "standard-error")) + expected;
    }

    private static String depth(Probe probe) {
        return "outputs from " + ends(probe, "activation-std") + ", gradients from " + ends(probe, "gradient-rms")
                + " over " + Counts.of(probe.parts().size(), "layer");
    }

    /** The number at the first and at the last layer that has it. */
    private static String ends(Probe probe, String name) {
        List<Probe.Part> with =
                probe.parts().stream().filter(p -> p.number(name).isPresent()).toList();
        return with.isEmpty()
                ? "nothing"
                : Numbers.of(with.get(0).number(name).orElse(Double.NaN)) + " to "
                        + Numbers.of(with.get(with.size() - 1).number(name).orElse(Double.NaN));
    }

    private static String wiring(Probe probe) {
        long reached = probe.parts().stream()
                .filter(p -> p.number("gradient-norm").orElse(0) > 0)
                .count();
        long moved = probe.parts().stream()
                .filter(p -> p.number("update-norm").orElse(0) > 0)
                .count();
        return "of " + Counts.of(probe.parts().size(), "parameter") + ", a gradient reaches " + reached
                + " and a step moves " + moved;
    }

    private static String gradients(Probe probe) {
        double kinks = 0;
        double checked = 0;
        double worst = 0;
        Optional<String> where = Optional.empty();
        for (Probe.Part part : probe.parts()) {
            kinks += part.number("kinks").orElse(0);
            checked += part.number("checked").orElse(0);
            double error = part.number("relative-error").orElse(0);
            if (!(error <= worst)) {
                worst = error;
                where = Optional.of(part.name());
            }
        }
        return "largest relative error " + Numbers.of(worst)
                + where.map(w -> " in " + w).orElse("") + " over " + whole(checked) + " coordinates, " + whole(kinks)
                + " more at kinks";
    }

    private String oneBatch(Probe probe) {
        String arrow = style.glyph(" → ", " -> ");
        String accuracy = probe.number("end-accuracy").isPresent()
                ? ", accuracy " + Numbers.percent(value(probe, "end-accuracy"))
                : "";
        return "loss " + Numbers.of(value(probe, "start-loss")) + arrow + Numbers.of(value(probe, "end-loss"))
                + accuracy + " on " + whole(value(probe, "examples")) + " examples in "
                + whole(value(probe, "steps")) + " steps";
    }
}
