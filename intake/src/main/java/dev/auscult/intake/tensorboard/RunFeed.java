package dev.auscult.intake.tensorboard;

import java.util.Objects;
import java.util.Optional;

import dev.auscult.intake.RunSink;
import dev.auscult.intake.tensors.TensorNames;
import dev.auscult.run.RunEvent;
import dev.auscult.run.SeriesBuilder;
import dev.auscult.run.TensorKey;
import dev.auscult.run.TensorSummary;
import org.jspecify.annotations.Nullable;

/** Puts the values of one event file where they belong in the run. */
final class RunFeed {
    private final RunSink sink;
    private final String file;
    private final TagNames names;
    private final TagTable tags = new TagTable();
    private final EpochColumn epochs = new EpochColumn();
    private final Sessions sessions;
    private final Framework framework = new Framework();
    private long points;
    private long unnamedTensors;
    private String firstUnnamed = "";

    RunFeed(RunSink sink, String file, TagNames names) {
        this.sink = sink;
        this.file = file;
        this.names = names;
        this.sessions = new Sessions(file);
    }

    Tag tag(byte[] source, int from, int to) {
        return tags.find(source, from, to);
    }

    Framework framework() {
        return framework;
    }

    /** Number of values that went into the run. */
    long points() {
        return points;
    }

    /** A file, or another one appended to it, begins. */
    void startFile() {
        if (points > 0 && !names.isRecording()) {
            sessions.start(sink.run());
        }
    }

    /** The program says that it starts, or goes on, at a step. */
    void start(long step) {
        if (names.isRecording()) {
            sink.run().restartAt(step, "went on at step " + step + " in " + file);
        } else if (points > 0) {
            sessions.start(sink.run());
        }
    }

    /** Takes an event of the run; false if the tag names none. */
    boolean event(Tag tag, long step, String detail) {
        Optional<RunEvent.Kind> kind = names.event(tag.name);
        kind.ifPresent(k -> sink.run().event(k, step, detail));
        return kind.isPresent();
    }

    void setting(String name, String value) {
        sink.run().settings().put(name, value);
    }

    void scalar(Tag tag, long step, double epoch, double wallTime, double value) {
        if (tag.role == Tag.Role.NEW) {
            meet(tag);
        }
        switch (tag.role) {
            case SERIES -> {
                SeriesBuilder series = Objects.requireNonNull(tag.series);
                if (tag.session != sessions.current()) {
                    tag.session = sessions.current();
                    if (!names.isRecording()) {
                        sessions.firstPoint(series, step, wallTime);
                    }
                }
                series.add(step, tag.stepIsEpoch ? step : epoch, wallTime, value);
                points++;
            }
            case EPOCH -> epochs.add(step, value);
            case EXTRA ->
                Objects.requireNonNull(tag.tensor).extra(Objects.requireNonNull(tag.extra), step, wallTime, value);
            default -> {
                // Nothing that was measured.
            }
        }
    }

    void tensor(Tag tag, long step, double wallTime, TensorSummary summary) {
        TensorTrack track = track(tag);
        if (track == null) {
            return;
        }
        if (tag.session != sessions.current()) {
            tag.session = sessions.current();
            if (!names.isRecording()) {
                sessions.firstPoint(track.builder(), step, wallTime);
            }
        }
        track.add(step, wallTime, summary);
        points++;
    }

    /** Whether the histograms of a tag have a place. */
    boolean wantsTensor(Tag tag) {
        return track(tag) != null;
    }

    /** What has to wait until everything that is there was read; may be called again when the file has grown. */
    void settle() {
        sessions.report(sink.run());
        if (!epochs.isEmpty()) {
            for (Tag tag : tags.all()) {
                if (tag.series != null) {
                    epochs.fill(tag.series);
                }
            }
        }
        if (unnamedTensors > 0) {
            sink.problem(
                    0,
                    "histograms of " + unnamedTensors
                            + " tags were left out, since their names do not say whether they are"
                            + " weights, gradients or activations (the first: " + firstUnnamed + ")");
            unnamedTensors = 0;
        }
        framework.tell(sink.run());
    }

    private void meet(Tag tag) {
        framework.tag(tag.name);
        if (names.isRecording()) {
            meetInRecording(tag);
            return;
        }
        if (tag.name.equals("hp_metric")) {
            // Lightning writes -1 for a metric that the user never set.
            tag.role = Tag.Role.IGNORED;
            return;
        }
        if (tag.name.equals("epoch") || tag.name.equals("train/epoch")) {
            tag.role = Tag.Role.EPOCH;
            return;
        }
        Optional<TensorNames.Extra> extra = TensorNames.Extra.of(tag.name);
        if (extra.isPresent()) {
            Tag histogram = tags.find(extra.get().histogram(tag.name));
            tag.tensor = track(histogram);
            if (tag.tensor != null) {
                tag.extra = extra.get();
                tag.role = Tag.Role.EXTRA;
                return;
            }
        }
        tag.series = sink.run().series(tag.name, sink.folderSplit());
        tag.stepIsEpoch = tag.name.startsWith("epoch_");
        tag.role = Tag.Role.SERIES;
    }

    /** The counts beside a histogram are in its own record already. */
    private void meetInRecording(Tag tag) {
        if (TensorNames.Extra.of(tag.name).isPresent() || names.event(tag.name).isPresent()) {
            tag.role = Tag.Role.IGNORED;
        } else {
            tag.series = sink.run().series(tag.name);
            tag.role = Tag.Role.SERIES;
        }
    }

    private @Nullable TensorTrack track(Tag tag) {
        if (tag.tensor == null && !tag.noTensor) {
            Optional<TensorKey> key = names.tensor(tag.name);
            if (key.isPresent()) {
                tag.tensor = new TensorTrack(sink.run().tensor(key.get()));
            } else {
                tag.noTensor = true;
                if (unnamedTensors++ == 0) {
                    firstUnnamed = tag.name;
                }
            }
        }
        return tag.tensor;
    }
}
