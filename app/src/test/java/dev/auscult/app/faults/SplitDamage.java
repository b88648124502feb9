package dev.auscult.app.faults;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

import dev.auscult.app.faults.Fault.Damaged;
import dev.auscult.app.faults.Fault.Preparation;

/** Faults that lie between training and test rows. */
final class SplitDamage {
    static final String GROUP = "patient";
    static final String DAY = "day";
    private static final int GROUP_SIZE = 6;
    private static final LocalDate START = LocalDate.of(2022, 1, 3);
    private static final int TRAIN_DAYS = 500;
    private static final int TEST_DAYS = 200;

    /** Three rows in five for training, the others for the test, as they come. */
    static final Preparation<Tables> SPLIT = new Preparation<>("split", Set.of(), (sample, random) -> split(sample));

    /** As {@link #SPLIT}, and each row of a patient, who is in one part only. */
    static final Preparation<Tables> GROUPED =
            new Preparation<>("split by group", Set.of(GROUP), (sample, random) -> grouped(split(sample)));

    /** As {@link #SPLIT}, and each row of a day, the days of the test after those of the training. */
    static final Preparation<Tables> DATED =
            new Preparation<>("split by day", Set.of(DAY), (sample, random) -> dated(split(sample), random));

    /** As {@link #SPLIT}, the numbers standardised by mean and deviation of the training rows. */
    static final Preparation<Tables> STANDARDISED = new Preparation<>(
            "split and standardised",
            Set.of(),
            (sample, random) -> standardised(split(sample), false, Integer.MAX_VALUE));

    private SplitDamage() {}

    private static Tables split(Tables sample) {
        Sheet all = sample.train();
        int cut = all.size() * 3 / 5;
        return new Tables(
                all.pick(IntStream.range(0, cut).toArray()),
                all.pick(IntStream.range(cut, all.size()).toArray()),
                sample.columns());
    }

    private static Tables grouped(Tables sample) {
        return sample.train(s -> s.with(GROUP, r -> patient(r / GROUP_SIZE)))
                .test(s -> s.with(GROUP, r -> patient(10_000 + r / GROUP_SIZE)));
    }

    private static String patient(int number) {
        return "P" + (100_000 + number * 7);
    }

    private static Tables dated(Tables sample, Random random) {
        return sample.train(s -> s.with(DAY, r -> day(random.nextInt(TRAIN_DAYS))))
                .test(s -> s.with(DAY, r -> day(TRAIN_DAYS + random.nextInt(TEST_DAYS))));
    }

    private static String day(int number) {
        return START.plusDays(number).toString();
    }

    /** Rows of the training part stand in the test part as well. */
    static Damaged<Tables> leakedRows(Tables sample, double percent, Random random) {
        return leakedRows(sample, percent, random, rows -> rows);
    }

    /** Changed rows of the training part stand in the test part as well. */
    static Damaged<Tables> leakedRows(Tables sample, double percent, Random random, UnaryOperator<Sheet> change) {
        int[] places = Chance.some(sample.testSheet().size(), percent / 100, random);
        int[] rows = Chance.order(sample.train().size(), random);
        int[] all = IntStream.range(0, sample.testSheet().size()).toArray();
        for (int i = 0; i < places.length; i++) {
            all[places[i]] = sample.testSheet().size() + rows[i];
        }
        return new Damaged<>(
                sample.test(s -> s.and(change.apply(sample.train())).pick(all)), Set.of());
    }

    /** Test rows of patients of whom training rows exist. */
    static Damaged<Tables> sharedGroups(Tables sample, double percent, Random random) {
        Sheet test = sample.testSheet();
        int groups = (test.size() + GROUP_SIZE - 1) / GROUP_SIZE;
        int[] shared = Chance.some(groups, percent / 100, random);
        int patients = sample.train().size() / GROUP_SIZE;
        return new Damaged<>(
                sample.test(s -> s.with(GROUP, r -> {
                    int at = Arrays.binarySearch(shared, r / GROUP_SIZE);
                    return at < 0 ? test.cell(r, GROUP) : patient(at % patients);
                })),
                Set.of(GROUP));
    }

    /** Test rows of days within those of the training. */
    static Damaged<Tables> earlyRows(Tables sample, double percent, Random random) {
        int[] early = Chance.some(sample.testSheet().size(), percent / 100, random);
        return new Damaged<>(
                sample.test(s -> s.change(DAY, early, cell -> day(random.nextInt(TRAIN_DAYS)))), Set.of(DAY));
    }

    /** The column of numbers of the test rows plus so many standard deviations. */
    static Damaged<Tables> shifted(Tables sample, double deviations, Random random) {
        String name = sample.columns().number();
        double by = deviations * ColumnDamage.deviation(sample.train(), name);
        int[] filled = sample.testSheet().filled(name);
        return new Damaged<>(
                sample.test(s -> s.change(name, filled, c -> CellDamage.text(Double.parseDouble(c) + by))),
                Set.of(name));
    }

    /** Of one label only a share of the test rows. */
    static Damaged<Tables> shiftedLabels(Tables sample, double percent, Random random) {
        String target = sample.columns().target();
        Sheet test = sample.testSheet();
        String most = test.words(target).stream()
                .max((a, b) -> Integer.compare(test.where(target, a).length, test.where(target, b).length))
                .orElseThrow();
        return new Damaged<>(
                sample.test(s -> RowDamage.thinned(s, target, most, 1 - percent / 100, random)), Set.of(target));
    }

    /** A category that the training rows do not have. */
    static Damaged<Tables> newWord(Tables sample, double percent, Random random) {
        String name = sample.columns().category();
        int[] cells = Chance.some(sample.testSheet().size(), percent / 100, random);
        return new Damaged<>(sample.test(s -> s.change(name, cells, cell -> "Elsewhere")), Set.of(name));
    }

    /** Numbers of the test rows standardised by themselves. */
    static Damaged<Tables> scaledApart(Tables sample, double columns, Random random) {
        return new Damaged<>(standardised(sample, true, (int) columns), Set.of());
    }

    private static Tables standardised(Tables sample, boolean apart, int columns) {
        Tables damaged = sample;
        int done = 0;
        for (String name : numeric(sample.train())) {
            if (!name.equals(sample.columns().target()) && done < columns) {
                Sheet train = sample.train();
                Sheet from = apart ? sample.testSheet() : train;
                damaged = apart ? damaged : damaged.train(s -> standardised(s, name, train));
                damaged = damaged.test(s -> standardised(s, name, from));
                done++;
            }
        }
        return damaged;
    }

    private static Sheet standardised(Sheet sheet, String name, Sheet by) {
        double mean = Arrays.stream(by.filled(name))
                .mapToDouble(r -> by.number(r, name))
                .average()
                .orElse(0);
        double deviation = ColumnDamage.deviation(by, name);
        return sheet.change(name, sheet.filled(name), c -> CellDamage.text((Double.parseDouble(c) - mean) / deviation));
    }

    /** The columns in which every cell is a number. */
    private static List<String> numeric(Sheet sheet) {
        return sheet.header().stream()
                .filter(name -> sheet.words(name).size() > 10
                        && Arrays.stream(sheet.filled(name))
                                .allMatch(r -> sheet.cell(r, name).matches("-?[0-9.]+(e[-+]?[0-9]+)?")))
                .toList();
    }
}
