package dev.auscult.intake.table;

import java.util.List;
import java.util.Locale;

import dev.auscult.intake.ReadOptions;
import dev.auscult.intake.RunSink;
import dev.auscult.run.MetricVocabulary;
import dev.auscult.run.RunBuilder;
import dev.auscult.run.SeriesBuilder;

/** A table without a header: only its name and its numbers tell what it holds. */
final class Unnamed implements Layout {
    private static final double ROUNDING = 1e-6;

    private final int counter;
    private final int loss;
    private final TableHead head;

    Unnamed(String fileName, TableHead head, ReadOptions options, RunSink sink) {
        this.head = head;
        this.counter = countsRows() ? 0 : -1;
        boolean named = isLossFile(fileName);
        int first = counter + 1;
        boolean onlyOne = head.names().size() == first + 1;
        this.loss =
                options.columns().isEmpty() && first < head.names().size() && (named || (onlyOne && isLossy(fileName)))
                        ? first
                        : -1;
        if (options.columns().isEmpty()) {
            sink.problem(1, advice(first));
        }
    }

    /** Whether a file is called as if it held the loss and nothing else. */
    static boolean isLossFile(String fileName) {
        return fileName.toLowerCase(Locale.ROOT).matches("(train(ing)?[_-]?)?loss(es)?\\.[a-z]+");
    }

    private static boolean isLossy(String fileName) {
        return fileName.toLowerCase(Locale.ROOT).contains("loss");
    }

    private String advice(int first) {
        String columns = head.names().size() == 1 ? "1 column" : head.names().size() + " columns";
        if (loss < 0) {
            return "the table has no header; say which of its " + columns
                    + ", counted from 0, is the loss with --map loss="
                    + Math.min(first, head.names().size() - 1);
        }
        String why = isSum(first) ? "it is the sum of the others" : "the file is called so";
        return "the table has no header; column " + loss + " was taken as the loss, since " + why
                + "; say otherwise with --map loss=NUMBER";
    }

    /** Whether column 0 counts the rows. */
    private boolean countsRows() {
        if (head.names().size() < 2 || head.sample().size() < 2) {
            return false;
        }
        double last = Double.NaN;
        for (Row row : head.sample()) {
            if (!row.isNumber(0) || row.value(0) != Math.rint(row.value(0)) || row.value(0) <= last) {
                return false;
            }
            last = row.value(0);
        }
        return true;
    }

    private boolean isSum(int column) {
        if (head.names().size() < column + 3) {
            return false;
        }
        for (Row row : head.sample()) {
            double sum = 0;
            for (int i = column + 1; i < row.size(); i++) {
                sum += row.isNumber(i) ? row.value(i) : Double.NaN;
            }
            if (!row.isNumber(column) || !(Math.abs(row.value(column) - sum) <= ROUNDING * (1e-300 + Math.abs(sum)))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Roles roles(List<String> names) {
        return Roles.NONE.withStep(counter);
    }

    @Override
    public SeriesBuilder series(RunBuilder run, String name) {
        return loss >= 0 && name.equals(head.names().get(loss))
                ? run.series(MetricVocabulary.resolve("loss"))
                : run.series(name);
    }
}
