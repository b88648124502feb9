package dev.auscult.data.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import dev.auscult.data.profile.Frame;
import dev.auscult.data.profile.FrameColumn;
import dev.auscult.data.profile.Progress;
import dev.auscult.run.Observation;
import dev.auscult.run.Observation.Kind;

/**
 * Looks how well each column alone predicts the target: a score normalised as that of the predictive power score, 0 for the
 * best constant and 1 for no error, with every row predicted from others.
 */
public final class TargetLeak {
    private static final int MOST_KEPT = 20;
    private static final int FEWEST_ROWS = 10;

    private TargetLeak() {}

    /** The inputs of a training part that predict its target best, the best first. */
    public static List<Observation> observe(Frame train, Progress progress) {
        List<Observation> all = new ArrayList<>();
        for (FrameColumn target : train.targets()) {
            if (!target.isText()) {
                all.addAll(observe(train, target, progress));
            }
        }
        return all;
    }

    private static List<Observation> observe(Frame train, FrameColumn target, Progress progress) {
        List<FrameColumn> columns = train.inputs().stream()
                .filter(c -> !c.isText() && !ColumnPair.neverRecurs(c))
                .toList();
        progress.at("looking for columns that give " + target.name() + " away", 0);
        List<OneColumn> results = IntStream.range(0, columns.size())
                .parallel()
                .mapToObj(i -> OneColumn.of(columns.get(i), target))
                .toList();
        progress.at("looking for columns that give " + target.name() + " away", 1);
        List<Integer> order = IntStream.range(0, results.size())
                .boxed()
                .filter(i -> results.get(i).rows() >= FEWEST_ROWS)
                .sorted(Comparator.comparingDouble(
                        (Integer i) -> -results.get(i).score()))
                .toList();
        List<Observation> kept = new ArrayList<>();
        for (int place = 0; place < Math.min(MOST_KEPT, order.size()); place++) {
            OneColumn result = results.get(order.get(place));
            Map<String, Double> numbers = new LinkedHashMap<>();
            numbers.put("rows", (double) result.rows());
            numbers.put("score", result.score());
            numbers.put("error", result.error());
            numbers.put("baseline", result.baseline());
            numbers.put("values", (double) result.values());
            numbers.put("copy", result.isCopy() ? 1.0 : 0.0);
            numbers.put("p-value", result.pValue());
            numbers.put("tests", (double) columns.size());
            next(results, order, place, numbers);
            kept.add(new Observation(
                    Kind.TARGET_LEAK,
                    train.split(),
                    List.of(columns.get(order.get(place)).name()),
                    numbers,
                    Map.of("target", target.name()),
                    List.of()));
        }
        return kept;
    }

    /** The score of the best other column that is no copy of the target. */
    private static void next(List<OneColumn> results, List<Integer> order, int place, Map<String, Double> numbers) {
        for (int i = 0; i < order.size(); i++) {
            OneColumn one = results.get(order.get(i));
            if (i != place && !one.isCopy()) {
                numbers.put("next-score", one.score());
                return;
            }
        }
    }
}
