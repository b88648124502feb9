package dev.auscult.train.record;

import java.io.Closeable;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.auscult.intake.UnreadableLogException;
import dev.auscult.intake.recording.RecordingFiles;
import dev.auscult.intake.recording.RecordingReader;
import dev.auscult.intake.recording.RecordingWriter;
import dev.auscult.run.DataProfile;
import dev.auscult.run.ModelGraph;
import dev.auscult.run.Probe;
import dev.auscult.run.Run;
import dev.auscult.run.RunBuilder;
import dev.auscult.run.RunEvent;
import dev.auscult.run.TensorKey;
import dev.auscult.run.TensorKind;
import dev.auscult.run.TensorSummary;
import dev.auscult.train.engine.DType;
import dev.auscult.train.engine.Tensor;
import dev.auscult.train.model.LayerListener;
import dev.auscult.train.model.Parameter;

/**
 * Records a training: what the layers give and what the optimizer does at the steps of a {@link RecordPlan}, and the scalars
 * that the training loop hands over.
 *
 * <p>A step goes: {@link #beginStep}; forward with this as listener where {@link RecordPlan#listens} says so; backward;
 * {@link #afterBackward}; clipping; {@link #beforeUpdate}; the optimizer; {@link #afterUpdate}; {@link #endStep}. At a step
 * that is not recorded each of them returns at once. What was recorded is kept in memory as well, for {@link #snapshot}.
 *
 * <p>Used by the thread that trains. Writing is done by another; what it could not write is said at the next
 * {@link #endStep}, {@link #sync} or {@link #close}, and the recording stays whole.
 */
public final class Recorder implements LayerListener, Closeable {
    /** Global L2 norm of the gradients before clipping, unless the loop gives it itself. */
    private static final String GRADIENT_NORM = "train/gradient_norm";

    /** Scalars between two records are handed over to be written this often [s]. */
    private static final double PATIENCE = 0.5;

    private final Path folder;
    private final RecordPlan plan;
    private final RecordingWriter writer;
    private final RunBuilder run;
    private final UnitAxes axes;
    private final TensorStatistics statistics = TensorStatistics.create();
    private final Map<String, UnitActivity> activity = new HashMap<>();
    private final Map<TensorKey, TensorSummary> pending = new LinkedHashMap<>();
    private final Map<TensorKey, TensorSummary> pendingBack = new LinkedHashMap<>();
    private final Map<String, float[]> before = new HashMap<>();
    private List<Parameter> parameters = List.of();
    private long step = -1;
    private double epoch = Double.NaN;
    private boolean listening;
    private boolean recording;
    private double gradientNorm = Double.NaN;
    private long spent;
    private boolean normGiven;
    private double flushed;

    private Recorder(Path folder, RecordPlan plan, RecordingWriter writer, RunBuilder run, ModelGraph graph)
            throws IOException {
        this.folder = folder;
        this.plan = plan;
        this.writer = writer;
        this.run = run;
        this.axes = new UnitAxes(graph);
        run.graph(graph);
        RecordingFiles.model(folder, graph);
        this.flushed = writer.now();
    }

    /**
     * Begins a recording.
     *
     * @param folder the run directory, made if it is not there
     * @param spec the spec with every default filled in
     * @param clock gives wall times
     * @throws IOException if the folder cannot be written to
     */
    public static Recorder create(Path folder, String spec, ModelGraph graph, RecordPlan plan, Clock clock)
            throws IOException {
        Files.createDirectories(folder);
        RecordingFiles.spec(folder, spec);
        RunBuilder run = Run.builder(folder.toString());
        RecordingReader.readSpec(folder, run);
        return new Recorder(folder, plan, RecordingWriter.create(folder, clock), run, graph);
    }

    /**
     * Goes on with a recording.
     *
     * @param next the first step that will be made now; what was recorded at or after it is forgotten
     * @throws IOException if the folder cannot be read and written to
     */
    public static Recorder resume(Path folder, ModelGraph graph, RecordPlan plan, long next, Clock clock)
            throws IOException {
        RecordingWriter writer = RecordingWriter.resume(folder, next, clock);
        writer.sync();
        RunBuilder run = Run.builder(folder.toString());
        try {
            RecordingReader.read(folder, run);
        } catch (UnreadableLogException e) {
            // Killed before anything was recorded: there is nothing to go on from.
            RecordingReader.readSpec(folder, run);
        }
        return new Recorder(folder, plan, writer, run, graph);
    }

    /** What was seen since the last record and is not in the recording yet, by layer: a byte for each unit. */
    public Map<String, byte[]> unitsSeen() {
        Map<String, byte[]> seen = new TreeMap<>();
        activity.forEach((layer, units) -> {
            if (units.hasSeen()) {
                seen.put(layer, units.seen());
            }
        });
        return seen;
    }

