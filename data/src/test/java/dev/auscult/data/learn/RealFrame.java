package dev.auscult.data.learn;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.auscult.data.profile.Frame;
import dev.auscult.data.profile.FrameMaker;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** Real tables as frames, with labels flipped at random where a test wants that. */
public final class RealFrame {
    private static final Path DATA = Path.of("../../shared/datasets");

    private final List<String> names;
    private final @Nullable String[][] columns;
    private final String[] labels;
    private final boolean[] flipped;

    private RealFrame(List<String> names, @Nullable String[][] columns, String[] labels) {
        this.names = names;
        this.columns = columns;
        this.labels = labels;
        this.flipped = new boolean[labels.length];
    }

    /**
     * A table with names of the columns in its first line and without quotes.
     *
     * @param drop columns to leave out
     */
    public static RealFrame of(String name, String target, List<String> drop) {
        List<String[]> rows = lines("tabular/" + name + ".csv").stream()
                .map(l -> l.replace("\"", "").split(",", -1))
                .toList();
        List<String> all = List.of(rows.get(0));
        int at = all.indexOf(target);
        List<String[]> body =
                rows.stream().skip(1).filter(r -> !r[at].isEmpty()).toList();
        List<String> names =
                all.stream().filter(n -> !n.equals(target) && !drop.contains(n)).toList();
        @Nullable
        String[][] columns = names.stream()
                .map(n -> body.stream()
                        .map(r -> r[all.indexOf(n)].isEmpty() ? null : r[all.indexOf(n)])
                        .toArray(String[]::new))
                .toArray(String[][]::new);
        return new RealFrame(names, columns, body.stream().map(r -> r[at]).toArray(String[]::new));
    }

    /** One of the tables of numbers. */
    public static RealFrame numbers(String name) {
        RealTable table = RealTable.of(name);
        int width = table.inputs().width();
        @Nullable
        String[][] columns = IntStream.range(0, width)
                .mapToObj(c -> Arrays.stream(table.inputs().column(c))
                        .mapToObj(Double::toString)
                        .toArray(String[]::new))
                .toArray(String[][]::new);
        return new RealFrame(
                table.inputs().names(),
                columns,
                Arrays.stream(table.labels()).mapToObj(Integer::toString).toArray(String[]::new));
    }

    /** The news items; one column of text. */
    public static RealFrame news() {
        List<String> lines = lines("ag-news/test.csv");
        return new RealFrame(
                List.of("text"),
                new String[][] {lines.stream().map(l -> l.substring(4)).toArray(String[]::new)},
                lines.stream().map(l -> l.substring(1, 2)).toArray(String[]::new));
    }

    private static List<String> lines(String file) {
        Path path = DATA.resolve(file);
        Assumptions.assumeTrue(Files.exists(path), path + " is absent");
        try {
            return Files.readAllLines(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives a share of the rows another label, drawn evenly. */
    public RealFrame flip(double share, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> classes = Arrays.stream(labels).distinct().sorted().toList();
        int[] order =
                new SplitMix(seed).shuffled(IntStream.range(0, labels.length).toArray());
        for (int i = 0; i < Math.round(share * labels.length); i++) {
            int row = order[i];
            int was = classes.indexOf(labels[row]);
            labels[row] = classes.get((was + 1 + random.nextInt(classes.size() - 1)) % classes.size());
            flipped[row] = true;
        }
        return this;
    }

    public boolean isFlipped(int row) {
        return flipped[row];
    }

    public int rows() {
        return labels.length;
    }

    public Frame make() {
        FrameMaker maker = FrameMaker.train();
        for (int c = 0; c < columns.length; c++) {
            @Nullable String[] cells = columns[c];
            if (Arrays.stream(cells).anyMatch(v -> v != null && v.indexOf(' ') > 0)) {
                maker.text(names.get(c), cells);
            } else if (Arrays.stream(cells).allMatch(v -> v == null || v.matches("-?[0-9.eE+-]+"))) {
                maker.numeric(
                        names.get(c),
                        Arrays.stream(cells)
                                .mapToDouble(v -> v == null ? Double.NaN : Double.parseDouble(v))
                                .toArray());
            } else {
                maker.categories(names.get(c), cells);
            }
        }
        return maker.target("classification").categories("label", labels).make();
    }

    @Override
    public String toString() {
        return names.stream().collect(Collectors.joining(", "));
    }
}
