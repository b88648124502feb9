package dev.auscult.data.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Summaries of parts, merged, are the summary of the whole. */
class TableSummaryTest {
    private static final List<String> NAMES = List.of("number", "far", "word", "mixed");

    private static List<String[]> rows(Random random, int count) {
        List<String[]> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String number = random.nextInt(9) == 0 ? "" : String.valueOf(Math.exp(3 * random.nextGaussian()));
            String mixed =
                    random.nextInt(3) == 0 ? "2024-01-1" + random.nextInt(9) : String.valueOf(random.nextInt(40));
            rows.add(new String[] {
                number,
                String.valueOf(1e6 + random.nextGaussian()),
                "w" + random.nextInt(20_000),
                random.nextInt(50) == 0 ? "NA" : mixed
            });
        }
        return rows;
    }

    private static TableSummary of(List<String[]> rows, int from, int to) {
        TableSummary summary = new TableSummary(NAMES, true, 11, 500);
        SummarySink sink = new SummarySink(summary, from, row -> {});
        for (String[] row : rows.subList(from, to)) {
            for (int i = 0; i < row.length; i++) {
                sink.text(i, row[i].toCharArray(), 0, row[i].length());
            }
            sink.end(0);
        }
        return summary;
    }

    private static void assertSame(TableSummary a, TableSummary b) {
        assertThat(b.rows()).isEqualTo(a.rows());
        assertThat(b.duplicates()).isEqualTo(a.duplicates());
        for (int i = 0; i < NAMES.size(); i++) {
            ColumnTally x = a.column(i);
            ColumnTally y = b.column(i);
            assertThat(new long[] {y.empty, y.marked, y.numbers, y.zeros, y.dates, y.words, y.characters, y.blanks})
                    .containsExactly(x.empty, x.marked, x.numbers, x.zeros, x.dates, x.words, x.characters, x.blanks);
            assertThat(y.markers).isEqualTo(x.markers);
            assertThat(y.differentWords.distinct()).isEqualTo(x.differentWords.distinct());
            assertThat(y.differentNumbers.distinct()).isEqualTo(x.differentNumbers.distinct());
            assertThat(y.differentWords.total()).isEqualTo(x.differentWords.total());
            if (x.moments().count() > 0) {
                assertThat(y.moments().min()).isEqualTo(x.moments().min());
                assertThat(y.moments().max()).isEqualTo(x.moments().max());
                assertThat(y.moments().mean()).isCloseTo(x.moments().mean(), within(1e-9));
                assertThat(y.moments().deviation())
                        .isCloseTo(
                                x.moments().deviation(),
                                within(1e-9 * x.moments().deviation()));
                assertThat(y.moments().skewness()).isCloseTo(x.moments().skewness(), within(1e-9 + 4 * Math.ulp(1e6)));
            }
        }
        RowSample.Sampled left = a.sample().sampled();
        RowSample.Sampled right = b.sample().sampled();
        assertThat(right.size()).isEqualTo(left.size());
        for (int row = 0; row < left.size(); row++) {
            assertThat(right.place(row)).isEqualTo(left.place(row));
            assertThat(right.row(row)).isEqualTo(left.row(row));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void partsMergedAreTheWhole(long seed) {
        Random random = new Random(seed);
        List<String[]> rows = rows(random, 30_000);
        TableSummary whole = of(rows, 0, rows.size());
        int one = random.nextInt(rows.size());
        int two = one + random.nextInt(rows.size() - one);
        TableSummary merged = of(rows, 0, one);
        merged.merge(of(rows, one, two));
        merged.merge(TableSummary.fromBytes(of(rows, two, rows.size()).toBytes()));
        assertSame(whole, merged);
    }

    @Test
    void bytesAreTheSummary() {
        TableSummary summary = of(rows(new Random(3), 5000), 0, 5000);
        byte[] bytes = summary.toBytes();
        TableSummary back = TableSummary.fromBytes(bytes);
        assertSame(summary, back);
        assertThat(back.names()).isEqualTo(NAMES);
    }

    @Test
    void differentValuesAreCountedOrEstimatedWithinTheirError() {
        for (int many : new int[] {1, 50, 4000, 20_000, 300_000}) {
            HashSample sample = new HashSample(4096, HashSample.Content.NUMBERS);
            Random random = new Random(many);
            Set<Double> seen = new HashSet<>();
            for (int i = 0; i < 2 * many; i++) {
                double value = random.nextInt(many);
                seen.add(value);
                sample.add(value, HashSample.hash(value));
            }
            if (many <= 4096) {
                assertThat(sample.distinct()).isEqualTo(seen.size());
                assertThat(sample.total()).isEqualTo(2L * many);
            } else {
                assertThat(sample.distinct()).isCloseTo(seen.size(), within(4 * sample.error() * seen.size()));
            }
        }
    }
}
