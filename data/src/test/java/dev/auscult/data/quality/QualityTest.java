package dev.auscult.data.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

import dev.auscult.data.profile.Frame;
import dev.auscult.data.profile.FrameMaker;
import dev.auscult.data.profile.Progress;
import dev.auscult.run.Observation;
import dev.auscult.run.Observation.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each look measures of frames whose faults are known. */
class QualityTest {
    private final Random random = new Random(11);

    @ParameterizedTest
    @ValueSource(ints = {30, 100, 1000, 30_000, 300_000})
    void noTailIsAnOutlier(int n) {
        DoubleSupplier normal = random::nextGaussian;
        DoubleSupplier exponential = () -> -Math.log(1 - random.nextDouble());
        List<DoubleSupplier> kinds = List.of(
                normal,
                () -> Math.exp(random.nextGaussian()),
                exponential,
                () -> student(3),
                random::nextDouble,
                () -> poisson(0.1),
                () -> poisson(4),
                () -> random.nextInt(10) < 7 ? 0 : poisson(4));
        for (int kind = 0; kind < kinds.size(); kind++) {
            double[] values = DoubleStream.generate(kinds.get(kind)).limit(n).toArray();
            Observation o =
                    one(Kind.OUTLIERS, FrameMaker.train().numeric("x", values).make());
            assertThat(o.numbers().getOrDefault("apart", 0.0))
                    .as("kind %s, %s rows", kind, n)
                    .isZero();
            Observation special = one(
                    Kind.SPECIAL_VALUES, FrameMaker.train().numeric("x", values).make());
            assertThat(special.get("special")).as("kind %s, %s rows", kind, n).isZero();
        }
    }

    @Test
    void oneMillionAmongTens() {
        double[] values = random.doubles(1000, 0, 10).toArray();
        values[416] = 1e6;
        Observation o =
                one(Kind.OUTLIERS, FrameMaker.train().numeric("x", values).make());
        assertThat(o.get("apart")).isEqualTo(1);
        assertThat(o.examples())
                .singleElement()
                .satisfies(e -> assertThat(e.row()).isEqualTo(417));
        assertThat(o.get("stretch")).isGreaterThan(1000);
    }

