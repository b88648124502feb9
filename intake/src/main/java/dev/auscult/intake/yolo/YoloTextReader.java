package dev.auscult.intake.yolo;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

import dev.auscult.intake.LogFile;
import dev.auscult.intake.LogReader;
import dev.auscult.intake.ReadOptions;
import dev.auscult.intake.RunSink;
import dev.auscult.intake.TextLines;
import dev.auscult.intake.UnreadableLogException;
import dev.auscult.run.RunBuilder;
import dev.auscult.run.Setting;

/**
 * Reads the results.txt of old YOLOv5 and of YOLOv7: 15 columns without a header, the first {@code epoch/last epoch},
 * the second {@code 6.47G} of memory.
 *
 * <p>Source: {@code train.py} of both programs, which write {@code s + '%10.4g' * 7 % results}.
 */
public final class YoloTextReader implements LogReader {
    private static final int SURE = 92;
    private static final Pattern LINE = Pattern.compile("\\s*\\d{1,9}/\\d{1,9}\\s+[\\d.]+G?(\\s+[-+.\\w]+){13}\\s*");
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final int LONGEST_LINE = 4096;

    /** Names as results.csv has them; empty for what is no metric. */
    private static final List<String> NAMES = List.of(
            "",
            "memory/gpu",
            "train/box_loss",
            "train/obj_loss",
            "train/cls_loss",
            "train/loss",
            "",
            "",
            "metrics/precision",
            "metrics/recall",
            "metrics/mAP_0.5",
            "metrics/mAP_0.5:0.95",
            "val/box_loss",
            "val/obj_loss",
            "val/cls_loss");

    @Override
    public String format() {
        return "yolo-results-txt";
    }

    @Override
    public int recognise(LogFile file) {
        if (file.isBinary() || !file.name().endsWith(".txt")) {
            return 0;
        }
        for (String line : file.lines()) {
            if (!line.isBlank()) {
                return line.length() < LONGEST_LINE && LINE.matcher(line).matches() ? SURE : 0;
            }
        }
        return 0;
    }

    @Override
    public void read(LogFile file, ReadOptions options, RunSink sink) throws IOException, UnreadableLogException {
        sink.run().framework("yolo");
        Epochs epochs = new Epochs(sink);
        try (TextLines lines = TextLines.of(file.path(), sink::problem)) {
            while (lines.next()) {
                epochs.line(lines.line(), lines.number());
            }
        }
        epochs.finish();
    }

    /** The epochs of one file. */
    private static final class Epochs {
        private final RunSink sink;
        private long number;
        private long strange;
        private long firstStrange;
        private long first = -1;
        private long last = -1;
        private long points;

        Epochs(RunSink sink) {
            this.sink = sink;
        }

        void line(String line, long lineNumber) {
            number = lineNumber;
            if (line.isBlank()) {
                return;
            }
            if (line.length() > LONGEST_LINE || !LINE.matcher(line).matches()) {
                strange++;
                firstStrange = strange == 1 ? number : firstStrange;
                return;
            }
            String[] cells = BLANKS.split(line.strip(), -1);
            int slash = cells[0].indexOf('/');
            long epoch = Long.parseLong(cells[0].substring(0, slash));
            if (epoch < last) {
                back(epoch);
            }
            first = first < 0 ? epoch : first;
            last = epoch;
            sink.run().settings().put(Setting.EPOCHS, Long.toString(Long.parseLong(cells[0].substring(slash + 1)) + 1));
            add(sink.run(), epoch, cells);
        }

        private void back(long epoch) {
            if (epoch <= first) {
                sink.nextRun("epoch goes back to " + epoch + " at line " + number);
                first = -1;
            } else {
                sink.run().restartAt(epoch, "epoch goes back from " + last + " to " + epoch + " at line " + number);
            }
        }

        private void add(RunBuilder run, long epoch, String[] cells) {
            boolean validated = !(isZero(cells[12]) && isZero(cells[13]) && isZero(cells[14]));
            for (int i = 1; i < NAMES.size(); i++) {
                double value = number(cells[i]);
                boolean left = NAMES.get(i).isEmpty() || (i >= 12 && !validated);
                if (!left && (!Double.isNaN(value) || cells[i].equalsIgnoreCase("nan"))) {
                    run.series(NAMES.get(i)).add(epoch, (double) epoch, Double.NaN, value);
                    points++;
                }
            }
        }

        private static boolean isZero(String cell) {
            return number(cell) == 0;
        }

        /** The number in a cell, with {@code inf} and without the unit G; NaN if it is none. */
        private static double number(String cell) {
            String plain = cell.endsWith("G") ? cell.substring(0, cell.length() - 1) : cell;
            return switch (plain) {
                case "inf" -> Double.POSITIVE_INFINITY;
                case "-inf" -> Double.NEGATIVE_INFINITY;
                default -> parsed(plain);
            };
        }

        private static double parsed(String plain) {
            try {
                return Double.parseDouble(plain);
            } catch (NumberFormatException noNumber) {
                return Double.NaN;
            }
        }

        void finish() throws UnreadableLogException {
            if (points == 0) {
                throw new UnreadableLogException("no line of 15 columns as YOLO writes them");
            }
            if (strange > 0) {
                sink.problem(
                        firstStrange,
                        "a line is not one of 15 columns; it was skipped"
                                + (strange > 1 ? " (" + strange + " times)" : ""));
            }
        }
    }
}
