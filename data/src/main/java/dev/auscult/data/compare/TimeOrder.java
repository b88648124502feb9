package dev.auscult.data.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.auscult.data.profile.Frame;
import dev.auscult.data.profile.FrameColumn;
import dev.auscult.data.table.ColumnType;
import dev.auscult.run.ColumnProfile.Role;
import dev.auscult.run.Observation;
import dev.auscult.run.Observation.Example;
import dev.auscult.run.Observation.Kind;

/** Looks whether the other part is later than the training part, by the settings' time column, else by columns of dates. */
final class TimeOrder {
    private static final int MOST_EXAMPLES = 5;
    private static final int FEWEST_DATES = 20;

    private final Frame train;
    private final Frame other;

    TimeOrder(Frame train, Frame other) {
        this.train = train;
        this.other = other;
    }

    List<Observation> observe(List<ColumnPair> pairs) {
        List<ColumnPair> declared = pairs.stream()
                .filter(p -> p.role() == Role.TIME && !p.isText() && !p.isCategorical())
                .toList();
        boolean isDeclared = !declared.isEmpty();
        List<ColumnPair> looked = isDeclared
                ? declared
                : pairs.stream()
                        .filter(p -> p.first().type() == ColumnType.DATE && p.role() != Role.TARGET)
                        .toList();
        List<Observation> all = new ArrayList<>();
        for (ColumnPair pair : looked) {
            double[] a = ColumnPair.sorted(pair.train());
            double[] b = ColumnPair.sorted(pair.other());
            if (a.length > 1 && b.length > 1 && (isDeclared || distinct(a) >= FEWEST_DATES)) {
                all.add(observe(pair, a, b, isDeclared, looked.size()));
            }
        }
        return all;
    }

    private Observation observe(ColumnPair pair, double[] a, double[] b, boolean declared, int tests) {
        double latest = a[a.length - 1];
        List<Example> examples = new ArrayList<>();
        long early = 0;
        for (int row = 0; row < pair.other().length; row++) {
            double time = pair.other()[row];
            if (time < latest) {
                early++;
                if (examples.size() < MOST_EXAMPLES) {
                    examples.add(new Example(other.rowNumber(row), "", "", latest - time));
                }
            }
        }
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("declared", declared ? 1.0 : 0.0);
        numbers.put("train-rows", (double) a.length);
        numbers.put("rows", (double) b.length);
        numbers.put("early", (double) early);
        numbers.put("share", (double) early / b.length);
        numbers.put("later", later(a, b));
        for (FrameColumn target : train.targets()) {
            if (!target.isText()) {
                Association drift = Association.of(pair.train(), target);
                numbers.put("target-drift", drift.strength());
                numbers.put("p-value", drift.pValue());
                numbers.put("tests", (double) tests * train.targets().size());
                break;
            }
        }
        return new Observation(Kind.TIME_ORDER, other.split(), List.of(pair.name()), numbers, Map.of(), examples);
    }

    /** The chance that a row of the other part is later than one of the training part; equal times count half. */
    private static double later(double[] a, double[] b) {
        double sum = 0;
        int below = 0;
        int upTo = 0;
        for (double time : b) {
            while (below < a.length && a[below] < time) {
                below++;
            }
            upTo = Math.max(upTo, below);
            while (upTo < a.length && a[upTo] <= time) {
                upTo++;
            }
            sum += below + (upTo - below) / 2.0;
        }
        return sum / a.length / b.length;
    }

    private static long distinct(double[] sorted) {
        return Arrays.stream(sorted).distinct().count();
    }
}
