package dev.auscult.intake.yolo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import dev.auscult.intake.LogFile;
import dev.auscult.intake.LogReader;
import dev.auscult.intake.ReadOptions;
import dev.auscult.intake.RunSink;
import dev.auscult.intake.UnreadableLogException;
import dev.auscult.intake.table.Layout;
import dev.auscult.intake.table.Oddities;
import dev.auscult.intake.table.Roles;
import dev.auscult.intake.table.Row;
import dev.auscult.intake.table.TableHead;
import dev.auscult.intake.table.TableReading;

/** Reads the results.csv of YOLOv5 and all that followed it. */
public final class YoloCsvReader implements LogReader {
    private static final int SURE = 92;

    @Override
    public String format() {
        return "yolo-results";
    }

    @Override
    public int recognise(LogFile file) {
        TableHead head = TableHead.of(file);
        if (head == null || !head.isNamed() || !head.has("epoch")) {
            return 0;
        }
        boolean yolo = head.names().stream()
                .anyMatch(name -> name.equals("train/box_loss")
                        || name.startsWith("metrics/mAP")
                        || name.startsWith("metrics/accuracy_top")
                        || name.equals("lr/pg0")
                        || name.equals("x/lr0"));
        return yolo ? SURE : 0;
    }

    @Override
    public void read(LogFile file, ReadOptions options, RunSink sink) throws IOException, UnreadableLogException {
        Results results = new Results();
        sink.run().framework("yolo");
        TableReading.read(file, results, options, sink);
    }

    private static final class Results implements Layout {
        private final List<Integer> validation = new ArrayList<>();

        @Override
        public Roles roles(List<String> names) {
            validation.clear();
            for (int i = 0; i < names.size(); i++) {
                if (names.get(i).startsWith("val/") && names.get(i).endsWith("loss")) {
                    validation.add(i);
                }
            }
            int epoch = names.indexOf("epoch");
            return Roles.NONE.withStep(epoch).withEpoch(epoch).withTime(names.indexOf("time"), Roles.Clock.RUNNING);
        }

        /** YOLO writes zeros where it did not compute the validation losses. */
        @Override
        public void prepare(Row row, Oddities oddities) {
            if (validation.isEmpty()) {
                return;
            }
            for (int column : validation) {
                if (!row.isNumber(column) || row.value(column) != 0) {
                    return;
                }
            }
            for (int column : validation) {
                row.clear(column);
            }
            oddities.add(row.line(), "validation losses that are all exactly 0 were not computed; they were left out");
        }
    }
}
