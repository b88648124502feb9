package dev.auscult.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

import dev.auscult.diagnose.Diagnosis;
import dev.auscult.diagnose.Doctor;
import dev.auscult.diagnose.Finding;
import dev.auscult.diagnose.RuleBook;
import dev.auscult.diagnose.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of random columns with nothing wrong: no rule on data speaks of medium or above, and hardly any of low. */
class HealthyTablesTest {
    private static final int TABLES = 40;
    private static final int MOST_LOW = 2;

    @TempDir
    private Path folder;

    @Test
    void nothingIsWrongWithThem() throws IOException {
        List<String> low = new ArrayList<>();
        for (int i = 0; i < TABLES; i++) {
            Random random = new Random(1000 + i);
            int rows = (int) Math.round(30 * Math.pow(20_000 / 30.0, random.nextDouble()));
            Path file = folder.resolve("healthy" + i + ".csv");
            Files.writeString(file, table(random, rows, i % 3));
            Diagnosis diagnosis = new Doctor(
                            RuleBook.rules().stream()
                                    .filter(r -> r.info().code().startsWith("DAT"))
                                    .toList(),
                            Map.of())
                    .examine(TableRuns.of(file, "label"));
            assertThat(diagnosis.faults()).isEmpty();
            for (Finding finding : diagnosis.findings()) {
                String said = i + ": " + finding.rule().name() + ": " + finding.summary();
                assertThat(finding.severity().isAtLeast(Severity.MEDIUM))
                        .as(said)
                        .isFalse();
                if (finding.severity() == Severity.LOW && !isTrue(finding)) {
                    low.add(said);
                }
            }
        }
        assertThat(low).hasSizeLessThanOrEqualTo(MOST_LOW);
    }

    /** With so few rows per column, too little data is no false alarm; a lognormal column has one long tail. */
    private static boolean isTrue(Finding finding) {
        return finding.rule().name().equals("too-little-data")
                || (finding.rule().name().equals("skewed-column")
                        && finding.where().columns().stream().allMatch(c -> c.endsWith("_1")));
    }

    /** Rows of independent columns: kind 0 and 1 with classes to predict, 2 with a number. */
    private static String table(Random random, int rows, int kind) {
        int columns = 2 + random.nextInt(8);
        int[] kinds = random.ints(columns, 0, 10).toArray();
        double[] scales = random.doubles(columns, 0.5, 20).toArray();
        StringBuilder text = new StringBuilder();
        for (int c = 0; c < columns; c++) {
            text.append("c").append(c).append("_").append(kinds[c]).append(',');
        }
        text.append("label\n");
        for (int row = 0; row < rows; row++) {
            for (int c = 0; c < columns; c++) {
                text.append(cell(random, kinds[c], scales[c])).append(',');
            }
            text.append(kind == 2 ? number(random.nextGaussian()) : "class" + random.nextInt(2 + kind))
                    .append('\n');
        }
        return text.toString();
    }

    private static String cell(Random random, int kind, double scale) {
        return switch (kind) {
            case 0 -> number(scale * random.nextGaussian());
            case 1 -> number(scale * Math.exp(random.nextGaussian()));
            case 2 -> number(-scale * Math.log(1 - random.nextDouble()));
            case 3 -> number(scale * random.nextDouble());
            case 4 -> number(student(random));
            case 5 -> Integer.toString(poisson(random, scale / 3));
            case 6 -> random.nextInt(10) < 7 ? "0" : Integer.toString(1 + poisson(random, 2));
            case 7 ->
                List.of("red", "green", "blue", "grey").get((int) (4 * random.nextDouble() * random.nextDouble()));
            case 8 -> random.nextInt(10) == 0 ? "yes" : "no";
            default -> Integer.toString(1 + random.nextInt(5));
        };
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    private static double student(Random random) {
        double square = 0;
        for (int i = 0; i < 3; i++) {
            double z = random.nextGaussian();
            square += z * z;
        }
        return random.nextGaussian() / Math.sqrt(square / 3);
    }

    private static int poisson(Random random, double mean) {
        double limit = Math.exp(-mean);
        double product = random.nextDouble();
        int n = 0;
        while (product > limit) {
            product *= random.nextDouble();
            n++;
        }
        return n;
    }
}
