package dev.auscult.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.auscult.diagnose.Diagnosis;
import dev.auscult.diagnose.Doctor;
import dev.auscult.diagnose.Finding;
import dev.auscult.diagnose.Rule;
import dev.auscult.diagnose.RuleBook;
import dev.auscult.diagnose.RulePage;
import dev.auscult.intake.Intake;
import dev.auscult.intake.ReadOptions;
import dev.auscult.run.Run;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same run gets the same verdict of every rule, whatever program wrote it: the curves of the page cases that make a
 * table of one row per epoch are written as a Keras CSV log, as a Keras history and as JSON lines.
 */
class FormatInvarianceTest {
    private static final Pattern CASE = Pattern.compile("### \\w+: ([^\\n]+)\\n+```run\\n(.*?)```", Pattern.DOTALL);

    /** Words of the case language that need more than a table of numbers per epoch. */
    private static final Set<String> PLAIN = Set.of("values", "geometric", "linear", "noise", "epochs");

    /** What Keras calls the curves of a case. */
    private static final Map<String, String> KERAS = Map.of(
            "train/loss", "loss",
            "validation/loss", "val_loss",
            "train/accuracy", "accuracy",
            "validation/accuracy", "val_accuracy",
            "validation/auc", "val_auc",
            "learning_rate", "learning_rate");

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> sameVerdictsInEveryFormat() {
        return tables().entrySet().stream()
                .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> check(e.getKey(), e.getValue())));
    }

    @Test
    void enoughCasesMakeATable() {
        assertThat(tables()).hasSizeGreaterThan(60);
    }

    private void check(String title, Map<String, double[]> table) throws IOException {
        String name = Integer.toHexString(title.hashCode());
        List<String> csv = verdicts(name + "/training.csv", csv(table));
        assertThat(verdicts(name + "/history.json", history(table)))
                .as("history against CSV")
                .isEqualTo(csv);
        assertThat(verdicts(name + "/log.jsonl", jsonLines(table)))
                .as("JSON lines against CSV")
                .isEqualTo(csv);
    }

    /** Verdicts of all rules; what they say of the log itself stays out, since formats differ in what they tell. */
    private List<String> verdicts(String file, String text) throws IOException {
        Path path = folder.resolve(file.replace('/', '-')).resolve(file.substring(file.indexOf('/') + 1));
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        List<Intake.Found> found = new Intake(ReadOptions.DEFAULT).read(List.of(path));
        assertThat(found).as(text).hasSize(1);
        assertThat(found.get(0).refusal()).as(text).isEmpty();
        Run run = found.get(0).run();
        Diagnosis diagnosis = new Doctor(RuleBook.rules(), Map.of()).examine(run);
        return Stream.concat(
                        diagnosis.findings().stream()
                                .filter(f -> !f.rule().code().startsWith("LOG"))
                                .map(FormatInvarianceTest::said),
                        diagnosis.unable().stream().map(u -> u.rule().code() + " cannot tell"))
                .sorted()
                .toList();
    }

    private static String said(Finding finding) {
        return finding.rule().code() + " " + finding.severity().label() + " "
                + finding.where().series();
    }

    /** The cases whose curves share their epochs and have names that Keras knows, by rule and title. */
    private static Map<String, Map<String, double[]>> tables() {
        Map<String, Map<String, double[]>> tables = new TreeMap<>();
        for (Rule rule : RuleBook.rules()) {
            Matcher matcher = CASE.matcher(RulePage.of(rule.info()).section("Cases"));
            while (matcher.find()) {
                Map<String, double[]> table = table(matcher.group(2));
                if (!table.isEmpty()) {
                    tables.put(rule.info().name() + ": " + matcher.group(1), table);
                }
            }
        }
        return tables;
    }

    private static Map<String, double[]> table(String text) {
        Map<String, double[]> table = new LinkedHashMap<>();
        for (String line : text.lines().toList()) {
            String[] words = line.strip().split("[: ]+", -1);
            boolean plain = KERAS.containsKey(words[0])
                    && Arrays.stream(words).skip(1).allMatch(w -> PLAIN.contains(w) || w.matches("[-0-9.e]+(@\\d+)?"));
            double[] values = plain ? values(words) : new double[0];
            if (values.length < 2) {
                return Map.of();
            }
            table.put(KERAS.get(words[0]), values);
        }
        boolean sameLength =
                table.values().stream().mapToInt(v -> v.length).distinct().count() == 1;
        // A history is recognised by its loss.
        return sameLength && table.containsKey("loss") ? table : Map.of();
    }

    /** A curve of the case language by its corners; the noise is this test's own, and the same for every format. */
    private static double[] values(String[] words) {
        List<String> rest = Arrays.asList(words);
        if (rest.contains("values")) {
            return rest.stream().skip(2).mapToDouble(Double::parseDouble).toArray();
        }
        boolean geometric = rest.contains("geometric");
        int at = rest.indexOf("noise");
        double noise = at < 0 ? 0 : Double.parseDouble(words[at + 1]);
        List<String[]> corners = rest.stream()
                .filter(w -> w.contains("@"))
                .map(w -> w.split("@", -1))
                .toList();
        if (corners.isEmpty() || !corners.get(0)[1].equals("0")) {
            return new double[0];
        }
        SplittableRandom random = new SplittableRandom(words[0].hashCode());
        List<Double> values = new ArrayList<>();
        for (int c = 0; c + 1 < corners.size(); c++) {
            double a = Double.parseDouble(corners.get(c)[0]);
            double b = Double.parseDouble(corners.get(c + 1)[0]);
            int from = Integer.parseInt(corners.get(c)[1]);
            int to = Integer.parseInt(corners.get(c + 1)[1]);
            boolean last = c + 2 == corners.size();
            for (int i = from; i < to || (last && i == to); i++) {
                double share = (i - from) / (double) (to - from);
                double clean = geometric ? a * Math.pow(b / a, share) : a + share * (b - a);
                values.add(clean * (1 + noise * random.nextGaussian()));
            }
        }
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static int rows(Map<String, double[]> table) {
        return table.values().iterator().next().length;
    }

    private static String csv(Map<String, double[]> table) {
        StringBuilder text = new StringBuilder("epoch," + String.join(",", table.keySet()) + "\n");
        for (int i = 0; i < rows(table); i++) {
            int row = i;
            text.append(i).append(',');
            text.append(table.values().stream().map(v -> number(v[row])).collect(Collectors.joining(",")));
            text.append('\n');
        }
        return text.toString();
    }

    private static String history(Map<String, double[]> table) {
        return table.entrySet().stream()
                .map(e -> quoted(e.getKey())
                        + Arrays.stream(e.getValue())
                                .mapToObj(FormatInvarianceTest::number)
                                .collect(Collectors.joining(", ", ": [", "]")))
                .collect(Collectors.joining(", ", "{", "}\n"));
    }

    private static String jsonLines(Map<String, double[]> table) {
        return IntStream.range(0, rows(table))
                .mapToObj(i -> table.entrySet().stream()
                        .map(e -> ", " + quoted(e.getKey()) + ": " + number(e.getValue()[i]))
                        .collect(Collectors.joining("", "{\"epoch\": " + i, "}\n")))
                .collect(Collectors.joining());
    }

    private static String quoted(String name) {
        return '"' + name + '"';
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.6g", value);
    }
}
