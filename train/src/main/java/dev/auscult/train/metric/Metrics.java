package dev.auscult.train.metric;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.auscult.data.DataShape;
import dev.auscult.data.Task;
import dev.auscult.run.Direction;
import dev.auscult.run.MetricVocabulary;
import dev.auscult.run.Nearest;
import dev.auscult.train.spec.SpecException;
import org.jspecify.annotations.Nullable;

/**
 * Makes the meter for the metrics that a spec names.
 *
 * <p>Precision, recall and F1 come as {@code f1_macro}, {@code f1_micro}, {@code f1_weighted}; plain {@code f1} is that of
 * class 1 where there are two classes, else the macro mean.
 */
public final class Metrics {
    /** A confusion matrix of more classes helps nobody, and would not fit into memory for a vocabulary. */
    private static final int MOST_CLASSES = 2000;

    private static final Pattern TOP = Pattern.compile("top_?([1-9][0-9]*)(_accuracy)?");
    private static final Pattern RETRIEVAL = Pattern.compile("(precision|recall|f1)(?:_(macro|micro|weighted))?");

    private Metrics() {}

    /** Names that a spec may use for a task; {@code top5_accuracy} stands for any number. */
    public static List<String> names(Task task) {
        return switch (task) {
            case CLASSIFICATION ->
                List.of(
                        "accuracy",
                        "top5_accuracy",
                        "precision",
                        "precision_macro",
                        "precision_micro",
                        "precision_weighted",
                        "recall",
                        "recall_macro",
                        "recall_micro",
                        "recall_weighted",
                        "f1",
                        "f1_macro",
                        "f1_micro",
                        "f1_weighted",
                        "roc_auc",
                        "pr_auc",
                        "ece",
                        "perplexity");
            case MULTI_LABEL ->
                List.of(
                        "accuracy",
                        "exact_match",
                        "precision",
                        "precision_macro",
                        "precision_micro",
                        "precision_weighted",
                        "recall",
                        "recall_macro",
                        "recall_micro",
                        "recall_weighted",
                        "f1",
                        "f1_macro",
                        "f1_micro",
                        "f1_weighted",
                        "roc_auc",
                        "pr_auc");
            case REGRESSION -> List.of("mae", "mse", "rmse", "r2");
            case LANGUAGE_MODEL -> List.of("perplexity", "accuracy", "top5_accuracy");
        };
    }

    /** What is measured where a spec names nothing. */
    public static List<String> defaults(DataShape shape) {
        return switch (shape.task()) {
            case CLASSIFICATION ->
                shape.outputs() <= 2 ? List.of("accuracy", "f1_macro", "roc_auc") : List.of("accuracy", "f1_macro");
            case MULTI_LABEL -> List.of("accuracy", "f1_macro", "roc_auc");
            case REGRESSION -> List.of("mae", "rmse", "r2");
            case LANGUAGE_MODEL -> List.of("perplexity", "accuracy");
        };
    }

    /** Which way a metric is better. */
    public static Direction direction(String name) {
        return MetricVocabulary.resolve(canonical(name)).direction();
    }

    /**
     * A meter for the metrics.
     *
     * @param names names in any of the spellings {@code f1_macro}, {@code f1-macro}; empty: those that suit the task
     * @throws SpecException if a metric is unknown or does not suit the task; the message is one line
     */
    public static Meter of(List<String> names, DataShape shape) {
        Parts parts = new Parts(shape);
        Map<String, DoubleSupplier> values = new LinkedHashMap<>();
        for (String name : names.isEmpty() ? defaults(shape) : names) {
            String canonical = canonical(name);
            DoubleSupplier value = parts.value(canonical);
            if (value == null) {
                List<String> known = names(shape.task());
                throw new SpecException("metrics: found " + name + Nearest.hint(canonical, known) + ", wanted for "
                        + shape.task().label() + " some of " + String.join(", ", known));
            }
            values.put(canonical, value);
        }
        return new Meter(values, parts.gatherers, Optional.ofNullable(parts.confusion), shape.outputs() == 1);
    }