    /** Takes over what {@link #unitsSeen} gave at the checkpoint that the training goes on from. */
    public void restoreUnitsSeen(Map<String, byte[]> seen) {
        activity.clear();
        seen.forEach((layer, units) -> activity.put(layer, UnitActivity.of(units)));
    }

    /** The plan in force. */
    public RecordPlan plan() {
        return plan;
    }

    /** Adds what the data look like. */
    public void data(DataProfile profile) throws IOException {
        run.data(profile);
        RecordingFiles.data(folder, profile);
    }

    /** Adds the outcomes of active checks, all of them at once. */
    public void checks(List<Probe> probes) throws IOException {
        probes.forEach(run::probe);
        RecordingFiles.checks(folder, probes);
    }

    /** Adds something that happened to the run. */
    public void event(RunEvent.Kind kind, long atStep, String detail) {
        run.event(kind, atStep, detail);
        writer.event(kind, atStep, writer.now(), detail);
    }

    /**
     * Adds a point of a metric.
     *
     * @param name {@code train/loss}
     * @param atEpoch epoch, possibly fractional; NaN if unknown
     */
    public void scalar(String name, long atStep, double atEpoch, double value) {
        double time = writer.now();
        normGiven |= atStep == step && name.equals(GRADIENT_NORM);
        run.series(name).add(atStep, atEpoch, time, value);
        writer.scalar(name, atStep, atEpoch, time, value);
    }

    /**
     * Begins a step.
     *
     * @param atEpoch epoch, possibly fractional; NaN if unknown
     */
    public void beginStep(long newStep, double atEpoch) {
        step = newStep;
        epoch = atEpoch;
        recording = plan.wants(newStep);
        listening = plan.listens(newStep);
        pending.clear();
        pendingBack.clear();
        gradientNorm = Double.NaN;
        normGiven = false;
        spent = 0;
        parameters = List.of();
    }

    @Override
    public void output(String layer, Tensor output) {
        if (!listening || isInteger(output)) {
            return;
        }
        long began = System.nanoTime();
        hear(layer, output);
        spent += System.nanoTime() - began;
    }

    private void hear(String layer, Tensor output) {
        boolean watched = plan.kinds().contains(TensorKind.ACTIVATION) && axes.has(layer);
        if (!recording && !watched) {
            return;
        }
        TensorKey key = new TensorKey(layer, "", TensorKind.ACTIVATION);
        // Of several forward passes in a step (accumulation) the first is recorded; units are watched in all.
        boolean wanted = recording && plan.kinds().contains(TensorKind.ACTIVATION) && !pending.containsKey(key);
        if (wanted || watched) {
            FloatBuffer elements = elements(output);
            if (wanted) {
                pending.put(key, statistics.summarize(elements));
            }
            if (watched) {
                watch(layer, output.shape(), elements);
            }
        }
        if (recording && plan.kinds().contains(TensorKind.ACTIVATION_GRADIENT) && output.requiresGradient()) {
            TensorKey back = new TensorKey(layer, "", TensorKind.ACTIVATION_GRADIENT);
            output.onGradient(gradient -> {
                if (recording && !pendingBack.containsKey(back)) {
                    long began = System.nanoTime();
                    pendingBack.put(back, statistics.summarize(elements(gradient)));
                    spent += System.nanoTime() - began;
                }
            });
        }
    }

    private void watch(String layer, long[] shape, FloatBuffer outputs) {
        int axis = axes.axis(layer, shape.length);
        int units = (int) shape[axis];
        if (axis == 0 || units == 0) {
            return;
        }
        int rows = 1;
        for (int i = 0; i < axis; i++) {
            rows *= (int) shape[i];
        }
        UnitActivity seen = activity.get(layer);
        if (seen == null || seen.units() != units) {
            seen = new UnitActivity(units);
            activity.put(layer, seen);
        }
        seen.look(outputs, rows, rows == 0 ? 0 : outputs.remaining() / rows / units);
    }

    /**
     * Takes the gradients of a step, after all of its backward passes and before clipping.
     *
     * @param all the parameters of the network
     * @param scale what the loss was multiplied by and the gradients are not yet divided by; 1 if nothing
     */
    public void afterBackward(List<Parameter> all, double scale) {
        afterBackward(all, scale, scale);
    }

    /**
     * The same where the gradients of the parameters have been divided by the scale of the loss already, and those of the
     * layers' outputs have not.
     *
     * @param scale what the gradients of the parameters are still multiplied by
     * @param outputScale what the gradients of the layers' outputs are multiplied by
     */
    public void afterBackward(List<Parameter> all, double scale, double outputScale) {
        if (!recording) {
            return;
        }
        long began = System.nanoTime();
        takeGradients(all, scale, outputScale);
        spent += System.nanoTime() - began;
    }

