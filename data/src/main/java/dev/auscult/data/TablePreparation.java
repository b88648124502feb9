package dev.auscult.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import dev.auscult.data.DataSettings.Validation;
import dev.auscult.data.error.DataException;
import dev.auscult.data.table.Column;
import dev.auscult.data.table.ColumnType;
import dev.auscult.data.table.Names;
import dev.auscult.data.table.Rows;
import dev.auscult.data.table.Table;
import dev.auscult.data.table.TableFiles;
import dev.auscult.data.table.TableScan;
import org.jspecify.annotations.Nullable;

/** A table: read, its task derived, split, encoded. */
final class TablePreparation {
    private final DataSettings settings;
    private final Path base;
    private final long seed;
    private final Consumer<String> progress;
    private final List<String> story = new ArrayList<>();

    TablePreparation(DataSettings settings, Path base, long seed, Consumer<String> progress) {
        this.settings = settings;
        this.base = base;
        this.seed = seed;
        this.progress = progress;
    }

    PreparedData.Builder open(Path file) {
        checkMissing();
        Rows rows = TableFiles.open(file, settings.format(), settings.separator(), settings.header());
        TableScan scan = TableScan.of(rows);
        Roles roles = new Roles(scan, settings, base);
        progress.accept(String.format(
                Locale.ROOT,
                "reading %,d rows of %,d columns of %s",
                scan.rows(),
                scan.names().size(),
                file.getFileName()));
        List<Table.Wanted> wanted = roles.wanted();
        Table table = Table.read(rows, wanted, settings.memory());
        String read = String.format(
                Locale.ROOT,
                "%,d rows and %,d columns in %s%s",
                scan.rows(),
                scan.names().size(),
                file.getFileName(),
                table.onDisk() ? ", held on disk" : "");
        Others others = new Others(rows, wanted);
        PreparedData.Builder builder;
        if (settings.task() == Task.LANGUAGE_MODEL) {
            builder = languageModel(table, roles, others, read);
        } else {
            Table targets = targets(roles, table);
            TargetPlan plan = TargetPlan.fit(
                    targets.columns(columns(roles, targets)),
                    roles.targetFile() == null ? rows.classNames() : List.of(),
                    settings.task(),
                    roles.targetFile() == null
                            ? null
                            : String.valueOf(roles.targetFile().getFileName()));
            story.add(plan.task().label() + ", "
                    + Story.outputs(plan.task(), plan.names().size()) + ", from " + plan.origin());
            story.add(read);
            DataSettings.Sequence sequence = settings.sequence();
            builder = sequence == null
                    ? rows(table, targets, plan, roles, others)
                    : new SequencePreparation(settings, sequence, seed, story)
                            .open(table, targets, plan, roles, others);
        }
        story.addAll(rows.remarks());
        story.addAll(roles.story());
        DataSettings.Text tokens = roles.text();
        return builder.story(story)
                .target(roles.targets())
                .text(
                        tokens == null
                                ? null
                                : new DataSettings.Text(
                                        roles.texts(), tokens.tokenizer(), tokens.vocabulary(), tokens.length()));
    }

    private void checkMissing() {
        if (!List.of("impute", "refuse", "drop-rows").contains(settings.missing())) {
            throw new DataException("data.missing is '" + settings.missing() + "', wanted impute, refuse or drop-rows");
        }
    }

    /** Names of the target columns; those of a file of targets are not known before it is read. */
    private static List<String> columns(Roles roles, Table targets) {
        return roles.targetFile() == null ? roles.targets() : targets.names();
    }

    /** The table that holds the targets: this one, or one of its own. */
    private Table targets(Roles roles, Table table) {
        Path file = roles.targetFile();
        if (file == null) {
            return table;
        }
        if (settings.test() != null || settings.validation().file() != null) {
            throw new DataException("data.target is the file " + file.getFileName()
                    + ", which has no targets for data.test or data.validation.file; put the targets into the tables");
        }
        Rows rows = TableFiles.open(file, settings.format(), settings.separator(), null);
        TableScan scan = TableScan.of(rows);
        if (scan.rows() != table.rows()) {
            throw new DataException(String.format(
                    Locale.ROOT,
                    "%s has %,d rows, wanted %,d as in %s: one target for each",
                    file,
                    scan.rows(),
                    table.rows(),
                    table.file()));
        }
        List<Table.Wanted> wanted = new ArrayList<>();
        for (int i = 0; i < scan.names().size(); i++) {
            String stray = settings.task() == Task.CLASSIFICATION || scan.type(i) == ColumnType.NUMERIC
                    ? null
                    : scan.stray(i, scan.names().get(i));
            if (stray != null) {
                throw new DataException(stray);
            }
            ColumnType type = scan.type(i) == ColumnType.TEXT ? ColumnType.CATEGORICAL : scan.type(i);
            wanted.add(new Table.Wanted(scan.names().get(i), i, type));
        }
        return Table.read(rows, wanted, settings.memory());
    }

