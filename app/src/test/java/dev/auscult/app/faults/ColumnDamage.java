package dev.auscult.app.faults;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.auscult.app.faults.Fault.Damaged;

/** Columns that are added, or changed as a whole. */
final class ColumnDamage {
    static final String ADDED = "added";

    private ColumnDamage() {}

    /** Columns of one value. */
    static Damaged<Tables> constant(Tables sample, double columns, Random random) {
        Tables damaged = sample;
        for (int c = 0; c < columns; c++) {
            String word = random.nextBoolean() ? "7" : "v2";
            String name = ADDED + c;
            damaged = damaged.train(sheet -> sheet.with(name, r -> word));
        }
        return new Damaged<>(damaged, Set.of(ADDED + 0));
    }

    /** A column of one value, but for a few rows. */
    static Damaged<Tables> nearConstant(Tables sample, double percent, Random random) {
        int[] others = Chance.some(sample.train().size(), 1 - percent / 100, random);
        return added(sample.train(sheet -> sheet.with(ADDED, r -> "0").change(ADDED, others, c -> "1")));
    }

    /** A number that names the row: drawn from nine digits (1), running (2), or a UUID (3). */
    static Damaged<Tables> id(Tables sample, double kind, Random random) {
        int[] order = Chance.order(sample.train().size(), random);
        return added(sample.train(sheet -> sheet.with(ADDED, r -> switch ((int) kind) {
            case 1 -> Integer.toString(100_000_000 + order[r] * 70_001 + random.nextInt(70_000));
            case 2 -> Integer.toString(r + 1);
            default -> new UUID(random.nextLong(), random.nextLong()).toString();
        })));
    }

    /** The day of each row: as a day (1), with its time (2), as it is written in Germany (3). */
    static Damaged<Tables> date(Tables sample, double kind, Random random) {
        return added(sample.train(sheet -> sheet.with(ADDED, r -> {
            LocalDate day = LocalDate.of(2021, 1, 1).plusDays(random.nextInt(900));
            return switch ((int) kind) {
                case 1 -> day.toString();
                case 2 -> String.format(Locale.ROOT, "%s %02d:%02d:00", day, random.nextInt(24), random.nextInt(60));
                default ->
                    String.format(Locale.ROOT, "%02d.%02d.%d", day.getDayOfMonth(), day.getMonthValue(), day.getYear());
            };
        })));
    }

    /** A category of so many different words in a hundred rows. */
    static Damaged<Tables> manyWords(Tables sample, double percent, Random random) {
        int words = (int) Math.round(sample.train().size() * percent / 100);
        String[] dictionary = IntStream.range(0, words)
                .mapToObj(i -> syllable(random) + syllable(random) + syllable(random) + Integer.toString(i, 36))
                .toArray(String[]::new);
        return added(sample.train(sheet -> sheet.with(ADDED, r -> dictionary[random.nextInt(words)])));
    }

    private static String syllable(Random random) {
        return "" + "bdfgklmnprst".charAt(random.nextInt(12)) + "aeiou".charAt(random.nextInt(5));
    }

    /** The column of numbers with the same order of its rows, but distributed log-normally. */
    static Damaged<Tables> skewed(Tables sample, double sigma, Random random) {
        String name = sample.columns().number();
        Sheet train = sample.train();
        int[] filled = train.filled(name);
        double[] tie = IntStream.range(0, train.size())
                .mapToDouble(r -> random.nextDouble())
                .toArray();
        int[] ranked = Arrays.stream(filled)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(r -> train.number(r, name))
                        .thenComparingDouble(r -> tie[r]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] drawn = IntStream.range(0, filled.length)
                .mapToDouble(i -> random.nextGaussian())
                .sorted()
                .toArray();
        String[] cells = new String[train.size()];
        Arrays.fill(cells, "");
        for (int i = 0; i < ranked.length; i++) {
            cells[ranked[i]] = CellDamage.text(Math.exp(sigma * drawn[i]));
        }
        return new Damaged<>(sample.train(sheet -> sheet.with(name, r -> cells[r])), Set.of(name));
    }

    /** The column of numbers in a unit that is a power of ten smaller. */
    static Damaged<Tables> scaled(Tables sample, double exponent, Random random) {
        String name = sample.columns().number();
        double factor = Math.pow(10, exponent);
        int[] filled = sample.train().filled(name);
        return new Damaged<>(
                sample.train(sheet ->
                        sheet.change(name, filled, cell -> CellDamage.text(factor * Double.parseDouble(cell)))),
                Set.of(name));
    }

    /** The column of numbers once more, in another unit and with noise in percent of its standard deviation. */
    static Damaged<Tables> copied(Tables sample, double percent, Random random) {
        String name = sample.columns().number();
        double noise = percent / 100 * deviation(sample.train(), name);
        return added(sample.train(sheet -> sheet.with(
                ADDED, r -> CellDamage.text(32 + 1.8 * (sheet.number(r, name) + noise * random.nextGaussian())))));
    }

    /** The target as a number, with noise in standard deviations of it (or of the step between two classes). */
    static Damaged<Tables> leak(Tables sample, double noise, Random random) {
        String target = sample.columns().target();
        Sheet train = sample.train();
        boolean words = train.words(target).size() < 20;
        double deviation = words ? 1 : deviation(train, target);
        return added(sample.train(sheet -> sheet.with(ADDED, r -> {
            double code = words ? train.words(target).indexOf(train.cell(r, target)) : train.number(r, target);
            return CellDamage.text(code + noise * deviation * random.nextGaussian());
        })));
    }

    static double deviation(Sheet sheet, String name) {
        double[] values = Arrays.stream(sheet.filled(name))
                .mapToDouble(r -> sheet.number(r, name))
                .toArray();
        double mean = Arrays.stream(values).average().orElse(0);
        return Math.sqrt(Arrays.stream(values)
                .map(v -> (v - mean) * (v - mean))
                .average()
                .orElse(0));
    }

    private static Damaged<Tables> added(Tables sample) {
        return new Damaged<>(sample, Set.of(ADDED));
    }
}
