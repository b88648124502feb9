package dev.auscult.data;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

import dev.auscult.data.DataSettings.Sequence;
import dev.auscult.data.DataSettings.Validation;
import dev.auscult.data.error.DataException;
import dev.auscult.data.table.Column;
import dev.auscult.data.table.Table;
import org.jspecify.annotations.Nullable;

/**
 * Runs of rows as examples, in the order of the file or, where the settings name a time, in its order; a run never
 * crosses from one group to another.
 *
 * <p>Runs share rows, so that a random split would show the network what it is judged by. Unless groups are held out, the
 * last runs are (or, with folds, a block of them), and training runs that reach into theirs are left out.
 */
final class SequencePreparation {
    private final DataSettings settings;
    private final Sequence sequence;
    private final long seed;
    private final List<String> story;

    SequencePreparation(DataSettings settings, Sequence sequence, long seed, List<String> story) {
        this.settings = settings;
        this.sequence = sequence;
        this.seed = seed;
        this.story = story;
        if (sequence.length() < 1 || sequence.stride() < 1 || sequence.horizon() < 0) {
            throw new DataException("data.sequence: length " + sequence.length() + ", stride " + sequence.stride()
                    + ", horizon " + sequence.horizon() + "; wanted at least 1, 1 and 0");
        }
        if (!settings.missing().equals("impute")) {
            throw new DataException(
                    "data.missing: " + settings.missing() + " would tear sequences apart, wanted impute");
        }
    }

    PreparedData.Builder open(
            Table table, Table targets, TargetPlan plan, Roles roles, TablePreparation.Others others) {
        if (roles.text() != null) {
            throw new DataException("data.sequence: rows of text make no sequences, wanted columns of numbers; drop "
                    + Story.some(roles.texts()));
        }
        int[] order = order(table, roles);
        int[] starts = starts(order, table, targets, plan, roles);
        int[] training = starts;
        int[] held = new int[0];
        String how = "no validation";
        Validation wanted = settings.validation();
        if (wanted.file() != null) {
            how = "from a file of its own";
        } else if (roles.group() != null) {
            Splitter.Parts parts = Splitter.split(
                    new Splitter.Known(
                            starts.length, null, TablePreparation.groups(table, roles, pick(order, starts)), null),
                    wanted,
                    seed);
            training = pick(starts, parts.training);
            held = pick(starts, parts.validation);
            how = parts.how + (roles.time() == null ? "" : ", runs in the order of " + roles.time());
        } else if (wanted.folds() > 0 || wanted.fraction() > 0) {
            int[] block = block(starts.length, wanted);
            held = Arrays.copyOfRange(starts, block[0], block[1]);
            int first = held[0];
            int last = held[held.length - 1] + reach();
            training = Arrays.stream(starts)
                    .filter(s -> s + reach() < first || s > last)
                    .toArray();
            int between = starts.length - held.length - training.length;
            how = (wanted.folds() > 0
                            ? "fold " + (wanted.fold() + 1) + " of " + wanted.folds()
                            : roles.time() == null ? "the last in the file" : "the last in time")
                    + " held out"
                    + (between > 0 ? ", " + Story.count(between, "run") + " across the border left out" : "");
            if (training.length == 0) {
                throw new DataException(String.format(
                        Locale.ROOT,
                        "%s: no run of %,d rows is left for training; make data.sequence.length or the validation smaller",
                        table.file(),
                        sequence.length()));
            }
        }
        FeaturePlan inputs = FeaturePlan.fit(
                table.columns(roles.features()),
                pick(order, covered(table.rows(), training)),
                settings,
                roles::asked,
                story);
        List<Column> outputs = targets.columns(plan.columns());
        if (settings.normalizeTarget() && plan.task() == Task.REGRESSION) {
            plan.normalize(outputs, pick(order, predicted(training)));
        }
        PackedInputs all = inputs.apply(table, order);
        Examples train = examples(all, order, targets, plan, training);
        Examples validation = wanted.file() != null
                ? other(others.open(wanted.file()), plan, roles, inputs)
                : held.length == 0 ? null : examples(all, order, targets, plan, held);
        Examples test = settings.test() == null ? null : other(others.open(settings.test()), plan, roles, inputs);
        story.add(2, Story.parts(train, validation, test, how));
        story.add(
                3,
                String.format(
                        Locale.ROOT,
                        "runs of %,d rows, %,d apart, for the target %s; %s",
                        sequence.length(),
                        sequence.stride(),
                        sequence.horizon() == 0 ? "of the last row" : Story.count(sequence.horizon(), "row") + " later",
                        inputs.description()));
        DataShape shape = new DataShape(
                plan.task(),
                Extents.of(train.inputs().shape()),
                false,
                0,
                plan.names().size());
        return new PreparedData.Builder(shape, train, List.of())
                .validation(validation)
                .test(test)
                .targetScale(plan.mean(), plan.deviation())
                .inputNames(inputs.names());
    }