    /** Each row is an example. */
    private PreparedData.Builder rows(Table table, Table targets, TargetPlan plan, Roles roles, Others others) {
        List<Column> outputs = targets.columns(plan.columns());
        int[] usable = usable(table, targets, plan, roles);
        int[] training = usable;
        int[] held = new int[0];
        String how = "no validation";
        Validation wanted = settings.validation();
        if (wanted.file() != null) {
            how = "from a file of its own";
        } else {
            Splitter.Parts parts = Splitter.split(known(table, targets, plan, roles, usable), wanted, seed);
            training = pick(usable, parts.training);
            held = pick(usable, parts.validation);
            how = parts.how;
        }
        progress.accept("preparing " + Story.count(usable.length, "row"));
        InputPlan inputs = inputs(table, roles, training);
        if (settings.normalizeTarget() && plan.task() == Task.REGRESSION) {
            plan.normalize(outputs, training);
        }
        Examples train = new Examples(inputs.apply(table, training), plan.of(targets, outputs, training));
        Examples validation = wanted.file() != null
                ? other(others.open(wanted.file()), plan, roles, inputs)
                : held.length == 0 ? null : new Examples(inputs.apply(table, held), plan.of(targets, outputs, held));
        Examples test = settings.test() == null ? null : other(others.open(settings.test()), plan, roles, inputs);
        story.add(2, Story.parts(train, validation, test, how));
        story.add(3, inputs.description());
        if (held.length > 0) {
            inputs.remark(table, held, "the validation part", story);
        }
        DataShape shape = new DataShape(
                plan.task(),
                Extents.of(train.inputs().shape()),
                train.inputs().tokens(),
                inputs.vocabulary(),
                plan.names().size());
        return new PreparedData.Builder(shape, train, List.of())
                .validation(validation)
                .test(test)
                .targetScale(plan.mean(), plan.deviation())
                .vocabulary(inputs.words())
                .inputNames(inputs.names())
                .features(inputs.features());
    }

    private Examples other(Table table, TargetPlan plan, Roles roles, InputPlan inputs) {
        int[] rows = usable(table, table, plan, roles);
        if (rows.length == 0) {
            throw new DataException(table.file() + " has no row that can be used; wanted at least one with a target");
        }
        inputs.remark(table, rows, String.valueOf(table.file().getFileName()), story);
        return new Examples(inputs.apply(table, rows), plan.of(table, table.columns(plan.columns()), rows));
    }

    private static int[] pick(int[] from, int[] places) {
        return IntStream.of(places).map(p -> from[p]).toArray();
    }

    /** Rows that have a target and, if so asked, no gaps. */
    private int[] usable(Table table, Table targets, TargetPlan plan, Roles roles) {
        List<Column> outputs = targets.columns(plan.columns());
        List<Column> inputs = table.columns(roles.features());
        boolean refuse = settings.missing().equals("refuse");
        boolean drop = settings.missing().equals("drop-rows");
        int[] kept = new int[table.rows()];
        int count = 0;
        int withoutTarget = 0;
        int withGaps = 0;
        for (int row = 0; row < table.rows(); row++) {
            if (plan.missing(outputs, row)) {
                if (refuse) {
                    throw gap(targets, outputs, row, "target ");
                }
                withoutTarget++;
                continue;
            }
            if ((refuse || drop) && anyMissing(inputs, row)) {
                if (refuse) {
                    throw gap(table, inputs, row, "");
                }
                withGaps++;
                continue;
            }
            kept[count++] = row;
        }
        String name = String.valueOf(table.file().getFileName());
        if (withoutTarget > 0) {
            story.add(Story.count(withoutTarget, "row") + " of " + name + " without a target"
                    + (2L * withoutTarget > table.rows() ? roles.markers() : "") + " left out");
        }
        if (withGaps > 0) {
            story.add(Story.count(withGaps, "row") + " of " + name + " with missing values left out");
        }
        if (count == 0) {
            throw new DataException(table.file() + " has no row that can be used; wanted a target in at least one"
                    + (drop ? " without missing values (data.missing: impute keeps them)" : ""));
        }
        return Arrays.copyOf(kept, count);
    }

