package dev.auscult.app.faults;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

import dev.auscult.app.faults.Fault.Damaged;

/** Rows that are repeated, left out, put in order or given another label. */
final class RowDamage {
    private RowDamage() {}

    /** Rows that stand in the file once more, anywhere. */
    static Damaged<Tables> repeated(Tables sample, double percent, Random random) {
        Sheet train = sample.train();
        int[] again = Chance.some(train.size(), percent / 100, random);
        return whole(sample.train(s -> shuffled(s.and(s.pick(again)), random)));
    }

    /** Rows that stand in the file once more with another label. */
    static Damaged<Tables> contradicted(Tables sample, double percent, Random random) {
        Sheet train = sample.train();
        int[] again = Chance.some(train.size(), percent / 100, random);
        Sheet others = relabelled(train.pick(again), sample.columns().target(), 1, random);
        return whole(sample.train(s -> shuffled(s.and(others), random)));
    }

    /** Labels exchanged for another one. */
    static Damaged<Tables> flipped(Tables sample, double percent, Random random) {
        return whole(sample.train(s -> relabelled(s, sample.columns().target(), percent / 100, random)));
    }

    /** So many rows in all. */
    static Damaged<Tables> few(Tables sample, double rows, Random random) {
        int[] kept = Arrays.copyOf(Chance.order(sample.train().size(), random), (int) rows);
        return whole(sample.train(s -> s.pick(kept)));
    }

    /** Of the rarest label only this share of its rows, but two at least. */
    static Damaged<Tables> rare(Tables sample, double percent, Random random) {
        String target = sample.columns().target();
        return whole(sample.train(s -> thinned(s, target, rarest(s, target), percent / 100, random)));
    }

    /** This share of the rows sorted by the label, the others anywhere among them. */
    static Damaged<Tables> sorted(Tables sample, double percent, Random random) {
        String target = sample.columns().target();
        Sheet train = sample.train();
        boolean words = train.words(target).size() < 20;
        int[] which = Chance.some(train.size(), percent / 100, random);
        Comparator<Integer> order = words
                ? Comparator.comparing(r -> train.cell(r, target))
                : Comparator.comparingDouble(r -> train.number(r, target));
        int[] inOrder = Arrays.stream(which)
                .boxed()
                .sorted(order)
                .mapToInt(Integer::intValue)
                .toArray();
        int[] rows = IntStream.range(0, train.size()).toArray();
        for (int i = 0; i < which.length; i++) {
            rows[which[i]] = inOrder[i];
        }
        return whole(sample.train(s -> s.pick(rows)));
    }

    /** The same rows in another order. */
    static Sheet shuffled(Sheet sheet, Random random) {
        return sheet.pick(Chance.order(sheet.size(), random));
    }

    /** The same with only a share of the rows of a label, but two at least. */
    static Sheet thinned(Sheet sheet, String target, String label, double share, Random random) {
        int[] with = sheet.where(target, label);
        int[] kept = Chance.some(with, Math.max(share, 2.0 / with.length), random);
        boolean[] keep = new boolean[sheet.size()];
        Arrays.stream(kept).forEach(r -> keep[r] = true);
        return sheet.pick(IntStream.range(0, sheet.size())
                .filter(r -> keep[r] || !sheet.cell(r, target).equals(label))
                .toArray());
    }

    private static String rarest(Sheet sheet, String target) {
        return sheet.words(target).stream()
                .min(Comparator.comparingInt(w -> sheet.where(target, w).length))
                .orElseThrow();
    }

    /** The same with another label in a share of the rows. */
    private static Sheet relabelled(Sheet sheet, String target, double share, Random random) {
        List<String> labels = sheet.words(target);
        return sheet.change(target, Chance.some(sheet.size(), share, random), given -> {
            List<String> others = labels.stream().filter(l -> !l.equals(given)).toList();
            return others.isEmpty() ? given : others.get(random.nextInt(others.size()));
        });
    }

    private static Damaged<Tables> whole(Tables sample) {
        return new Damaged<>(sample, Set.of());
    }
}
