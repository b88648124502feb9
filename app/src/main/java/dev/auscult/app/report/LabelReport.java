package dev.auscult.app.report;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.auscult.data.labels.ConfidentLearning;
import dev.auscult.data.labels.Method;
import dev.auscult.data.labels.Suspect;
import dev.auscult.diagnose.Numbers;

/** What is said of labels that may be wrong. */
public final class LabelReport {
    private static final int MOST_SUSPECTS = 10;
    private static final int MOST_PAIRS = 3;
    /** Measured on known noise: estimates of .301 for .199, and of .056 for .090. */
    private static final double TOO_HIGH = 1.5;

    private static final double TOO_LOW = 0.63;

    private LabelReport() {}

    /** One screen. */
    public static void text(ConfidentLearning found, Method method, Style style, Writer out) throws IOException {
        TextSheet sheet = new TextSheet(out, style);
        List<Suspect> suspects = found.suspects();
        int examples = found.examples();
        sheet.line(
                style.paint(Ink.BOLD, Counts.of(examples, "label") + ", " + Counts.of(found.classes()) + " classes"));
        sheet.hanging("  noise     ", noise(found.noise()));
        sheet.hanging(
                "  suspects  ",
                Counts.of(suspects.size()) + " by method " + method.label() + " ("
                        + Numbers.percent((double) suspects.size() / examples) + "); the model's most probable class is"
                        + " another than the label in " + Counts.of(found.disagreements()));
        int empty = 0;
        for (int count : found.classCounts()) {
            empty += count == 0 ? 1 : 0;
        }
        if (empty > 0) {
            sheet.hanging(
                    "  note      ", Counts.of(empty) + " of the classes have no label and are never found likely");
        }
        if (found.looksInSample()) {
            sheet.hanging(style.paint(Ink.YELLOW, "  note      "), "  note      ", inSample(found));
        }
        if (suspects.isEmpty()) {
            return;
        }
        sheet.blank();
        table(suspects, style, sheet);
        sheet.blank();
        sheet.hanging("", pairs(suspects));
        sheet.hanging(
                "",
                "A suspect is a label to look at, not an error: on clean data (MNIST, CIFAR-10) people found about 4 of 5"
                        + " suspects to be labelled rightly. Nothing was changed.");
    }

    /** Why the probabilities may come from a model that has seen the labels. */
    public static String inSample(ConfidentLearning found) {
        return String.format(
                Locale.ROOT,
                "the given labels have a mean probability of %.4f, as if the model had been trained on them; then it agrees"
                        + " with wrong labels too. Give probabilities from cross-validation",
                found.meanOfGiven());
    }

    private static String noise(double estimate) {
        if (estimate == 0) {
            return "none estimated";
        }
        return Numbers.percent(estimate)
                + " of the labels estimated to be wrong, by a biased estimate: on known noise it"
                + " was from 37 % too low to 50 % too high, so rather between " + Numbers.percent(estimate / TOO_HIGH)
                + " and " + Numbers.percent(Math.min(1, estimate / TOO_LOW));
    }

    private static void table(List<Suspect> suspects, Style style, TextSheet sheet) throws IOException {
        sheet.line(style.paint(
                Ink.DIM, String.format(Locale.ROOT, "  %10s  %6s  %9s  %7s", "INDEX", "GIVEN", "SUGGESTED", "MARGIN")));
        int shown = Math.min(MOST_SUSPECTS, suspects.size());
        for (Suspect s : suspects.subList(0, shown)) {
            sheet.line(String.format(
                    Locale.ROOT, "  %10d  %6d  %9d  %7.3f", s.index(), s.given(), s.suggested(), s.margin()));
        }
        if (shown < suspects.size()) {
            sheet.line("  and " + Counts.of(suspects.size() - shown) + " more, shown with --format json");
        }
    }

    private record Pair(int given, int suggested) {}

    /** Which classes are taken for each other most often. */
    private static String pairs(List<Suspect> suspects) {
        Map<Pair, Integer> counts = new HashMap<>();
        for (Suspect s : suspects) {
            counts.merge(new Pair(s.given(), s.suggested()), 1, Integer::sum);
        }
        List<Map.Entry<Pair, Integer>> order = new ArrayList<>(counts.entrySet());
        order.sort(Comparator.comparingInt((Map.Entry<Pair, Integer> e) -> -e.getValue())
                .thenComparingInt(e -> e.getKey().given())
                .thenComparingInt(e -> e.getKey().suggested()));
        List<String> parts = new ArrayList<>();
        for (Map.Entry<Pair, Integer> e : order.subList(0, Math.min(MOST_PAIRS, order.size()))) {
            Pair pair = e.getKey();
            parts.add("class " + pair.given() + " that may be " + pair.suggested() + " (" + Counts.of(e.getValue())
                    + ")");
        }
        return "Most often: " + String.join(", ", parts) + ".";
    }

    /** Everything, for programs; a row of the joint and a suspect to a line. */
    public static void json(ConfidentLearning found, Writer out) throws IOException {
        out.write("{\n  \"noise\": " + found.noise() + ",\n  \"joint\": [");
        for (int a = 0; a < found.classes(); a++) {
            out.write(a == 0 ? "\n    [" : ",\n    [");
            double[] row = found.joint().row(a);
            for (int b = 0; b < row.length; b++) {
                out.write(b == 0 ? "" : ", ");
                out.write(row[b] == 0 ? "0" : Double.toString(row[b]));
            }
            out.write("]");
        }
        out.write("\n  ],\n  \"suspects\": [");
        String before = "\n    ";
        for (Suspect s : found.suspects()) {
            out.write(before);
            out.write("{\"index\": " + s.index() + ", \"given\": " + s.given() + ", \"suggested\": " + s.suggested()
                    + ", \"margin\": " + s.margin() + "}");
            before = ",\n    ";
        }
        out.write(found.suspects().isEmpty() ? "]\n}\n" : "\n  ]\n}\n");
    }
}
