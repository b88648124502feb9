package dev.auscult.intake.mmengine;

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
import dev.auscult.run.Split;

/**
 * Reads the JSON logs of OpenMMLab: {@code *.log.json} of the MMCV runners, whose {@code iter} starts again every epoch,
 * and {@code scalars.json} of MMEngine, whose evaluations are keyed by epoch.
 */
public final class MmEngineReader implements LogReader {
    private static final int SURE = 95;
    private static final int SURE_WITHOUT_MODE = 88;

    private static final Set<String> NO_METRICS = Set.of("epoch", "iter", "step", "seed", "eta");

    @Override
    public String format() {
        return "mmengine";
    }

    @Override
    public int recognise(LogFile file) {
        if (!file.text().contains("\"iter\"")) {
            return 0;
        }
        JsonHead head = JsonHead.of(file);
        Set<String> names = head.names();
        if (!head.isLines() || !names.contains("iter")) {
            return 0;
        }
        if (names.contains("mode") && names.contains("epoch")) {
            return SURE;
        }
        return names.contains("step") && names.contains("data_time") && names.contains("time") ? SURE_WITHOUT_MODE : 0;
    }

    @Override
    public void read(LogFile file, ReadOptions options, RunSink sink) throws IOException, UnreadableLogException {
        sink.run().framework("mmengine");
        Log log = new Log(sink);
        try (JsonLines lines = new JsonLines(Files.newInputStream(file.path()), sink)) {
            while (lines.next()) {
                log.add(lines.row());
            }
            if (sink.run().isEmpty()) {
                throw new UnreadableLogException(
                        lines.rows() + " JSON lines without a metric; expected iter and loss, as MMEngine writes them");
            }
        }
    }

    /** The log so far. */
    private static final class Log {
        private final RunSink sink;
        private final StepCounter counter = new StepCounter();
        private long trainStep;
        private double trainEpoch = Double.NaN;

        Log(RunSink sink) {
            this.sink = sink;
        }

        void add(JsonRow row) {
            boolean training = row.has("mode") ? row.text("mode").equals("train") : row.hasNumber("iter");
            if (training && row.hasNumber("iter")) {
                addTraining(row);
            } else if (row.has("mode") || row.hasNumber("step")) {
                addEvaluation(row);
            } else {
                addEnvironment(row);
            }
        }

        private void addTraining(JsonRow row) {
            long iteration = (long) row.number("iter");
            trainEpoch = row.number("epoch");
            StepCounter.Turn turn = counter.next(iteration, trainEpoch);
            trainStep = counter.offset() + iteration;
            if (turn == StepCounter.Turn.NEW_RUN) {
                sink.nextRun("epoch goes back to " + row.text("epoch")).framework("mmengine");
            } else if (turn == StepCounter.Turn.RESTART) {
                sink.run().restartAt(trainStep, "iter goes back to " + trainStep);
            }
            for (int i = 0; i < row.size(); i++) {
                if (isMetric(row, i)) {
                    sink.run().series(row.name(i)).add(trainStep, trainEpoch, Double.NaN, row.number(i));
                }
            }
        }

        /** An evaluation belongs to the training step before it, whatever its own counters count. */
        private void addEvaluation(JsonRow row) {
            double epoch = row.hasNumber("epoch") ? row.number("epoch") : trainEpoch;
            Split split = row.text("mode").equals("test") ? Split.TEST : Split.VALIDATION;
            for (int i = 0; i < row.size(); i++) {
                String name = row.name(i);
                boolean ofTraining = name.equals("lr") || name.equals("time") || name.equals("data_time");
                if (isMetric(row, i) && !ofTraining) {
                    sink.run().series(name, split).add(trainStep, epoch, Double.NaN, row.number(i));
                }
            }
        }

        private void addEnvironment(JsonRow row) {
            for (String name : new String[] {"seed", "exp_name"}) {
                if (row.has(name)) {
                    sink.run().settings().put(name, row.text(name));
                }
            }
        }

        private static boolean isMetric(JsonRow row, int i) {
            return row.isNumber(i) && !NO_METRICS.contains(row.name(i));
        }
    }
}
