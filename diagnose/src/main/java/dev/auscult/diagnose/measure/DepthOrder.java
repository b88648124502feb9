package dev.auscult.diagnose.measure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.auscult.run.ModelGraph;
import dev.auscult.run.Run;
import dev.auscult.run.TensorSeries;

/**
 * Puts tensors in the order of their layers, from the input to the output: by the model graph if there is one, by number
 * if the names differ only in numbers, else in the order of the log; a log whose numbers fall (gradients are written on
 * the way back) is turned around.
 */
public final class DepthOrder {
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private DepthOrder() {}

    /** The tensors from the input to the output. */
    public static List<TensorSeries> of(Run run, List<TensorSeries> tensors) {
        List<TensorSeries> ordered = new ArrayList<>(tensors);
        Map<String, Integer> graph = positions(run);
        if (tensors.stream().allMatch(t -> graph.containsKey(t.key().layer()))) {
            ordered.sort(Comparator.comparingInt(t -> graph.getOrDefault(t.key().layer(), 0)));
        } else if (tensors.stream().map(t -> skeleton(path(t))).distinct().count() == 1) {
            ordered.sort((a, b) -> compareNumbers(path(a), path(b)));
        } else if (concordance(ordered) < 0) {
            Collections.reverse(ordered);
        }
        return List.copyOf(ordered);
    }

    private static String path(TensorSeries tensor) {
        return tensor.key().path();
    }

    private static Map<String, Integer> positions(Run run) {
        Map<String, Integer> positions = new HashMap<>();
        run.graph().ifPresent(graph -> graph.layers().forEach(layer -> add(layer, positions)));
        return positions;
    }

    private static void add(ModelGraph.Layer layer, Map<String, Integer> positions) {
        positions.putIfAbsent(layer.name(), positions.size());
        layer.children().forEach(child -> add(child, positions));
    }

    /** Pairs of neighbours of one kind whose numbers rise, minus those whose numbers fall. */
    private static int concordance(List<TensorSeries> tensors) {
        Map<String, String> lastOfKind = new HashMap<>();
        int sum = 0;
        for (TensorSeries tensor : tensors) {
            String path = path(tensor);
            String before = lastOfKind.put(skeleton(path), path);
            sum += before == null ? 0 : Integer.signum(compareNumbers(path, before));
        }
        return sum;
    }

    private static String skeleton(String path) {
        return NUMBER.matcher(path).replaceAll("#");
    }

    /** Compares the numbers in two names of the same skeleton, the first one first. */
    private static int compareNumbers(String a, String b) {
        Matcher inA = NUMBER.matcher(a);
        Matcher inB = NUMBER.matcher(b);
        while (inA.find() && inB.find()) {
            int byLength = Integer.compare(inA.group().length(), inB.group().length());
            int order = byLength != 0 ? byLength : inA.group().compareTo(inB.group());
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
