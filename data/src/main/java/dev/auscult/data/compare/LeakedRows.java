package dev.auscult.data.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.auscult.data.profile.Frame;
import dev.auscult.run.ColumnProfile.Role;
import dev.auscult.run.Observation;
import dev.auscult.run.Observation.Example;
import dev.auscult.run.Observation.Kind;

/**
 * Looks for rows of one part that the training part holds too.
 *
 * <p>In a table of few different values rows meet by chance. Two things tell that from a leak. Were all rows dealt out at
 * random, a group of s equal rows would be divided with probability 1 − (C(n, s) + C(m, s)) / C(n + m, s): more divided
 * groups than that are no chance. And a row is telling whose cells, were the columns independent, would meet their like in
 * the whole training part less than once in 10,000 times.
 */
final class LeakedRows {
    /** Expected number of rows like it by chance, below which a row is telling. */
    private static final double TELLING = 1e-4;

    private static final int MOST_EXAMPLES = 10;
    private static final int LOOKS = 2;

    private final Frame train;
    private final Frame other;
    private final PooledRows rows;
    /** For each row of both parts, a row of the training part that is like it; −1 if there is none. */
    private final int[] partner;

    LeakedRows(Frame train, Frame other, List<ColumnPair> pairs) {
        this.train = train;
        this.other = other;
        List<ColumnPair> cells = pairs.stream()
                .filter(p -> (p.role() == Role.INPUT || p.role() == Role.TARGET) && !p.namesRows())
                .toList();
        this.rows = new PooledRows(cells, train.rows(), other.rows());
        this.partner = new int[rows.rows()];
        Arrays.fill(partner, -1);
    }

    /** Rows that are equal, and rows that are equal up to rounding. */
    List<Observation> observe() {
        if (rows.columns() == 0 || train.rows() == 0 || other.rows() == 0) {
            return List.of();
        }
        List<Observation> all = new ArrayList<>();
        all.add(exact());
        if (hasNumbers()) {
            all.add(near());
        }
        return all;
    }

    private boolean hasNumbers() {
        for (int c = 0; c < rows.columns(); c++) {
            if (rows.isNumeric(c)) {
                return true;
            }
        }
        return false;
    }

    private Observation exact() {
        EqualRows equal = new EqualRows(rows, partner);
        return observation("exact", new double[rows.columns()], equal.pValue());
    }

    private Observation near() {
        boolean[] known = new boolean[partner.length];
        for (int row = 0; row < partner.length; row++) {
            known[row] = partner[row] >= 0;
        }
        Arrays.fill(partner, -1);
        NearRows near = new NearRows(rows, known, partner);
        return observation("near", near.tolerance(), Double.NaN);
    }

    private Observation observation(String how, double[] tolerance, double pValue) {
        int n = rows.train();
        int m = rows.rows() - n;
        long matched = 0;
        long telling = 0;
        long repeated = 0;
        long tellingRepeated = 0;
        List<Example> examples = new ArrayList<>();
        List<Example> common = new ArrayList<>();
        for (int row = 0; row < partner.length; row++) {
            if (partner[row] < 0) {
                continue;
            }
            boolean tells = rows.chance(row, tolerance) <= TELLING;
            if (rows.isTrain(row)) {
                repeated++;
                tellingRepeated += tells ? 1 : 0;
            } else {
                matched++;
                telling += tells ? 1 : 0;
                List<Example> list = tells ? examples : common;
                if (list.size() < MOST_EXAMPLES) {
                    list.add(new Example(
                            other.rowNumber(row - n), "", "train row " + train.rowNumber(partner[row]), tells ? 1 : 0));
                }
            }
        }
        examples.addAll(common.subList(0, Math.min(common.size(), MOST_EXAMPLES - examples.size())));
        double p = pValue;
        if (Double.isNaN(p)) {
            // Pairs that are close: the chance that one lies across is that of two rows drawn at random.
            double across = m / (m + (n - 1) / 2.0);
            p = Tails.atLeast((double) telling, new double[] {across}, new double[] {telling + tellingRepeated / 2.0});
        }
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("train-rows", (double) n);
        numbers.put("rows", (double) m);
        numbers.put("matching", (double) matched);
        numbers.put("share", (double) matched / m);
        numbers.put("expected-share", (double) repeated / n);
        numbers.put("telling", (double) telling);
        numbers.put("telling-share", (double) telling / m);
        numbers.put("telling-train-share", (double) tellingRepeated / n);
        numbers.put("p-value", p);
        numbers.put("tests", (double) LOOKS);
        return new Observation(Kind.LEAKED_ROWS, other.split(), List.of(), numbers, Map.of("how", how), examples);
    }
}
