package dev.auscult.data.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import dev.auscult.data.profile.Frame;
import dev.auscult.data.profile.FrameMaker;
import dev.auscult.data.profile.Progress;
import dev.auscult.run.ColumnProfile.Role;
import dev.auscult.run.Observation;
import dev.auscult.run.Observation.Kind;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private final SplittableRandom random = new SplittableRandom(7);

    @Test
    void equalRowsAreCountedWithTheirPartners() {
        double[][] train = table(300, 4);
        double[][] test = table(100, 4);
        for (int c = 0; c < 4; c++) {
            System.arraycopy(train[c], 20, test[c], 90, 10);
        }
        Observation exact = leaked(numbers(true, train), numbers(false, test), "exact");
        assertThat(exact.get("matching")).isEqualTo(10);
        assertThat(exact.get("share")).isCloseTo(0.1, within(1e-12));
        assertThat(exact.get("expected-share")).isZero();
        assertThat(exact.get("telling")).isEqualTo(10);
        // Each of ten pairs is divided with the chance 2 · 300 · 100 / (400 · 399); Chernoff's bound of all ten is its
        // power.
        assertThat(exact.get("p-value")).isCloseTo(Math.pow(60_000.0 / 159_600, 10), within(1e-9));
        assertThat(exact.examples().get(0).row()).isEqualTo(91);
        assertThat(exact.examples().get(0).value()).isEqualTo("train row 21");
    }

    @Test
    void roundedRowsAreNear() {
        double[][] train = table(300, 4);
        double[][] test = table(100, 4);
        for (int c = 0; c < 4; c++) {
            for (int i = 0; i < 10; i++) {
                test[c][i] = Math.rint(train[c][i] * 200) / 200;
            }
        }
        Frame a = numbers(true, train);
        Frame b = numbers(false, test);
        assertThat(leaked(a, b, "exact").get("matching")).isZero();
        assertThat(leaked(a, b, "near").get("matching")).isEqualTo(10);
        assertThat(leaked(a, b, "near").get("telling")).isEqualTo(10);
    }

    @Test
    void rowsOfFewValuesMeetByChance() {
        Frame a = FrameMaker.train()
                .categories("u", words(500, 6))
                .categories("v", words(500, 5))
                .make();
        Frame b = FrameMaker.test()
                .categories("u", words(200, 6))
                .categories("v", words(200, 5))
                .make();
        Observation exact = leaked(a, b, "exact");
        assertThat(exact.get("share")).isEqualTo(1);
        assertThat(exact.get("expected-share")).isGreaterThan(0.99);
        assertThat(exact.get("telling")).isZero();
        assertThat(exact.get("p-value")).isGreaterThan(0.01);
    }

    @Test
    void anOrderOfRowsChangesNothing() {
        double[][] train = table(200, 3);
        double[][] test = table(80, 3);
        List<Observation> one = Comparison.observe(numbers(true, train), numbers(false, test), 1, Progress.SILENT);
        for (double[] column : train) {
            for (int i = 0; i < 100; i++) {
                double kept = column[i];
                column[i] = column[199 - i];
                column[199 - i] = kept;
            }
        }
        List<Observation> two = Comparison.observe(numbers(true, train), numbers(false, test), 1, Progress.SILENT);
        for (Kind kind : List.of(Kind.COLUMN_SHIFT, Kind.LEAKED_ROWS, Kind.SCALED_APART)) {
            assertThat(two.stream()
                            .filter(o -> o.kind() == kind)
                            .map(Observation::numbers)
                            .toList())
                    .isEqualTo(one.stream()
                            .filter(o -> o.kind() == kind)
                            .map(Observation::numbers)
                            .toList());
        }
    }

    @Test
    void aShiftHasItsSize() {
        double[][] train = table(10_000, 2);
        double[][] test = table(10_000, 2);
        for (int i = 0; i < 10_000; i++) {
            test[1][i] += 0.3;
        }
        List<Observation> shifts = of(
                Comparison.observe(numbers(true, train), numbers(false, test), 1, Progress.SILENT), Kind.COLUMN_SHIFT);
        assertThat(shifts).hasSize(2);
        Observation worst = shifts.get(0);
        assertThat(worst.columns()).containsExactly("x1");
        // 2Φ(0.15) − 1
        assertThat(worst.get("effect")).isCloseTo(0.119, within(0.03));
        assertThat(worst.get("mean-difference")).isCloseTo(0.3, within(0.06));
        assertThat(worst.get("wasserstein")).isCloseTo(0.3, within(0.06));
        assertThat(worst.get("p-value")).isLessThan(1e-30);
        assertThat(shifts.get(1).get("p-value")).isGreaterThan(1e-4);
    }

    @Test
    void missingCellsAreComparedToo() {
        double[] train = table(1000, 1)[0];
        double[] test = table(500, 1)[0];
        Arrays.fill(test, 0, 100, Double.NaN);
        Observation gaps = of(
                        Comparison.observe(numbers(true, train), numbers(false, test), 1, Progress.SILENT),
                        Kind.COLUMN_SHIFT)
                .stream()
                .filter(o -> o.note("what").equals("missing"))
                .findFirst()
                .orElseThrow();
        assertThat(gaps.get("effect")).isCloseTo(0.2, within(1e-12));
        assertThat(gaps.get("p-value")).isLessThan(1e-20);
    }

    @Test
    void treesSeeWhatNoColumnShows() {
        // The same margins; the sign of the product tells the parts apart.
        double[][] train = table(2000, 2);
        double[][] test = table(2000, 2);
        for (int i = 0; i < 2000; i++) {
            train[1][i] = Math.copySign(train[1][i], train[0][i]);
            test[1][i] = -Math.copySign(test[1][i], test[0][i]);
        }
        List<Observation> all = Comparison.observe(numbers(true, train), numbers(false, test), 1, Progress.SILENT);
        assertThat(of(all, Kind.COLUMN_SHIFT)).allMatch(o -> o.get("p-value") > 1e-4);
        Observation together = of(all, Kind.DOMAIN_SHIFT).get(0);
        assertThat(together.get("auc")).isGreaterThan(0.95);
        assertThat(together.get("p-value")).isLessThan(1e-50);
        assertThat(together.columns()).containsExactlyInAnyOrder("x0", "x1");
    }

    @Test
    void treesSeeNothingWhereNothingIs() {
        int below = 0;
        for (int i = 0; i < 40; i++) {
            Observation together = of(
                            Comparison.observe(
                                    numbers(true, table(150, 3)), numbers(false, table(150, 3)), i, Progress.SILENT),
                            Kind.DOMAIN_SHIFT)
                    .get(0);
            below += together.get("p-value") < 0.05 ? 1 : 0;
        }
        assertThat(below).isLessThanOrEqualTo(6);
    }

    @Test
    void treesAreNotToldThePartsByTheNumbersOfCategories() {
        // Nearly every row has a word of its own: those of the second part are new, which says nothing.
        Frame a = FrameMaker.train().categories("name", words(400, 5000)).make();
        Frame b = FrameMaker.test().categories("name", words(200, 5000)).make();
        Observation together = of(Comparison.observe(a, b, 1, Progress.SILENT), Kind.DOMAIN_SHIFT)
                .get(0);
        assertThat(together.get("p-value")).isGreaterThan(1e-3);
    }

    @Test
    void newCategoriesAreCountedByRows() {
        String[] test = words(100, 3);
        Arrays.fill(test, 0, 12, "new");
        Frame a = FrameMaker.train().categories("c", words(400, 3)).make();
        Frame b = FrameMaker.test().categories("c", test).make();
        Observation seen = of(Comparison.observe(a, b, 1, Progress.SILENT), Kind.NEW_CATEGORIES)
                .get(0);
        assertThat(seen.get("new")).isEqualTo(1);
        assertThat(seen.get("new-rows")).isEqualTo(12);
        assertThat(seen.get("share")).isCloseTo(0.12, within(1e-12));
        // All twelve in a fifth of the rows: about 0.2¹².
        assertThat(seen.get("p-value")).isLessThan(1e-7);
        assertThat(seen.note("category")).isEqualTo("new");
        assertThat(seen.examples().get(0).row()).isEqualTo(1);
    }

    @Test
    void oneRareCategoryIsChance() {
        String[] test = words(100, 3);
        test[5] = "rare";
        Frame a = FrameMaker.train().categories("c", words(400, 3)).make();
        Frame b = FrameMaker.test().categories("c", test).make();
        Observation seen = of(Comparison.observe(a, b, 1, Progress.SILENT), Kind.NEW_CATEGORIES)
                .get(0);
        assertThat(seen.get("new-rows")).isEqualTo(1);
        assertThat(seen.get("p-value")).isGreaterThan(0.05);
    }

    @Test
    void partsScaledEachByItselfAreFound() {
        double[][] train = table(300, 3);
        double[][] test = table(100, 3);
        for (int c = 0; c < 3; c++) {
            scale(train[c]);
            scale(test[c]);
        }
        Observation apart = of(
                        Comparison.observe(numbers(true, train), numbers(false, test), 1, Progress.SILENT),
                        Kind.SCALED_APART)
                .get(0);
        assertThat(apart.get("apart")).isEqualTo(3);
        assertThat(apart.get("p-value")).isLessThan(1e-12);
        assertThat(apart.note("scaling")).isEqualTo("standard");
    }

    @Test
    void roundedValuesScaledApartAreFoundAndOneScalerIsNot() {
        double[][] train = table(300, 3);
        double[][] test = table(100, 3);
        for (int c = 0; c < 3; c++) {
            scale(train[c]);
            for (int i = 0; i < 300; i++) {
                train[c][i] = Math.rint(train[c][i] * 10_000) / 10_000;
            }
        }
        Frame a = numbers(true, train);
        assertThat(of(Comparison.observe(a, numbers(false, test), 1, Progress.SILENT), Kind.SCALED_APART)
                        .get(0)
                        .get("apart"))
                .isZero();
        for (double[] column : test) {
            scale(column);
            for (int i = 0; i < 100; i++) {
                column[i] = Math.rint(column[i] * 10_000) / 10_000;
            }
        }
        assertThat(of(Comparison.observe(a, numbers(false, test), 1, Progress.SILENT), Kind.SCALED_APART)
                        .get(0)
                        .get("apart"))
                .isEqualTo(3);
    }

    @Test
    void groupsAndTimesOfTheSettingsAreCompared() {
        Frame a = FrameMaker.train()
                .role(Role.GROUP)
                .numeric("patient", 1, 1, 2, 2, 3, 3)
                .role(Role.TIME)
                .numeric("day", 1, 2, 3, 4, 5, 6)
                .make();
        Frame b = FrameMaker.test()
                .role(Role.GROUP)
                .numeric("patient", 3, 4, 4, 5)
                .role(Role.TIME)
                .numeric("day", 5, 6, 7, 8)
                .make();
        List<Observation> all = Comparison.observe(a, b, 1, Progress.SILENT);
        Observation groups = of(all, Kind.SHARED_GROUPS).get(0);
        assertThat(groups.get("shared-groups")).isEqualTo(1);
        assertThat(groups.get("share")).isEqualTo(0.25);
        assertThat(groups.get("groups")).isEqualTo(5);
        Observation time = of(all, Kind.TIME_ORDER).get(0);
        assertThat(time.get("early")).isEqualTo(1);
        // Of 24 pairs, 4.5 + 5.5 + 6 + 6 are in order.
        assertThat(time.get("later")).isCloseTo(22.0 / 24, within(1e-12));
    }

    @Test
    void namesTellSourcesFromWords() {
        assertThat(List.of("id", "user_id", "PatientId", "customer", "userid", "session-key"))
                .allMatch(SharedGroups::soundsLikeSource);
        assertThat(List.of("acid", "width", "hide", "age", "keyboard", "paid"))
                .noneMatch(SharedGroups::soundsLikeSource);
    }

    private static Observation leaked(Frame a, Frame b, String how) {
        return of(Comparison.observe(a, b, 1, Progress.SILENT), Kind.LEAKED_ROWS).stream()
                .filter(o -> o.note("how").equals(how))
                .findFirst()
                .orElseThrow();
    }

    private static List<Observation> of(List<Observation> all, Kind kind) {
        return all.stream().filter(o -> o.kind() == kind).toList();
    }

    private double[][] table(int rows, int columns) {
        double[][] table = new double[columns][rows];
        for (double[] column : table) {
            Arrays.setAll(column, i -> random.nextGaussian());
        }
        return table;
    }

    private String[] words(int rows, int kinds) {
        return IntStream.range(0, rows)
                .mapToObj(i -> "w" + random.nextInt(kinds))
                .toArray(String[]::new);
    }

    private static Frame numbers(boolean train, double[]... columns) {
        FrameMaker maker = train ? FrameMaker.train() : FrameMaker.test();
        for (int c = 0; c < columns.length; c++) {
            maker.numeric("x" + c, columns[c]);
        }
        return maker.make();
    }

    private static void scale(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        double deviation = Math.sqrt(squares / values.length);
        Arrays.setAll(values, i -> (values[i] - mean) / deviation);
    }
}
