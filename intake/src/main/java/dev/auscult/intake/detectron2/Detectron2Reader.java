package dev.auscult.intake.detectron2;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;

import dev.auscult.intake.LogFile;
import dev.auscult.intake.LogReader;
import dev.auscult.intake.ReadOptions;
import dev.auscult.intake.RunSink;
import dev.auscult.intake.UnreadableLogException;
import dev.auscult.intake.json.JsonHead;
import dev.auscult.intake.json.JsonLines;
import dev.auscult.intake.json.JsonRow;
import dev.auscult.intake.json.StepCounter;

/** Reads {@code metrics.json} of Detectron2: JSON lines keyed by iteration, scores only on the lines of evaluations. */
public final class Detectron2Reader implements LogReader {
    private static final int SURE = 95;

    @Override
    public String format() {
        return "detectron2";
    }

    @Override
    public int recognise(LogFile file) {
        if (!file.text().contains("\"iteration\"")) {
            return 0;
        }
        JsonHead head = JsonHead.of(file);
        Set<String> names = head.names();
        boolean own = names.contains("total_loss") || names.contains("eta_seconds") || names.contains("bbox/AP");
        return names.contains("iteration") && own ? SURE : 0;
    }

    @Override
    public void read(LogFile file, ReadOptions options, RunSink sink) throws IOException, UnreadableLogException {
        sink.run().framework("detectron2");
        StepCounter counter = new StepCounter();
        try (JsonLines lines = new JsonLines(Files.newInputStream(file.path()), sink)) {
            while (lines.next()) {
                JsonRow row = lines.row();
                if (row.hasNumber("iteration")) {
                    add(row, counter, sink);
                }
            }
            if (sink.run().isEmpty()) {
                throw new UnreadableLogException(
                        lines.rows() + " JSON lines without a metric; expected iteration and total_loss");
            }
        }
    }

    private static void add(JsonRow row, StepCounter counter, RunSink sink) {
        long iteration = (long) row.number("iteration");
        switch (counter.next(iteration, Double.NaN)) {
            case NEW_RUN -> sink.nextRun("iteration goes back to " + iteration).framework("detectron2");
            case RESTART -> sink.run().restartAt(iteration, "iteration goes back to " + iteration);
            case ON -> {}
        }
        for (int i = 0; i < row.size(); i++) {
            String name = row.name(i);
            if (row.isNumber(i) && !name.equals("iteration") && !name.equals("eta_seconds")) {
                sink.run().series(name).add(iteration, row.number(i));
            }
        }
    }
}