    private void takeGradients(List<Parameter> all, double scale, double outputScale) {
        parameters = all;
        pendingBack.forEach((key, summary) -> pending.put(key, Scaling.times(summary, 1 / outputScale)));
        pendingBack.clear();
        if (!plan.kinds().contains(TensorKind.GRADIENT)) {
            return;
        }
        double squares = 0;
        for (Parameter parameter : all) {
            var gradient = parameter.tensor().gradient();
            if (gradient.isPresent()) {
                TensorSummary summary = Scaling.times(statistics.summarize(elements(gradient.get())), 1 / scale);
                pending.put(key(parameter, TensorKind.GRADIENT), summary);
                boolean broken = summary.nonFinite() > 0;
                squares += broken ? Double.NaN : summary.l2Norm() * summary.l2Norm();
            }
        }
        gradientNorm = Math.sqrt(squares);
    }

    /** Keeps the parameters as they are before the optimizer changes them. */
    public void beforeUpdate() {
        if (!recording || !plan.kinds().contains(TensorKind.UPDATE)) {
            return;
        }
        long began = System.nanoTime();
        for (Parameter parameter : parameters) {
            if (parameter.trainable()) {
                FloatBuffer elements = elements(parameter.tensor());
                float[] kept = before.computeIfAbsent(parameter.path(), path -> new float[elements.remaining()]);
                elements.get(kept);
            }
        }
        spent += System.nanoTime() - began;
    }

    /** Takes the parameters and what the optimizer changed. */
    public void afterUpdate() {
        if (!recording) {
            return;
        }
        long began = System.nanoTime();
        for (Parameter parameter : parameters) {
            if (plan.kinds().contains(TensorKind.WEIGHT)) {
                pending.put(key(parameter, TensorKind.WEIGHT), statistics.summarize(elements(parameter.tensor())));
            }
            float[] kept = before.get(parameter.path());
            if (plan.kinds().contains(TensorKind.UPDATE) && parameter.trainable() && kept != null) {
                pending.put(
                        key(parameter, TensorKind.UPDATE),
                        statistics.summarizeChange(kept, elements(parameter.tensor())));
            }
        }
        spent += System.nanoTime() - began;
    }

    /** How long this step's tensors took to be summed up so far, which is no part of the training [ns]. */
    public long spentNanos() {
        return spent;
    }

    /**
     * Ends a step: what was taken of it becomes part of the recording.
     *
     * @throws IOException if what was handed over before could not be written
     */
    public void endStep() throws IOException {
        listening = false;
        double time = writer.now();
        if (recording) {
            recording = false;
            if (!normGiven && !Double.isNaN(gradientNorm)) {
                scalar(GRADIENT_NORM, step, epoch, gradientNorm);
            }
            for (Map.Entry<TensorKey, TensorSummary> entry : pending.entrySet()) {
                TensorKey key = entry.getKey();
                TensorSummary summary = entry.getValue();
                UnitActivity seen = key.kind() == TensorKind.ACTIVATION ? activity.get(key.layer()) : null;
                if (seen != null) {
                    summary = summary.withInactiveShare(seen.takeInactiveShare());
                }
                run.tensor(key).add(step, time, summary);
                writer.tensor(key, step, time, summary);
            }
            pending.clear();
            flush(time);
        } else if (time - flushed >= PATIENCE) {
            flush(time);
        }
    }

    private void flush(double time) throws IOException {
        flushed = time;
        writer.flush();
    }

    /**
     * Adds pictures, which TensorBoard shows.
     *
     * @param tag {@code images/0-conv/filters}
     */
    public void picture(String tag, long atStep, Picture picture) {
        writer.image(tag, atStep, writer.now(), picture.width(), picture.height(), picture.png());
    }

    /** What was recorded so far, to be judged by any thread; what comes later does not change it. */
    public Run snapshot() {
        return run.build();
    }

    /** Waits until everything so far is with the operating system, as before a checkpoint. */
    public void sync() throws IOException {
        writer.sync();
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }

    private static TensorKey key(Parameter parameter, TensorKind kind) {
        return new TensorKey(parameter.layer(), parameter.name(), kind);
    }

    private static boolean isInteger(Tensor tensor) {
        return tensor.type() == DType.INT64 || tensor.type() == DType.BOOL;
    }

    /** The elements where they lie, or a copy where they cannot be seen from here. */
    private static FloatBuffer elements(Tensor tensor) {
        return tensor.view().orElseGet(() -> FloatBuffer.wrap(tensor.toFloats()));
    }
}
