package dev.auscult.data.learn;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

import org.junit.jupiter.api.Assumptions;

/** Tables of numbers from the real data beside the checkout; a test that wants one is skipped where it is absent. */
final class RealTable {
    private static final Path TABLES = Path.of("../../shared/datasets/tabular");

    private final FeatureMatrix inputs;
    private final double[] target;

    private RealTable(FeatureMatrix inputs, double[] target) {
        this.inputs = inputs;
        this.target = target;
    }

    FeatureMatrix inputs() {
        return inputs;
    }

    double[] target() {
        return target;
    }

    static RealTable of(String name) {
        return switch (name) {
            case "breast_cancer" -> read("breast_cancer.csv", 1, ",");
            case "wine" -> read("wine_data.csv", 1, ",");
            case "digits" -> read("digits.csv.gz", 0, ",");
            case "diabetes" -> {
                double[][] x = lines("diabetes_data_raw.csv.gz", 0, "\\s+");
                double[][] y = lines("diabetes_target.csv.gz", 0, "\\s+");
                yield new RealTable(
                        matrix(x, x[0].length),
                        Arrays.stream(y).mapToDouble(r -> r[0]).toArray());
            }
            default -> throw new IllegalArgumentException(name);
        };
    }

    int[] labels() {
        return Arrays.stream(target).mapToInt(v -> (int) v).toArray();
    }

    int classes() {
        return (int) Arrays.stream(target).max().orElseThrow() + 1;
    }

    private static RealTable read(String file, int skip, String separator) {
        double[][] rows = lines(file, skip, separator);
        int width = rows[0].length - 1;
        return new RealTable(
                matrix(rows, width),
                Arrays.stream(rows).mapToDouble(r -> r[width]).toArray());
    }

    private static FeatureMatrix matrix(double[][] rows, int width) {
        double[][] columns = new double[width][rows.length];
        for (int i = 0; i < rows.length; i++) {
            for (int c = 0; c < width; c++) {
                columns[c][i] = rows[i][c];
            }
        }
        return new FeatureMatrix(
                IntStream.range(0, width).mapToObj(c -> "x" + c).toList(), columns, rows.length);
    }

    private static double[][] lines(String file, int skip, String separator) {
        Path path = TABLES.resolve(file);
        Assumptions.assumeTrue(Files.exists(path), path + " is absent");
        try (InputStream in = Files.newInputStream(path);
                InputStream plain = file.endsWith(".gz") ? new GZIPInputStream(in) : in;
                BufferedReader reader = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
            List<String> lines =
                    reader.lines().filter(l -> !l.isBlank()).skip(skip).toList();
            return lines.stream()
                    .map(l -> Arrays.stream(l.strip().split(separator, -1))
                            .mapToDouble(Double::parseDouble)
                            .toArray())
                    .toArray(double[][]::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
