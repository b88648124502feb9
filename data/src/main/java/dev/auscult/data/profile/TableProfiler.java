package dev.auscult.data.profile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import dev.auscult.data.DataSettings;
import dev.auscult.data.error.DataException;
import dev.auscult.data.table.ColumnType;
import dev.auscult.data.table.DelimitedBlocks;
import dev.auscult.data.table.DelimitedRows;
import dev.auscult.data.table.ParquetRows;
import dev.auscult.data.table.Rows;
import dev.auscult.data.table.TableFiles;
import dev.auscult.data.table.TableScan;
import dev.auscult.run.ColumnProfile;
import dev.auscult.run.ColumnProfile.Role;
import dev.auscult.run.DataProfile;
import dev.auscult.run.Split;
import org.jspecify.annotations.Nullable;

/** Describes a table of any size: what its columns hold, counted over all rows, and an even sample of the rows. */
public final class TableProfiler {
    /** Rows between two words on the progress. */
    private static final long TOLD = 1 << 14;

    /** Different words of a column that tell whether they are numbers in another form. */
    private static final int LOOKED_AT = 100;

    private static final int MOST_THREADS = 8;
    /** Rows of a table too large to be held that are held. */
    private static final int SAMPLED = TableSummary.SAMPLED_ROWS;
    /** With more columns each thread would need too much memory for its counts. */
    private static final int VERY_WIDE = 5000;

    private final DataSettings settings;
    private final Path file;
    private final long seed;
    private final Limits limits;
    private final Progress progress;
    private final String reading;

    TableProfiler(DataSettings settings, Path file, long seed, Limits limits, Progress progress) {
        this.settings = settings;
        this.file = file;
        this.seed = seed;
        this.limits = limits;
        this.progress = progress;
        this.reading = "reading " + file.getFileName();
    }

    /**
     * Reads a table.
     *
     * @param settings what the columns are for, and how the file is read
     * @param file CSV, TSV (each perhaps packed by gzip), JSON lines or Parquet
     * @param split which part it is
     * @param like the training part, whose types, roles and task are taken over; null for the training part itself
     * @param seed of the sample of a large table
     * @param progress is told how far the reading has come
     */
    public static TableProfile profile(
            DataSettings settings, Path file, Split split, @Nullable TableProfile like, long seed, Progress progress) {
        return new TableProfiler(settings, file, seed, Limits.USUAL, progress).profile(split, like);
    }

    /**
     * From which sizes on a table is read in another way.
     *
     * @param rows held in memory, at most
     * @param large bytes of a text file from which on several threads read it, block by block
     * @param block bytes of a block
     */
    record Limits(int rows, long large, int block) {
        static final Limits USUAL = new Limits(TableSummary.MOST_ROWS, DelimitedBlocks.BLOCK, DelimitedBlocks.BLOCK);
    }

    TableProfile profile(Split split, @Nullable TableProfile like) {
        progress.at(reading, Double.NaN);
        Rows rows = open();
        TableSummary summary = fresh(rows);
        if (rows instanceof ParquetRows parquet && isMuch(parquet.count(), parquet, like)) {
            long count = parquet.count();
            summary.sample().choose(count, Math.min(SAMPLED, limits.rows()));
            new ParquetSummary(parquet, summary, progress, reading).read(count);
        } else if (!(rows instanceof DelimitedRows text) || !DelimitedBlocks.canRead(text) || !isLarge()) {
            rows.read(new SummarySink(summary, 1, row -> tell(row, Double.NaN)));
        } else if (!inBlocks(text, summary)) {
            rows = TableFiles.open(file, settings.format(), settings.separator(), settings.header());
            summary = fresh(rows);
            inBlocks((DelimitedRows) rows, summary);
        }
        if (summary.rows() == 0) {
            throw new DataException(file + " has column names and no rows; wanted rows below them"
                    + " (or data.header: false, if the first line is a row)");
        }
        if (summary.rows() > limits.rows()) {
            summary.sample().keep(SAMPLED);
        }
        Source source = new Source(rows.named(), rows.classNames(), rows.remarks());
        return describe(summary, settings, file, split, like, source);
    }

    /** Whether a Parquet file is counted by queries: where it is large, or what it is compared with was. */
    private boolean isMuch(long count, ParquetRows parquet, @Nullable TableProfile like) {
        return count > limits.rows()
                || count * parquet.names().size() > TableSummary.MOST_CELLS
                || (count > 0 && like != null && ParquetSummary.counted(like.summary(), parquet));
    }

    /** A large text is opened by its beginning: its bytes are looked at while it is read. */
    private Rows open() {
        return isLarge()
                ? TableFiles.openByItsBeginning(file, settings.format(), settings.separator(), settings.header())
                : TableFiles.open(file, settings.format(), settings.separator(), settings.header());
    }

    private boolean isLarge() {
        try {
            return Files.isRegularFile(file) && Files.size(file) >= limits.large();
        } catch (IOException e) {
            return false;
        }
    }

    private TableSummary fresh(Rows rows) {
        return new TableSummary(rows.names(), rows.hasMarkers(), seed, limits.rows());
    }