    /** Rows from the first of a run to the one whose target is predicted. */
    private int reach() {
        return sequence.length() - 1 + sequence.horizon();
    }

    /** The rows in the order in which they follow one another: of the file, or of group and time. */
    private static int[] order(Table table, Roles roles) {
        int[] rows = IntStream.range(0, table.rows()).toArray();
        double[] times = TablePreparation.times(table, roles, rows);
        if (times == null) {
            return rows;
        }
        int[] groups = TablePreparation.groups(table, roles, rows);
        return IntStream.of(rows)
                .boxed()
                .sorted((a, b) -> {
                    int byGroup = groups == null ? 0 : Integer.compare(groups[a], groups[b]);
                    return byGroup != 0 ? byGroup : Double.compare(times[a], times[b]);
                })
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** The first places of the runs that lie in one group and have a target. */
    private int[] starts(int[] order, Table table, Table targets, TargetPlan plan, Roles roles) {
        List<Column> outputs = targets.columns(plan.columns());
        Column group = roles.group() == null ? null : table.column(roles.group());
        int[] runs = new int[Math.max(0, (table.rows() - 1 - reach()) / sequence.stride() + 1)];
        int count = 0;
        for (int start = 0; start + reach() < table.rows(); start += sequence.stride()) {
            if (!plan.missing(outputs, order[start + reach()]) && oneGroup(group, order, start, start + reach())) {
                runs[count++] = start;
            }
        }
        if (count == 0) {
            throw new DataException(String.format(
                    Locale.ROOT,
                    "%s has %,d rows, wanted runs of %,d rows%s with a target; make data.sequence.length smaller",
                    table.file(),
                    table.rows(),
                    reach() + 1,
                    group == null ? "" : " of one group"));
        }
        return Arrays.copyOf(runs, count);
    }

    private static boolean oneGroup(@Nullable Column group, int[] order, int from, int to) {
        if (group == null) {
            return true;
        }
        double first = group.get(order[from]);
        for (int row = from + 1; row <= to; row++) {
            if (group.get(order[row]) != first) {
                return false;
            }
        }
        return true;
    }

    /** Which runs, by their place, are held out: from … below to. */
    private static int[] block(int runs, Validation wanted) {
        int folds = wanted.folds();
        if (folds > 0) {
            if (folds < 2 || folds > runs || wanted.fold() < 0 || wanted.fold() >= folds) {
                throw new DataException("data.validation: fold " + wanted.fold() + " of " + folds
                        + " folds; wanted 2 to " + runs + " folds (the runs) and a fold from 0 to below them");
            }
            long n = runs;
            return new int[] {(int) (n * wanted.fold() / folds), (int) (n * (wanted.fold() + 1) / folds)};
        }
        if (!(wanted.fraction() < 1) || runs < 2) {
            throw new DataException("data.validation.fraction is " + wanted.fraction() + " of "
                    + Story.count(runs, "run") + ", wanted a share below 1 of at least 2");
        }
        int held = Math.max(1, Math.min(runs - 1, (int) Math.ceil(runs * wanted.fraction() - 1e-9)));
        return new int[] {runs - held, runs};
    }

    /** All rows of some runs, each once. */
    private int[] covered(int rows, int[] starts) {
        boolean[] in = new boolean[rows];
        for (int start : starts) {
            Arrays.fill(in, start, start + sequence.length(), true);
        }
        return IntStream.range(0, rows).filter(row -> in[row]).toArray();
    }

    private int[] predicted(int[] starts) {
        return IntStream.of(starts).map(s -> s + reach()).toArray();
    }

    private static int[] pick(int[] from, int[] places) {
        return IntStream.of(places).map(p -> from[p]).toArray();
    }

    private Examples examples(PackedInputs rows, int[] order, Table targets, TargetPlan plan, int[] starts) {
        return new Examples(
                new WindowInputs(rows, starts, sequence.length()),
                plan.of(targets, targets.columns(plan.columns()), pick(order, predicted(starts))));
    }

    private Examples other(Table table, TargetPlan plan, Roles roles, FeaturePlan inputs) {
        int[] order = order(table, roles);
        inputs.remark(table, order, String.valueOf(table.file().getFileName()), story);
        return examples(inputs.apply(table, order), order, table, plan, starts(order, table, table, plan, roles));
    }
}
