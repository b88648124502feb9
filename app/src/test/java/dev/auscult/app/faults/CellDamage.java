package dev.auscult.app.faults;

import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

import dev.auscult.app.faults.Fault.Damaged;

/** Faults in cells of one column. */
final class CellDamage {
    private CellDamage() {}

    /** Cells without a value, wherever they stand. */
    static Damaged<Tables> missing(Tables sample, double percent, Random random) {
        String name = sample.columns().number();
        int[] cells = Chance.some(sample.train().size(), percent / 100, random);
        return in(name, sample.train(sheet -> sheet.change(name, cells, cell -> "")));
    }

    /** Cells without a value, nine in ten of them in rows of one label. */
    static Damaged<Tables> missingByLabel(Tables sample, double percent, Random random) {
        String name = sample.columns().number();
        String target = sample.columns().target();
        Sheet train = sample.train();
        String label = train.words(target).get(0);
        int count = (int) Math.round(train.size() * percent / 100);
        int[] within = Chance.some(train.where(target, label), 1, random);
        int[] shuffled = Arrays.stream(Chance.order(within.length, random))
                .map(i -> within[i])
                .toArray();
        int[] most = Arrays.copyOf(shuffled, Math.min(shuffled.length, (int) Math.round(0.9 * count)));
        int[] others = IntStream.range(0, train.size())
                .filter(r -> !train.cell(r, target).equals(label))
                .toArray();
        int[] rest = Chance.some(others, 0.1 * count / others.length, random);
        int[] cells = IntStream.concat(Arrays.stream(most), Arrays.stream(rest)).toArray();
        return in(name, sample.train(sheet -> sheet.change(name, cells, cell -> "")));
    }

    /** Words where a number should be. */
    static Damaged<Tables> words(Tables sample, double percent, Random random) {
        String name = sample.columns().number();
        String[] words = {"broken", "see note", "about 40", "12,5 mm", "?!", "tbd"};
        int[] cells = Chance.some(sample.train().size(), percent / 100, random);
        return in(name, sample.train(sheet -> sheet.change(name, cells, c -> words[random.nextInt(words.length)])));
    }

    /** Other spellings of a category. */
    static Damaged<Tables> variants(Tables sample, double percent, Random random) {
        String name = sample.columns().category();
        int[] cells = Chance.some(sample.train().filled(name), percent / 100, random);
        return in(
                name,
                sample.train(sheet -> sheet.change(name, cells, cell -> switch (random.nextInt(4)) {
                    case 0 -> cell.toLowerCase(Locale.ROOT);
                    case 1 -> cell.toUpperCase(Locale.ROOT) + ".";
                    case 2 -> " " + cell;
                    default -> cell + "_";
                })));
    }

    /** A number in place of what is missing. */
    static Damaged<Tables> sentinel(Tables sample, double percent, Random random, String number) {
        String name = sample.columns().number();
        int[] cells = Chance.some(sample.train().size(), percent / 100, random);
        return in(name, sample.train(sheet -> sheet.change(name, cells, cell -> number)));
    }

    /** Numbers that are infinite. */
    static Damaged<Tables> infinite(Tables sample, double percent, Random random) {
        String name = sample.columns().number();
        int[] cells = Chance.some(sample.train().size(), percent / 100, random);
        return in(name, sample.train(sheet -> sheet.change(name, cells, c -> random.nextBoolean() ? "inf" : "-inf")));
    }

    /** Numbers whose point slipped by two places. */
    static Damaged<Tables> slipped(Tables sample, double percent, Random random) {
        String name = sample.columns().number();
        Sheet train = sample.train();
        int[] positive = Arrays.stream(train.filled(name))
                .filter(r -> train.number(r, name) > 0)
                .toArray();
        int[] cells = Chance.some(positive, percent / 100, random);
        return in(name, sample.train(s -> s.change(name, cells, c -> text(100 * Double.parseDouble(c)))));
    }

    private static Damaged<Tables> in(String name, Tables sample) {
        return new Damaged<>(sample, Set.of(name));
    }

    /** A number with seven digits at most. */
    static String text(double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.7g", value);
    }
}