    private boolean inBlocks(DelimitedRows text, TableSummary summary) {
        long size = file.toFile().length();
        long[] bytes = {0};
        BlockSummaries blocks = new BlockSummaries(summary, row -> tell(row, Math.min(1, (double) bytes[0] / size)));
        int threads = text.names().size() > VERY_WIDE
                ? 1
                : Math.max(1, Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors()));
        boolean read =
                DelimitedBlocks.of(text, limits.block()).read(threads, blocks::worker, count -> bytes[0] = count);
        if (read) {
            blocks.join();
        }
        return read;
    }

    private void tell(long row, double share) {
        if (!Double.isNaN(share) || row % TOLD == 0) {
            progress.at(String.format(Locale.ROOT, "%s: %,d rows", reading, row), share);
        }
    }

    /**
     * What the file itself says of its columns.
     *
     * @param named whether it names them
     * @param classNames names of the classes by number; else empty
     * @param story what people should know of how it was read
     */
    record Source(boolean named, List<String> classNames, List<String> story) {}

    private static TableProfile describe(
            TableSummary summary,
            DataSettings settings,
            Path file,
            Split split,
            @Nullable TableProfile like,
            Source source) {
        TablePlan plan = new TablePlan(summary, settings, file, source.named(), like);
        RowSample.Sampled sample = summary.sample().sampled();
        boolean whole = sample.size() == summary.rows();
        List<String> names = summary.names();
        List<FrameFill> fills = new ArrayList<>();
        boolean classification = plan.task().equals("classification");
        for (int i = 0; i < names.size(); i++) {
            boolean classes = classification && plan.role(i) == Role.TARGET;
            fills.add(new FrameFill(
                    plan.type(i),
                    sample.size(),
                    summary.hasMarkers(),
                    classes,
                    classes ? source.classNames() : List.of()));
        }
        fill(sample, fills);
        List<FrameColumn> columns = new ArrayList<>();
        List<ColumnProfile> profiles = new ArrayList<>();
        Map<String, Long> labels = Map.of();
        for (int i = 0; i < names.size(); i++) {
            ColumnMaker maker = new ColumnMaker(
                    names.get(i),
                    plan.role(i),
                    summary.column(i),
                    fills.get(i),
                    summary.rows(),
                    whole,
                    edges(like, names.get(i), plan.type(i)));
            FrameColumn column = maker.make();
            columns.add(column);
            profiles.add(column.profile());
            if (classification && plan.role(i) == Role.TARGET) {
                Map<String, Long> counts = maker.classes();
                labels = counts == null ? Map.of() : counts;
            }
        }
        long[] numbers = new long[sample.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = sample.place(i);
        }
        List<String> story = new ArrayList<>(source.story());
        story.addAll(plan.story());
        columns.forEach(column -> lookalike(column).ifPresent(story::add));
        if (summary.ragged > 0) {
            story.add(String.format(
                    Locale.ROOT,
                    "%,d of %,d rows have more or fewer cells than there are columns (line %,d has %,d, wanted %,d); what is"
                            + " too much was left out, what lacks is missing",
                    summary.ragged,
                    summary.rows(),
                    summary.firstRagged,
                    summary.raggedCells,
                    names.size()));
        }
        if (!whole) {
            story.add(String.format(
                    Locale.ROOT,
                    "counted over all %,d rows; quantiles and comparisons rest on %,d rows drawn evenly",
                    summary.rows(),
                    sample.size()));
        }
        DataProfile.Part part =
                new DataProfile.Part(split, file.toString(), summary.rows(), sample.size(), labels, profiles);
        Frame frame = new Frame(file.toString(), split, plan.task(), summary.rows(), numbers, columns);
        return new TableProfile(part, frame, summary, plan.targets(), story);
    }

    /** What people should know of a column of words that are numbers or dates in a form that is not read. */
    private static Optional<String> lookalike(FrameColumn column) {
        if (column.type() != ColumnType.CATEGORICAL || column.words().isEmpty()) {
            return Optional.empty();
        }
        List<String> words =
                column.words().subList(0, Math.min(LOOKED_AT, column.words().size()));
        List<String> alike =
                words.stream().filter(word -> TableScan.cause(word) != null).toList();
        return alike.size() < TablePlan.MOSTLY * words.size()
                ? Optional.empty()
                : Optional.of("column " + column.name() + " is read as words: '" + alike.get(0) + "' has "
                        + TableScan.cause(alike.get(0)));
    }

    private static List<Double> edges(@Nullable TableProfile like, String name, ColumnType type) {
        return like == null || (type != ColumnType.NUMERIC && type != ColumnType.DATE)
                ? List.of()
                : like.part()
                        .column(name)
                        .flatMap(ColumnProfile::numbers)
                        .map(ColumnProfile.Numbers::edges)
                        .orElse(List.of());
    }

    private static void fill(RowSample.Sampled sample, List<FrameFill> fills) {
        char[] buffer = new char[256];
        for (int row = 0; row < sample.size(); row++) {
            PackedRow.Cursor cells = new PackedRow.Cursor(sample.row(row));
            for (FrameFill fill : fills) {
                if (!cells.next()) {
                    throw new IllegalStateException("a row of the sample is cut off");
                }
                int length = cells.length();
                if (length < 0) {
                    fill.missing();
                    continue;
                }
                if (length > buffer.length) {
                    buffer = new char[Math.max(length, 2 * buffer.length)];
                }
                cells.copy(buffer);
                fill.cell(buffer, length);
            }
        }
    }
}