    @ParameterizedTest
    @CsvSource({"-999, 0, 80", "9999, 0, 80", "-1, 0, 80", "99, 1, 60", "0, 3.7, 11", "1e30, 0, 1"})
    void sentinelsAreFound(double sentinel, double low, double high) {
        double[] values = IntStream.range(0, 2000)
                .mapToDouble(i -> Math.round(100 * (low + (high - low) * random.nextDouble())) / 100.0)
                .toArray();
        for (int i = 0; i < 12; i++) {
            values[i * 150] = sentinel;
        }
        Observation o =
                one(Kind.SPECIAL_VALUES, FrameMaker.train().numeric("x", values).make());
        assertThat(o.get("special")).isEqualTo(12);
        assertThat(o.get("value")).isEqualTo(sentinel);
        assertThat(one(Kind.OUTLIERS, FrameMaker.train().numeric("x", values).make())
                        .get("apart"))
                .as("not an outlier too")
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "Female, ' female ', true",
        "New York, new-york, true",
        "São Paulo, Sao Paulo, true",
        "St. Louis, St Louis, true",
        "A+, A-, false",
        "A, A-, false",
        "C, C#, false",
        "m, M, false",
        "1-2, 12, false",
        "-1, 1, false",
        "1.5, 15, false"
    })
    void variants(String one, String other, boolean same) {
        assertThat(VariantsLook.base(one).equals(VariantsLook.base(other))).isEqualTo(same);
    }

    @Test
    void variantsAreCounted() {
        String[] cells = new String[100];
        Arrays.fill(cells, "male");
        Arrays.fill(cells, 0, 7, "Male");
        Arrays.fill(cells, 50, 90, "female");
        Observation o = one(
                Kind.STRING_VARIANTS,
                FrameMaker.train().categories("sex", cells).make());
        assertThat(o.get("groups")).isEqualTo(1);
        assertThat(o.get("affected")).isEqualTo(7);
        assertThat(o.note("variants")).isEqualTo("'male' = 'Male'");
    }

    @Test
    void copiesAreNotNatural() {
        double[] x = random.doubles(1000).toArray();
        double[] y = random.doubles(1000).toArray();
        System.arraycopy(x, 0, x, 900, 100);
        System.arraycopy(y, 0, y, 900, 100);
        Observation o = one(
                Kind.DUPLICATES,
                FrameMaker.train().numeric("x", x).numeric("y", y).make());
        assertThat(o.get("duplicates")).isEqualTo(100);
        assertThat(o.get("natural-share")).isLessThan(0.001);
        assertThat(o.get("p-value")).isLessThan(1e-12);
    }

    @Test
    void fewValuesRepeatByNature() {
        FrameMaker maker = FrameMaker.train();
        for (int c = 0; c < 4; c++) {
            maker.numeric(
                    "c" + c,
                    IntStream.range(0, 3000).mapToDouble(i -> random.nextInt(8)).toArray());
        }
        Observation o = one(Kind.DUPLICATES, maker.make());
        assertThat(o.get("duplicates")).isGreaterThan(500);
        assertThat(o.get("natural-share")).isCloseTo(o.get("share"), within(0.1));
        assertThat(o.get("p-value")).isGreaterThan(1e-4);
    }

    @Test
    void copiesAmongRowsThatOftenNearlyAgree() {
        // Visitors of which half are one of a few kinds, which agree in all but one cell or in all, and half are not.
        int n = 4000;
        double[][] x = new double[4][n];
        for (int i = 0; i < n; i++) {
            for (int c = 0; c < 4; c++) {
                x[c][i] = i % 2 == 0 ? random.nextInt(6) : random.nextInt(1_000_000);
            }
        }
        assertThat(one(Kind.DUPLICATES, four(x)).get("rare-duplicates")).isZero();
        for (int i = 0; i < 40; i++) {
            for (int c = 0; c < 4; c++) {
                x[c][n - 1 - i] = x[c][i];
            }
        }
        Observation o = one(Kind.DUPLICATES, four(x));
        assertThat(o.get("rare-duplicates")).isEqualTo(20);
        assertThat(o.get("rare-natural")).isLessThan(3);
        assertThat(o.get("rare-p-value")).isLessThan(1e-6);
        assertThat(o.get("natural-share")).isGreaterThan(0.33 * o.get("share"));
    }

    private static Frame four(double[][] x) {
        return FrameMaker.train()
                .numeric("a", x[0])
                .numeric("b", x[1])
                .numeric("c", x[2])
                .numeric("d", x[3])
                .make();
    }

    @Test
    void columnsOfWhichHalfIsOneValueHaveNoRobustDeviation() {
        double[] counts = new double[400];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = i % 10 < 7 ? 0 : Math.floor(-3 * Math.log(1 - random.nextDouble()));
        }
        Observation o =
                one(Kind.OUTLIERS, FrameMaker.train().numeric("x", counts).make());
        assertThat(o.number("far")).isEmpty();
    }

    @Test
    void conflictsHaveTheirCost() {
        double[] x = random.doubles(100).toArray();
        String[] labels = new String[100];
        for (int i = 0; i < 100; i++) {
            labels[i] = i % 2 == 0 ? "a" : "b";
        }
        for (int i = 0; i < 10; i++) {
            x[90 + i] = x[i];
            labels[90 + i] = i % 2 == 0 ? "b" : "a";
        }
        Observation o = one(
                Kind.CONFLICTING_LABELS,
                FrameMaker.train()
                        .numeric("x", x)
                        .target("classification")
                        .categories("y", labels)
                        .make());
        assertThat(o.get("conflicting")).isEqualTo(20);
        assertThat(o.get("cost")).isCloseTo(0.1, within(1e-12));
    }

    @Test
    void sortedClassesHaveEffectOne() {
        String[] sorted = new String[150];
        Arrays.fill(sorted, 0, 50, "a");
        Arrays.fill(sorted, 50, 100, "b");
        Arrays.fill(sorted, 100, 150, "c");
        Observation o = order(sorted);
        assertThat(o.get("runs")).isEqualTo(3);
        assertThat(o.get("expected-runs")).isCloseTo(101, within(1e-9));
        assertThat(o.get("effect")).isCloseTo(1, within(1e-12));
        assertThat(o.get("p-value")).isLessThan(1e-30);
    }

    /** The variance of the number of runs is what it is in shuffled sequences. */
    @Test
    void shuffledClassesAreNoOrder() {
        int rejected = 0;
        for (int repeat = 0; repeat < 400; repeat++) {
            String[] cells = new String[60];
            for (int i = 0; i < cells.length; i++) {
                cells[i] = "k" + random.nextInt(3);
            }
            rejected += order(cells).get("p-value") < 0.05 ? 1 : 0;
        }
        assertThat(rejected).isBetween(5, 40);
    }

    @Test
    void missingByClass() {
        int n = 2000;
        double[] x = new double[n];
        String[] labels = new String[n];
        for (int i = 0; i < n; i++) {
            labels[i] = i % 2 == 0 ? "a" : "b";
            x[i] = i % 2 == 0 && i % 10 < 5 ? Double.NaN : i;
        }
        Observation o = one(
                Kind.MISSING_VALUES,
                FrameMaker.train()
                        .numeric("x", x)
                        .target("classification")
                        .categories("y", labels)
                        .make());
        assertThat(o.get("share")).isCloseTo(0.3, within(1e-12));
        assertThat(o.note("highest-class")).isEqualTo("a");
        assertThat(o.get("highest-share")).isCloseTo(0.6, within(1e-12));
        assertThat(o.get("cramers-v")).isGreaterThan(0.5);
        assertThat(o.get("p-value")).isLessThan(1e-50);
    }

    @Test
    void idsFillTheirRange() {
        double[] id = IntStream.rangeClosed(1, 500).mapToDouble(i -> i).toArray();
        double[] amount = IntStream.range(0, 500)
                .mapToDouble(i -> 37 * i + random.nextInt(37))
                .toArray();
        Frame frame =
                FrameMaker.train().numeric("id", id).numeric("amount", amount).make();
        List<Observation> found = of(Kind.ID_COLUMN, frame);
        assertThat(found.get(0).get("filled")).isEqualTo(1);
        assertThat(found.get(0).get("p-value")).isLessThan(1e-100);
        assertThat(found.get(1).get("filled")).isLessThan(0.1);
    }

    @Test
    void codesAndNamesSayTheSame() {
        String[] words = new String[300];
        double[] codes = new double[300];
        for (int i = 0; i < 300; i++) {
            int k = random.nextInt(3);
            words[i] = List.of("first", "second", "third").get(k);
            codes[i] = k + 1;
        }
        Frame frame = FrameMaker.train()
                .numeric("pclass", codes)
                .categories("class", words)
                .make();
        assertThat(of(Kind.CORRELATED_COLUMNS, frame).get(0).get("effect")).isCloseTo(1, within(1e-9));
    }

    @Test
    void rareValueThatTellsTheClass() {
        int n = 2000;
        String[] flag = new String[n];
        String[] labels = new String[n];
        for (int i = 0; i < n; i++) {
            flag[i] = i % 200 == 0 ? "yes" : "no";
            labels[i] = i % 200 == 0 || i % 10 == 5 ? "b" : "a";
        }
        Observation o = one(
                Kind.NEAR_CONSTANT,
                FrameMaker.train()
                        .categories("flag", flag)
                        .target("classification")
                        .categories("y", labels)
                        .make());
        assertThat(o.get("share")).isCloseTo(0.995, within(1e-12));
        assertThat(o.get("target-p-value")).isLessThan(1e-6);
    }

    @Test
    void rowUnlikeAllOthers() {
        int n = 600;
        double[][] columns = new double[3][n];
        for (int i = 0; i < n; i++) {
            double size = random.nextGaussian();
            for (int c = 0; c < 3; c++) {
                columns[c][i] = size + 0.05 * random.nextGaussian();
            }
        }
        assertThat(rows(columns).get("p-value")).isGreaterThan(1e-4);
        columns[0][123] = 2;
        columns[1][123] = -2;
        columns[2][123] = 0;
        Observation o = rows(columns);
        assertThat(o.get("apart")).isEqualTo(1);
        assertThat(o.get("ratio")).isGreaterThan(2);
        assertThat(o.examples().get(0).row()).isEqualTo(124);
    }

    private static Observation rows(double[][] columns) {
        return one(
                Kind.ROW_OUTLIERS,
                FrameMaker.train()
                        .numeric("a", columns[0])
                        .numeric("b", columns[1])
                        .numeric("c", columns[2])
                        .make());
    }

    private static Observation order(String[] labels) {
        return one(
                Kind.ROW_ORDER,
                FrameMaker.train()
                        .target("classification")
                        .categories("y", labels)
                        .make());
    }

    private static Observation one(Kind kind, Frame frame) {
        return of(kind, frame).get(0);
    }

    private static List<Observation> of(Kind kind, Frame frame) {
        return Quality.observe(frame, Progress.SILENT).stream()
                .filter(o -> o.kind() == kind)
                .toList();
    }

    private double poisson(double mean) {
        double limit = Math.exp(-mean);
        double product = random.nextDouble();
        int n = 0;
        while (product > limit) {
            product *= random.nextDouble();
            n++;
        }
        return n;
    }

    private double student(int freedom) {
        double square = 0;
        for (int i = 0; i < freedom; i++) {
            double z = random.nextGaussian();
            square += z * z;
        }
        return random.nextGaussian() / Math.sqrt(square / freedom);
    }
}
