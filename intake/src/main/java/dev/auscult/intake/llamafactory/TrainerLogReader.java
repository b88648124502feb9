package dev.auscult.intake.llamafactory;

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
import dev.auscult.run.RunBuilder;
import dev.auscult.run.RunEvent;
import dev.auscult.run.Setting;

/** Reads {@code trainer_log.jsonl}, the progress lines of LLaMA-Factory. */
public final class TrainerLogReader implements LogReader {
    private static final int SURE = 97;

    private static final Set<String> PROGRESS = Set.of(
            "current_steps", "total_steps", "epoch", "percentage", "elapsed_time", "remaining_time", "total_tokens");

    @Override
    public String format() {
        return "llama-factory";
    }

    @Override
    public int recognise(LogFile file) {
        if (!file.text().contains("\"current_steps\"")) {
            return 0;
        }
        Set<String> names = JsonHead.of(file).names();
        return names.contains("current_steps") && names.contains("total_steps") ? SURE : 0;
    }

    @Override
    public void read(LogFile file, ReadOptions options, RunSink sink) throws IOException, UnreadableLogException {
        Progress progress = new Progress(sink);
        try (JsonLines lines = new JsonLines(Files.newInputStream(file.path()), sink)) {
            while (lines.next()) {
                progress.add(lines.row());
            }
            progress.finish();
            if (!progress.anyMetric()) {
                throw new UnreadableLogException("progress lines of a predict job: " + lines.rows()
                        + " lines with steps and percentage, no loss; give the log of the training job");
            }
        }
    }

    /** Where the run is, and whether it started again. */
    private static final class Progress {
        private final RunSink sink;
        private boolean anyMetric;
        private boolean lastHadMetric;
        private long firstStep = -1;
        private long lastStep = -1;
        private double totalSteps = Double.NaN;
        private double longest;
        private long interval;

        Progress(RunSink sink) {
            this.sink = sink;
            sink.run().framework("llama-factory");
        }

        void add(JsonRow row) {
            if (!row.hasNumber("current_steps")) {
                return;
            }
            long step = (long) row.number("current_steps");
            double elapsed = ElapsedTime.seconds(row.text("elapsed_time"));
            watchForRestart(step, elapsed);
            firstStep = firstStep < 0 ? step : firstStep;
            interval = lastStep < 0 ? 0 : Math.max(interval, step - lastStep);
            lastStep = Math.max(lastStep, step);
            totalSteps = row.hasNumber("total_steps") ? row.number("total_steps") : totalSteps;
            if (elapsed > longest) {
                longest = elapsed;
            }
            lastHadMetric = false;
            double epoch = row.number("epoch");
            for (int i = 0; i < row.size(); i++) {
                if (row.isNumber(i) && !PROGRESS.contains(row.name(i))) {
                    sink.run().series(row.name(i)).add(step, epoch, elapsed, row.number(i));
                    lastHadMetric = true;
                    anyMetric = true;
                }
            }
        }

        /** Two ranks swap lines all the time; only a clock that starts again tells another start. */
        private void watchForRestart(long step, double elapsed) {
            if (step > lastStep || !(elapsed < longest / 2)) {
                return;
            }
            if (step <= firstStep) {
                finish();
                sink.nextRun("current_steps goes back to " + step).framework("llama-factory");
                firstStep = -1;
            } else {
                sink.run().restartAt(step, "current_steps goes back to " + step);
            }
            lastStep = -1;
            longest = 0;
        }

        boolean anyMetric() {
            return anyMetric;
        }

        /** The line at the end of training has no loss. */
        void finish() {
            RunBuilder run = sink.run();
            if (Double.isNaN(totalSteps) || lastStep < 0) {
                return;
            }
            run.settings().put("total_steps", JsonRow.plain(totalSteps)).put(Setting.STEPS, JsonRow.plain(totalSteps));
            String place = lastStep + " of " + JsonRow.plain(totalSteps) + " steps";
            if (lastStep >= totalSteps || (!lastHadMetric && lastStep >= 0.99 * totalSteps)) {
                run.event(RunEvent.Kind.COMPLETED, lastStep, place);
            } else if (lastHadMetric && totalSteps - lastStep < interval) {
                return; // the rest is less than the distance between two lines
            } else if (lastHadMetric) {
                run.event(RunEvent.Kind.INTERRUPTED, lastStep, "the log ends at " + place);
            } else {
                run.event(RunEvent.Kind.EARLY_STOP, lastStep, "training ended by itself after " + place);
            }
        }
    }
}
