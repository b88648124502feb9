package dev.auscult.intake.huggingface;

import java.io.IOException;
import java.nio.file.Files;
import java.util.regex.Pattern;

import dev.auscult.intake.LogFile;
import dev.auscult.intake.LogReader;
import dev.auscult.intake.ReadOptions;
import dev.auscult.intake.RunSink;
import dev.auscult.intake.UnreadableLogException;
import dev.auscult.intake.json.JsonObjectWalk;
import dev.auscult.intake.json.JsonRow;
import dev.auscult.run.RunBuilder;
import dev.auscult.run.RunEvent;
import dev.auscult.run.Setting;

/** Reads {@code trainer_state.json}, which the Trainer of Hugging Face transformers writes beside every checkpoint. */
public final class TrainerStateReader implements LogReader {
    private static final Pattern HISTORY = Pattern.compile("\"log_history\"\\s*:\\s*\\[");
    private static final int SURE = 98;
    private static final int SURE_BY_HISTORY = 85;

    @Override
    public String format() {
        return "hf-trainer-state";
    }

    @Override
    public int recognise(LogFile file) {
        String text = file.text();
        if (!HISTORY.matcher(text).find()) {
            return 0;
        }
        return text.contains("\"global_step\"") ? SURE : SURE_BY_HISTORY;
    }

    @Override
    public void read(LogFile file, ReadOptions options, RunSink sink) throws IOException, UnreadableLogException {
        sink.run().framework("transformers");
        State state = new State(sink.run());
        try (JsonObjectWalk walk = new JsonObjectWalk(Files.newInputStream(file.path()))) {
            while (walk.next()) {
                if (walk.isRecordOf("log_history")) {
                    state.addRow(walk.row());
                }
            }
            if (!walk.problem().isEmpty()) {
                sink.problem(walk.problemLine(), walk.problem());
            }
            state.finish(walk.scalars(), walk.problem().isEmpty());
        }
        if (sink.run().isEmpty()) {
            throw new UnreadableLogException("trainer_state.json with " + state.rows()
                    + " rows in log_history and no loss in any; give one of a checkpoint after the first logging step");
        }
    }

    /** What was read so far. */
    private static final class State {
        private final RunBuilder run;
        private long rows;
        private long lastStep;
        private long interval;
        private boolean ended;

        State(RunBuilder run) {
            this.run = run;
        }

        long rows() {
            return rows;
        }

        void addRow(JsonRow row) {
            rows++;
            double step = row.number("step");
            if (!Double.isNaN(step)) {
                interval = Math.max(interval, (long) step - lastStep);
                lastStep = (long) step;
            }
            if (row.has("train_runtime")) {
                // The summary at the end of training: means over the whole run, not points of a series.
                ended = true;
                return;
            }
            double epoch = row.number("epoch");
            for (int i = 0; i < row.size(); i++) {
                if (row.isNumber(i) && !isAxisOrCost(row.name(i))) {
                    run.series(row.name(i)).add(lastStep, epoch, Double.NaN, row.number(i));
                }
            }
        }

        private static boolean isAxisOrCost(String name) {
            return switch (name) {
                case "step", "epoch", "total_flos" -> true;
                default -> name.endsWith("_runtime");
            };
        }

        void finish(JsonRow scalars, boolean whole) {
            put(scalars, "max_steps", Setting.STEPS);
            put(scalars, "num_train_epochs", Setting.EPOCHS);
            put(scalars, "train_batch_size", Setting.BATCH_SIZE);
            for (String name : new String[] {"logging_steps", "eval_steps", "save_steps"}) {
                if (scalars.hasNumber(name)) {
                    run.settings().put(name, scalars.text(name));
                }
            }
            String best = scalars.text("best_model_checkpoint");
            if (!best.isEmpty()) {
                run.event(RunEvent.Kind.CHECKPOINT, bestStep(scalars, best), "best model: " + lastName(best));
            }
            double planned = scalars.number("max_steps");
            double reached = scalars.hasNumber("global_step") ? scalars.number("global_step") : lastStep;
            if (Double.isNaN(planned) || planned <= 0) {
                if (!whole) {
                    run.event(RunEvent.Kind.INTERRUPTED, lastStep, "the file is cut off");
                }
                return;
            }
            String place = JsonRow.plain(reached) + " of " + JsonRow.plain(planned) + " steps";
            if (reached >= planned) {
                run.event(RunEvent.Kind.COMPLETED, (long) reached, place);
            } else if (ended) {
                run.event(RunEvent.Kind.EARLY_STOP, (long) reached, "training ended by itself after " + place);
            } else if (planned - reached >= longestSilence(scalars)) {
                run.event(RunEvent.Kind.INTERRUPTED, (long) reached, "the log ends at " + place);
            }
        }

        /** So many steps may go by between two rows, or two checkpoints, without anything being wrong. */
        private double longestSilence(JsonRow scalars) {
            double silence = (double) interval;
            for (String name : new String[] {"logging_steps", "save_steps"}) {
                double steps = scalars.number(name);
                silence = steps >= 1 ? Math.max(silence, steps) : silence;
            }
            return silence;
        }

        private void put(JsonRow scalars, String name, Setting setting) {
            if (scalars.number(name) > 0) {
                run.settings().put(name, scalars.text(name)).put(setting, scalars.text(name));
            }
        }

        private static long bestStep(JsonRow scalars, String checkpoint) {
            if (scalars.hasNumber("best_global_step")) {
                return (long) scalars.number("best_global_step");
            }
            String digits = checkpoint.substring(checkpoint.lastIndexOf('-') + 1);
            return Pattern.matches("\\d{1,15}", digits) ? Long.parseLong(digits) : -1;
        }

        /** Folders of the author's machine are nobody's business. */
        private static String lastName(String path) {
            return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
        }
    }
}