    private static String canonical(String name) {
        String plain = name.strip().toLowerCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
        Matcher top = TOP.matcher(plain);
        return top.matches() ? "top" + top.group(1) + "_accuracy" : plain;
    }

    /** The gatherers that the metrics of one meter share. */
    private static final class Parts {
        private final DataShape shape;
        private final Set<Gatherer> gatherers = new LinkedHashSet<>();
        private final @Nullable ConfusionMatrix confusion;
        private final Labels labels;
        private final Errors errors;
        private final Ranking ranking;

        Parts(DataShape shape) {
            this.shape = shape;
            boolean classes = shape.task() == Task.CLASSIFICATION && shape.outputs() <= MOST_CLASSES;
            confusion = classes ? add(new ConfusionMatrix(Math.max(2, shape.outputs()))) : null;
            labels = new Labels(shape.outputs());
            errors = new Errors(shape.outputs());
            ranking = new Ranking(shape.task() == Task.LANGUAGE_MODEL ? 0 : shape.outputs(), isMultiLabel());
        }

        private boolean isMultiLabel() {
            return shape.task() == Task.MULTI_LABEL;
        }

        private <G extends Gatherer> G add(G gatherer) {
            gatherers.add(gatherer);
            return gatherer;
        }

        @Nullable
        DoubleSupplier value(String name) {
            return switch (shape.task()) {
                case CLASSIFICATION -> ofClasses(name);
                case MULTI_LABEL -> ofLabels(name);
                case REGRESSION -> ofNumbers(name);
                case LANGUAGE_MODEL -> ofPlaces(name);
            };
        }

        private @Nullable DoubleSupplier ofClasses(String name) {
            return switch (name) {
                case "ece" -> add(new Calibration())::error;
                case "roc_auc" -> add(ranking)::rocArea;
                case "pr_auc" -> add(ranking)::averagePrecision;
                default -> {
                    Matcher retrieval = RETRIEVAL.matcher(name);
                    yield retrieval.matches() && confusion != null
                            ? ofRetrieval(retrieval, confusion::retrieval, shape.outputs() <= 2, true)
                            : ofPlaces(name);
                }
            };
        }

        private @Nullable DoubleSupplier ofPlaces(String name) {
            Matcher top = TOP.matcher(name);
            if (top.matches()) {
                return add(new TopHits(Integer.parseInt(top.group(1))))::share;
            }
            return switch (name) {
                case "accuracy" -> add(new TopHits(1))::share;
                case "perplexity" -> add(new Surprise())::perplexity;
                default -> null;
            };
        }

        private @Nullable DoubleSupplier ofLabels(String name) {
            return switch (name) {
                case "accuracy" -> add(labels)::accuracy;
                case "exact_match" -> add(labels)::exactMatch;
                case "roc_auc" -> add(ranking)::rocArea;
                case "pr_auc" -> add(ranking)::averagePrecision;
                default -> {
                    Matcher retrieval = RETRIEVAL.matcher(name);
                    yield retrieval.matches() ? ofRetrieval(retrieval, add(labels)::retrieval, false, false) : null;
                }
            };
        }

        private @Nullable DoubleSupplier ofNumbers(String name) {
            return switch (name) {
                case "mae" -> add(errors)::meanAbsolute;
                case "mse" -> add(errors)::meanSquared;
                case "rmse" -> add(errors)::rootMeanSquared;
                case "r2" -> add(errors)::determination;
                default -> null;
            };
        }

        private static DoubleSupplier ofRetrieval(
                Matcher name, Supplier<Retrieval> source, boolean two, boolean seenOnly) {
            Retrieval.Measure measure = Retrieval.Measure.valueOf(name.group(1).toUpperCase(Locale.ROOT));
            String how = name.group(2);
            Retrieval.Average plain = two ? Retrieval.Average.POSITIVE : Retrieval.Average.MACRO;
            Retrieval.Average average = how == null ? plain : Retrieval.Average.valueOf(how.toUpperCase(Locale.ROOT));
            return () -> source.get().score(measure, average, seenOnly);
        }
    }
}
