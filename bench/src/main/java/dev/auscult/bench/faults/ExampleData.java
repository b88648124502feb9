package dev.auscult.bench.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Writes the data of the sick examples, the same every time: {@code ExampleData examples/sick/data}.
 *
 * <p>Sets made by formulas: {@code clouds.tsv}, five overlapping clouds in six dimensions; {@code spirals.tsv}, three
 * noisy spirals in the plane; {@code rare.tsv}, two overlapping clouds of which one is rare; {@code units.tsv}, the clouds
 * with columns in units of very
 * different size; {@code noisy.tsv}, few rows in four clouds, a quarter of whose labels is drawn at random.
 */
public final class ExampleData {
    private static final int ROWS = 600;
    private static final double RARE = 0.03;

    private ExampleData() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        Files.createDirectories(folder);
        Rows clouds = Mistake.clouds(5, ROWS, 6, 0, 21);
        clouds.write(folder.resolve("clouds.tsv"));
        spirals(22).write(folder.resolve("spirals.tsv"));
        rare(23).write(folder.resolve("rare.tsv"));
        units(clouds).write(folder.resolve("units.tsv"));
        Mistake.clouds(4, 240, 6, 0.25, 24).write(folder.resolve("noisy.tsv"));
    }

    /** Three arms that turn by 1.2 π from the middle to the rim. */
    private static Rows spirals(long seed) {
        Random random = new Random(seed);
        List<String[]> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            int arm = random.nextInt(3);
            double radius = 0.15 + 0.85 * random.nextDouble();
            double angle = arm * 2 * Math.PI / 3 + 1.2 * Math.PI * radius + 0.18 * random.nextGaussian();
            rows.add(new String[] {
                number(radius * Math.cos(angle)), number(radius * Math.sin(angle)), String.valueOf(arm)
            });
        }
        return new Rows(List.of("x0", "x1", "label"), rows);
    }

    /** Two clouds whose centres are two standard deviations apart in each of two of six directions. */
    private static Rows rare(long seed) {
        Random random = new Random(seed);
        List<String[]> rows = new ArrayList<>();
        for (int i = 0; i < 2 * ROWS; i++) {
            boolean rare = random.nextDouble() < RARE;
            String[] row = new String[7];
            for (int c = 0; c < 6; c++) {
                row[c] = number(random.nextGaussian() + (rare && c < 2 ? 2 : 0));
            }
            row[6] = rare ? "rare" : "usual";
            rows.add(row);
        }
        return new Rows(List.of("x0", "x1", "x2", "x3", "x4", "x5", "label"), rows);
    }

    /** The same rows as somebody would write them down who measures one column in metres and the next in millimetres. */
    private static Rows units(Rows clouds) {
        double[] unit = {1, 1000, 0.01, 300, 1, 20};
        double[] from = {0, 50_000, 0, 1200, 0, 400};
        List<String[]> rows = new ArrayList<>();
        for (String[] row : clouds.rows()) {
            String[] other = row.clone();
            for (int c = 0; c < unit.length; c++) {
                other[c] = number(from[c] + unit[c] * Double.parseDouble(row[c]));
            }
            rows.add(other);
        }
        return clouds.with(rows);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < 10 ? "%.4f" : "%.1f", value);
    }
}