    private static boolean anyMissing(List<Column> columns, int row) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).missing(row)) {
                return true;
            }
        }
        return false;
    }

    private static DataException gap(Table table, List<Column> columns, int row, String what) {
        Column first = columns.stream().filter(c -> c.missing(row)).findFirst().orElseThrow();
        return new DataException(String.format(
                Locale.ROOT,
                "%s: row %,d, %s%s: the value is missing and data.missing is refuse; fill it in, or use impute or"
                        + " drop-rows",
                table.file(),
                row + 1,
                what,
                first.label()));
    }

    static Splitter.Known known(Table table, Table targets, TargetPlan plan, Roles roles, int[] rows) {
        int[] classes = null;
        if (plan.task() == Task.CLASSIFICATION) {
            Target target = plan.of(targets, targets.columns(plan.columns()), rows);
            classes = IntStream.range(0, target.size()).map(target::classOf).toArray();
        }
        return new Splitter.Known(rows.length, classes, groups(table, roles, rows), times(table, roles, rows));
    }

    static int @Nullable [] groups(Table table, Roles roles, int[] rows) {
        String name = roles.group();
        if (name == null) {
            return null;
        }
        Column column = table.column(name);
        requireAll(table, column, rows, "group");
        Map<Double, Integer> numbers = new HashMap<>();
        return IntStream.of(rows)
                .map(row -> numbers.computeIfAbsent(column.get(row), x -> numbers.size()))
                .toArray();
    }

    static double @Nullable [] times(Table table, Roles roles, int[] rows) {
        String name = roles.time();
        if (name == null) {
            return null;
        }
        Column column = table.column(name);
        requireAll(table, column, rows, "time");
        return IntStream.of(rows).mapToDouble(column::get).toArray();
    }

    private static void requireAll(Table table, Column column, int[] rows, String what) {
        for (int row : rows) {
            if (column.missing(row)) {
                throw new DataException(String.format(
                        Locale.ROOT,
                        "%s: row %,d, %s: the %s is missing, which decides the split; fill it in, or remove the row",
                        table.file(),
                        row + 1,
                        column.label(),
                        what));
            }
        }
    }

    private InputPlan inputs(Table table, Roles roles, int[] training) {
        DataSettings.Text text = roles.text();
        return text == null
                ? FeaturePlan.fit(table.columns(roles.features()), training, settings, roles::asked, story)
                : TextPlan.fit(table, roles.texts(), training, text, base, settings.memory());
    }

    /** The texts of each part one after the other. */
    private PreparedData.Builder languageModel(Table table, Roles roles, Others others, String read) {
        DataSettings.Text text = roles.text();
        if (text == null) {
            throw new IllegalStateException("a language model without text");
        }
        int[] all = IntStream.range(0, table.rows()).toArray();
        Validation wanted = settings.validation();
        Splitter.Parts parts = wanted.file() != null
                ? new Splitter.Parts(all, new int[0], "from a file of its own")
                : Splitter.split(
                        new Splitter.Known(all.length, null, groups(table, roles, all), times(table, roles, all)),
                        wanted,
                        seed);
        TextPlan plan = TextPlan.fit(table, roles.texts(), parts.training, text, base, settings.memory());
        Examples train = next(plan.blocks(table, parts.training));
        Examples validation = null;
        if (wanted.file() != null) {
            validation = next(plan.blocks(others.open(wanted.file())));
        } else if (parts.validation.length > 0) {
            validation = next(plan.blocks(table, parts.validation));
        }
        Examples test = settings.test() == null ? null : next(plan.blocks(others.open(settings.test())));
        int vocabulary = Math.toIntExact(plan.vocabulary());
        story.add(String.format(Locale.ROOT, "language-model over %,d tokens", vocabulary));
        story.add(read);
        story.add(Story.parts(train, validation, test, "whole texts, " + parts.how));
        story.add(plan.description());
        DataShape shape = new DataShape(Task.LANGUAGE_MODEL, Extents.of(text.length()), true, vocabulary, vocabulary);
        return new PreparedData.Builder(shape, train, List.of())
                .validation(validation)
                .test(test)
                .vocabulary(plan.words());
    }

    private static Examples next(TokenInputs inputs) {
        return new Examples(inputs, Target.nextToken(inputs.size()));
    }

    /** Opens further files of the same form. */
    final class Others {
        private final Rows training;
        private final List<Table.Wanted> wanted;

        private Others(Rows training, List<Table.Wanted> wanted) {
            this.training = training;
            this.wanted = wanted;
        }

        /** Reads the same columns, by name where both files have names, else by place. */
        Table open(String path) {
            Path file = base.resolve(path).normalize();
            if (!Files.exists(file)) {
                throw new DataException(file + " does not exist; wanted a table like " + training.file());
            }
            progress.accept("reading " + file.getFileName());
            Boolean header = settings.header() == null ? (Boolean) training.named() : settings.header();
            Rows rows = TableFiles.open(file, settings.format(), settings.separator(), header);
            List<Table.Wanted> same = new ArrayList<>();
            for (Table.Wanted column : wanted) {
                int index = training.named() && rows.named()
                        ? Names.require(
                                rows.names(),
                                column.name(),
                                "the columns of " + training.file().getFileName(),
                                file)
                        : column.index();
                if (index >= rows.names().size()) {
                    throw new DataException(
                            file + " has " + Story.count(rows.names().size(), "column") + ", wanted "
                                    + training.names().size() + " as in " + training.file());
                }
                same.add(new Table.Wanted(column.name(), index, column.type()));
            }
            return Table.read(rows, same, settings.memory());
        }
    }
}
