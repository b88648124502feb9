package dev.auscult.data;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/** Makes targets of labels and of arrays of numbers, with the classes of the training examples where there are any. */
final class LabelTarget {
    /** More different whole numbers are amounts, not classes. */
    private static final int MOST_CLASSES = 10_000;

    /** So few different whole numbers are classes, whichever they are. */
    private static final int FEW = 20;

    private static final int EXAMPLES_PER_CLASS = 5;

    private static final String WHOLE = "-?\\d{1,18}";

    private LabelTarget() {}

    /**
     * Classes from one label per example; classes are in the order of their numbers, or else of their names.
     *
     * @param origin where the labels come from, for people
     * @param training the target of the training examples; null where these are the training examples
     */
    static Target ofLabels(String origin, String[] labels, @Nullable Target training) throws IOException {
        List<String> names = training != null ? training.names() : names(labels);
        Map<String, Integer> index = new HashMap<>();
        for (int c = 0; c < names.size(); c++) {
            index.put(names.get(c), c);
        }
        int[] classes = new int[labels.length];
        for (int i = 0; i < labels.length; i++) {
            Integer found = index.get(labels[i]);
            if (found == null) {
                throw new IOException("example " + i + " is of class '" + labels[i] + "', which none of the "
                        + names.size() + " classes of the training examples is");
            }
            classes[i] = found;
        }
        return Target.ofClasses(origin, classes, names);
    }

    private static List<String> names(String[] labels) {
        TreeSet<String> names = new TreeSet<>(Arrays.asList(labels));
        if (names.stream().allMatch(n -> n.matches(WHOLE))) {
            return names.stream()
                    .sorted((a, b) -> {
                        int byNumber = Long.compare(Long.parseLong(a), Long.parseLong(b));
                        return byNumber != 0 ? byNumber : a.compareTo(b);
                    })
                    .toList();
        }
        return List.copyOf(names);
    }

    /** Labels that are numbers to predict. */
    static Target ofNumbers(String origin, String[] labels) throws IOException {
        float[] values = new float[labels.length];
        for (int i = 0; i < labels.length; i++) {
            try {
                values[i] = Float.parseFloat(labels[i]);
            } catch (NumberFormatException e) {
                throw new IOException("example " + i + " has '" + labels[i] + "' to predict, wanted a number", e);
            }
        }
        return Target.ofValues(Task.REGRESSION, origin, values, List.of("value"));
    }

    /**
     * A target from an array of numbers [examples, outputs]: one column of whole numbers is classes, rows with a single 1
     * are classes, rows of 0 and 1 are labels, all else is numbers to predict; a task that is given decides.
     *
     * @param whole whether the elements were whole numbers or booleans in the file
     */
    static Target ofArray(
            String origin, double[] values, int outputs, boolean whole, @Nullable Task task, @Nullable Target training)
            throws IOException {
        Task wanted = training != null ? training.task() : task;
        if (wanted == Task.LANGUAGE_MODEL) {
            throw new IOException("a language model needs text, found an array");
        }
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IOException(
                        "target of example " + i / outputs + " is " + values[i] + ", wanted a finite number");
            }
        }
        if (outputs == 1) {
            boolean classes = wanted == Task.CLASSIFICATION || (wanted == null && whole && areClasses(values));
            if (classes) {
                return ofLabels(origin, labels(values), training);
            }
        } else {
            boolean binary = Arrays.stream(values).allMatch(v -> v == 0 || v == 1);
            boolean oneHot = binary && everyRowHasOne(values, outputs);
            if (wanted == Task.CLASSIFICATION || (wanted == null && oneHot)) {
                if (!oneHot) {
                    throw new IOException("classes in " + outputs
                            + " columns without a single 1 in each row; set task to multi-label");
                }
                return oneHot(origin, values, outputs);
            }
            if (wanted == Task.MULTI_LABEL || (wanted == null && binary)) {
                return labelsOrNumbers(Task.MULTI_LABEL, origin, values, outputs);
            }
        }
        return labelsOrNumbers(wanted == null ? Task.REGRESSION : wanted, origin, values, outputs);
    }

    /** Few different numbers, or more of them without a gap from 0 or 1 on with several examples each. */
    private static boolean areClasses(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int different = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (i == 0 || sorted[i] != sorted[i - 1]) {
                different++;
            }
        }
        if (different <= FEW) {
            return true;
        }
        double least = sorted[0];
        boolean gapless = (least == 0 || least == 1) && sorted[sorted.length - 1] - least == different - 1;
        return gapless && different <= MOST_CLASSES && values.length >= (long) EXAMPLES_PER_CLASS * different;
    }

    private static String[] labels(double[] values) throws IOException {
        String[] labels = new String[values.length];
        Map<Double, String> known = new HashMap<>();
        for (int i = 0; i < values.length; i++) {
            double value = values[i];
            if (value != Math.rint(value) || Math.abs(value) > 1e15) {
                throw new IOException("class of example " + i + " is " + value + ", wanted a whole number");
            }
            labels[i] = known.computeIfAbsent(value, v -> String.format(Locale.ROOT, "%.0f", v + 0.0));
        }
        return labels;
    }

    private static boolean everyRowHasOne(double[] values, int outputs) {
        for (int row = 0; row < values.length; row += outputs) {
            double sum = 0;
            for (int o = 0; o < outputs; o++) {
                sum += values[row + o];
            }
            if (sum != 1) {
                return false;
            }
        }
        return true;
    }

    private static Target oneHot(String origin, double[] values, int outputs) {
        int[] classes = new int[values.length / outputs];
        for (int i = 0; i < values.length; i++) {
            if (values[i] == 1) {
                classes[i / outputs] = i % outputs;
            }
        }
        return Target.ofClasses(origin, classes, numbered(outputs));
    }

    private static Target labelsOrNumbers(Task task, String origin, double[] values, int outputs) throws IOException {
        float[] kept = new float[values.length];
        for (int i = 0; i < kept.length; i++) {
            if (task == Task.MULTI_LABEL && values[i] != 0 && values[i] != 1) {
                throw new IOException("label of example " + i / outputs + " is " + values[i] + ", wanted 0 or 1");
            }
            kept[i] = (float) values[i];
        }
        return Target.ofValues(task, origin, kept, outputs == 1 ? List.of("value") : numbered(outputs));
    }

    private static List<String> numbered(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }
}
