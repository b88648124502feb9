package dev.auscult.intake.table;

import java.util.List;
import java.util.Locale;
import java.util.Set;

import dev.auscult.run.MetricVocabulary;
import dev.auscult.run.Quantity;

/** What the names of columns and files say about a table. */
public final class Columns {
    private static final Set<String> STEPS = Set.of(
            "step",
            "steps",
            "_step",
            "global_step",
            "trainer/global_step",
            "iteration",
            "iterations",
            "iter",
            "iters",
            "n_iter",
            "it",
            "timestep",
            "timesteps",
            "total_timesteps",
            "num_timesteps",
            "num_steps",
            "update",
            "updates",
            "num_updates",
            "current_steps",
            "train_step",
            "training_step",
            "episode",
            "episodes",
            "round",
            "generation");
    private static final Set<String> BATCHES = Set.of("batch", "batches", "batch_idx", "batch_index", "minibatch");
    private static final Set<String> EPOCHS = Set.of("epoch", "epochs", "epoch_num", "num_epoch", "epoch_id", "ep");
    private static final Set<String> TIMES = Set.of(
            "wall_time",
            "walltime",
            "timestamp",
            "_timestamp",
            "_runtime",
            "time_elapsed",
            "elapsed",
            "elapsed_time",
            "relative_time",
            "relative_time_(process)");
    private static final Set<String> DATASET = Set.of("target", "label", "labels", "class", "species", "y", "survived");
    private static final Set<String> LOG_WORDS = Set.of(
            "log",
            "logs",
            "logger",
            "loss",
            "losses",
            "history",
            "hist",
            "metrics",
            "metric",
            "progress",
            "train",
            "training",
            "results",
            "result",
            "epochs",
            "curve",
            "curves",
            "monitor");

    private Columns() {}

    /** Whether a column of this name tells how training goes: a loss, a score or a learning rate. */
    public static boolean isKnown(String name) {
        Quantity quantity = MetricVocabulary.resolve(name).quantity();
        return quantity.isScore()
                || quantity == Quantity.LOSS
                || quantity == Quantity.PERPLEXITY
                || quantity == Quantity.LEARNING_RATE;
    }

    /** Whether any column that holds numbers is known; in a table without rows whether any is. */
    public static boolean anyKnown(TableHead head) {
        String error = ErrorMeasure.of(head.names());
        for (int i = 0; i < head.names().size(); i++) {
            String name = head.names().get(i);
            boolean known = isKnown(name) || ErrorMeasure.is(error, MetricVocabulary.resolve(name));
            if (known && (head.sample().isEmpty() || head.isNumeric(i))) {
                return true;
            }
        }
        return false;
    }

    /** Whether a column is what a data set has and a log has not. */
    public static boolean isDataset(TableHead head) {
        return head.names().stream().anyMatch(name -> DATASET.contains(Roles.plain(name)));
    }

    /** Whether a file of this name says that it is a log: {@code training_log.csv}, {@code lossHistory.csv}. */
    public static boolean suggestsLog(String fileName) {
        String plain = fileName.toLowerCase(Locale.ROOT);
        if (plain.startsWith("train.") || plain.startsWith("test.")) {
            return false;
        }
        for (String word : fileName.replaceAll("([a-z])([A-Z])", "$1_$2")
                .toLowerCase(Locale.ROOT)
                .split("[^a-z]+", -1)) {
            if (LOG_WORDS.contains(word)) {
                return true;
            }
        }
        return false;
    }

    public static int step(List<String> names) {
        return Roles.find(names, STEPS);
    }

    public static int batch(List<String> names) {
        return Roles.find(names, BATCHES);
    }

    public static int epoch(List<String> names) {
        return Roles.find(names, EPOCHS);
    }

    public static int time(List<String> names) {
        return Roles.find(names, TIMES);
    }

    /** The index that pandas writes before the first column, with no name of its own; −1 if there is none. */
    public static int index(List<String> names) {
        boolean unnamed = !names.isEmpty()
                && (names.get(0).isEmpty()
                        || names.get(0).equals("Unnamed: 0")
                        || names.get(0).equals("index"));
        return unnamed ? 0 : -1;
    }

    /**
     * The axes of a table by the names of its columns: a counter of steps, else the epoch if it counts rows and not
     * blocks of rows, else the order of the rows.
     */
    public static Roles axes(List<String> names, TableHead head) {
        Roles roles = Roles.NONE.withTime(time(names), Roles.Clock.RUNNING);
        int index = index(names);
        int step = step(names);
        int batch = batch(names);
        int epoch = epoch(names);
        if (index >= 0) {
            roles = roles.without(index);
        }
        if (epoch >= 0) {
            roles = roles.withEpoch(epoch);
        }
        if (step < 0 && batch >= 0) {
            step = batch;
        }
        if (step >= 0 && head.isCounter(step)) {
            boolean local = epoch >= 0 && epoch != step;
            return roles.withStep(step).withCounting(local ? Roles.Counting.WITHIN_EPOCH : Roles.Counting.GLOBAL);
        }
        if (epoch >= 0 && head.isCounter(epoch) && !head.isRepeated(epoch)) {
            return roles.withStep(epoch);
        }
        return roles;
    }
}
