package dev.auscult.bench.faults;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

import dev.auscult.bench.faults.Mutation.Tables;

/** What is done to the rows of a program; the held-out rows stay as they are unless said otherwise. */
final class Damages {
    private Damages() {}

    /** A share of the labels becomes another class; of numbers to predict, one of another row. */
    static Tables noisyLabels(Base base, Tables tables, double share, long seed) {
        Random random = new Random(seed);
        Rows train = tables.train().copy();
        int target = train.column(base.target());
        List<String> labels = new ArrayList<>(new TreeSet<>(train.by(target).keySet()));
        for (String[] row : train.rows()) {
            if (random.nextDouble() < share) {
                String other = row[target];
                while (other.equals(row[target]) && labels.size() > 1) {
                    other = labels.get(random.nextInt(labels.size()));
                }
                row[target] = other;
            }
        }
        return new Tables(train, tables.validation());
    }

    static Tables shuffledLabels(Base base, Tables tables, long seed) {
        Rows train = tables.train().copy();
        int target = train.column(base.target());
        List<String> labels =
                new ArrayList<>(train.rows().stream().map(r -> r[target]).toList());
        Collections.shuffle(labels, new Random(seed));
        for (int i = 0; i < labels.size(); i++) {
            train.rows().get(i)[target] = labels.get(i);
        }
        return new Tables(train, tables.validation());
    }

    /** All classes but the largest keep a share of their rows, at least two. */
    static Tables imbalanced(Base base, Tables tables, double share, long seed) {
        Random random = new Random(seed);
        Map<String, List<String[]>> classes = tables.train().by(tables.train().column(base.target()));
        String largest = classes.entrySet().stream()
                .max(Comparator.comparingInt(e -> e.getValue().size()))
                .orElseThrow()
                .getKey();
        List<String[]> kept = new ArrayList<>();
        classes.forEach((label, rows) -> {
            Collections.shuffle(rows, random);
            kept.addAll(
                    label.equals(largest) ? rows : rows.subList(0, (int) Math.max(2, Math.round(share * rows.size()))));
        });
        return new Tables(tables.train().with(kept).shuffled(random), tables.validation());
    }

    static Tables few(Base base, Tables tables, double share, long seed) {
        Rows shuffled = tables.train().shuffled(new Random(seed));
        int target = shuffled.column(base.target());
        List<String[]> kept = new ArrayList<>();
        if (base.isRegression()) {
            kept.addAll(shuffled.rows()
                    .subList(0, (int) Math.max(8, share * shuffled.rows().size())));
        } else {
            shuffled.by(target)
                    .values()
                    .forEach(rows -> kept.addAll(rows.subList(0, (int) Math.max(2, share * rows.size()))));
        }
        return new Tables(tables.train().with(kept).shuffled(new Random(seed)), tables.validation());
    }

    /** A column that says the label, in training only: at work it does not. */
    static Tables leakColumn(Base base, Tables tables, long seed) {
        Random random = new Random(seed);
        int target = tables.train().column(base.target());
        List<String> labels =
                new ArrayList<>(new TreeSet<>(tables.train().by(target).keySet()));
        return new Tables(
                told(tables.train(), target, labels, random), told(tables.validation(), target, labels, random));
    }

    private static Rows told(Rows rows, int target, List<String> labels, Random random) {
        List<String> header = new ArrayList<>(rows.header());
        header.add(0, "code");
        List<String[]> wider = new ArrayList<>();
        for (String[] row : rows.rows()) {
            String[] more = new String[row.length + 1];
            System.arraycopy(row, 0, more, 1, row.length);
            more[0] = String.format(Locale.ROOT, "%.3f", labels.indexOf(row[target]) + 0.05 * random.nextGaussian());
            wider.add(more);
        }
        return new Rows(header, wider);
    }

    /** A share of the held-out rows is among the training rows too. */
    static Tables leakRows(Tables tables, double share, long seed) {
        Random random = new Random(seed);
        List<String[]> more = new ArrayList<>(tables.train().rows());
        tables.validation().rows().stream()
                .filter(r -> random.nextDouble() < share)
                .forEach(more::add);
        return new Tables(tables.train().with(more).shuffled(random), tables.validation());
    }

    /** The numbers of the held-out rows are moved by so many standard deviations of their column, each its own way. */
    static Tables shifted(Base base, Tables tables, double deviations, long seed) {
        Random random = new Random(seed);
        Rows validation = tables.validation().copy();
        Set<String> out = Set.of(base.target());
        for (int c = 0; c < validation.header().size(); c++) {
            if (out.contains(validation.header().get(c)) || !numeric(tables.train(), c)) {
                continue;
            }
            int column = c;
            double[] numbers = tables.train().rows().stream()
                    .map(r -> r[column])
                    .filter(t -> !t.isEmpty())
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            double mean = java.util.Arrays.stream(numbers).average().orElse(0);
            double sd = Math.sqrt(java.util.Arrays.stream(numbers)
                    .map(v -> (v - mean) * (v - mean))
                    .average()
                    .orElse(0));
            double by = (random.nextBoolean() ? 1 : -1) * deviations * sd;
            for (String[] row : validation.rows()) {
                row[c] = row[c].isEmpty() ? "" : String.format(Locale.ROOT, "%.5f", Double.parseDouble(row[c]) + by);
            }
        }
        return new Tables(tables.train(), validation);
    }

    private static boolean numeric(Rows rows, int column) {
        return rows.rows().stream()
                .allMatch(r -> r[column].isEmpty() || r[column].matches("[-+]?[0-9.]+([eE][-+]?\\d+)?"));
    }

    static Tables sorted(Base base, Tables tables) {
        int target = tables.train().column(base.target());
        List<String[]> rows = new ArrayList<>(tables.train().rows());
        rows.sort(Comparator.comparing(r -> r[target]));
        return new Tables(tables.train().with(rows), tables.validation());
    }
}
