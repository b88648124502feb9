package dev.auscult.train.loop;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.auscult.data.Examples;
import dev.auscult.data.Loader;
import dev.auscult.data.LoaderSettings;
import dev.auscult.run.DataProfile;
import dev.auscult.run.Probe;
import dev.auscult.train.checkpoint.State;
import dev.auscult.train.engine.DType;
import dev.auscult.train.engine.RandomSource;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.engine.Tensor;
import dev.auscult.train.model.Parameter;
import dev.auscult.train.optimizer.Optimizer;
import dev.auscult.train.optimizer.OptimizerState;
import dev.auscult.train.optimizer.Optimizers;
import dev.auscult.train.record.RecordPlan;
import dev.auscult.train.record.Recorder;
import dev.auscult.train.schedule.Schedule;
import dev.auscult.train.schedule.Schedules;
import dev.auscult.train.spec.Spec;
import dev.auscult.train.spec.SpecDifference;
import dev.auscult.train.spec.SpecWriter;
import org.jspecify.annotations.Nullable;

/** Everything that a training works with besides its position: network, optimizer, schedule, loader, recorder. */
public final class Workshop implements AutoCloseable {
    /** Records of the loss that an epoch gives at most, where the spec does not say. */
    private static final int SCALARS_PER_EPOCH = 100;

    /** Begins the names of weights in a checkpoint that are to be used, where others are trained. */
    private static final String EVALUATED = "evaluated/";

    /** Begins the names of what the recorder saw of units since its last record. */
    private static final String UNITS_SEEN = "recorder/units-seen/";

    private final Setup setup;
    private final Optimizer optimizer;
    private final Schedule schedule;
    private final Loader loader;
    private final Recorder recorder;
    private final RandomSource dropout;
    private final Regularizers regularizers;
    private final Stopping stopping;
    private final Evaluator evaluator;
    private final int batchSize;
    private final int scalarsEvery;
    private final Origin origin;
    private final List<SpecDifference> changes;

    private Workshop(Setup setup, RunDirectory directory, @Nullable State from) throws IOException {
        this.setup = setup;
        Spec spec = setup.spec();
        Examples train = setup.data().train();
        this.batchSize = Math.min(spec.training().batchSize(), train.size());
        this.loader = Loader.of(
                train,
                new LoaderSettings(
                        batchSize,
                        spec.data().shuffle(),
                        spec.training().dropLast(),
                        spec.data().augment(),
                        Seeds.examples(spec.seed())));
        this.optimizer = Optimizers.of(spec.optimizer(), setup.network().parameters(), setup.engine());
        this.schedule = Schedules.of(
                spec.schedule(),
                spec.optimizer().learningRate(),
                stepsPerEpoch(),
                spec.training().epochs());
        this.dropout = setup.engine().random(Seeds.dropout(spec.seed()));
        this.regularizers =
                new Regularizers(setup, stepsPerEpoch() * spec.training().epochs());
        this.stopping = new Stopping(
                spec.training().earlyStopping(), setup.data().validation().isPresent());
        this.evaluator = new Evaluator(
                        setup.engine(),
                        setup.data().shape(),
                        setup.criterion(),
                        spec.metrics(),
                        spec.training().evaluateBatch())
                .inUnits(setup.data().targetMean(), setup.data().targetDeviation());
        Sanity.check(setup, batchSize, stopping.monitor());
        int asked = spec.record().scalarsEvery();
        this.scalarsEvery = asked > 0 ? asked : (int) Math.max(1, stepsPerEpoch() / SCALARS_PER_EPOCH);
        RecordPlan plan = RecordPlan.of(spec.record());
        this.origin = Origin.of(setup);
        this.changes = from == null ? List.of() : origin.changesSince(from, spec);
        if (from == null) {
            recorder = Recorder.create(
                    directory.path(), SpecWriter.write(spec), setup.network().graph(), plan, Clock.systemUTC());
            recorder.data(setup.data().profile());
            directory.writeBase(setup.base());
        } else {
            recorder = Recorder.resume(
                    directory.path(), setup.network().graph(), plan, from.integer("position/step"), Clock.systemUTC());
        }
    }

    /**
     * Sets up a training that begins, or goes on where a checkpoint ends.
     *
     * @param setup data, network and loss; not closed with this
     * @param from the checkpoint; null to begin
     * @throws IOException if the recording cannot be written
     */
    public static Workshop open(Setup setup, RunDirectory directory, @Nullable State from) throws IOException {
        return new Workshop(setup, directory, from);
    }

    /** What differs from the checkpoint that the training goes on from. */
    List<SpecDifference> changes() {
        return changes;
    }

    /**
     * Puts a fuller profile of the data into the recording.
     *
     * @throws IOException if it cannot be written
     */
    public void profiled(DataProfile profile) throws IOException {
        recorder.data(profile);
    }

    /**
     * Adds the outcomes of checks before training to the recording.
     *
     * @throws IOException if they cannot be written
     */
    public void tried(List<Probe> probes) throws IOException {
        recorder.checks(probes);
    }

    Setup setup() {
        return setup;
    }

    Optimizer optimizer() {
        return optimizer;
    }

    Schedule schedule() {
        return schedule;
    }

    Loader loader() {
        return loader;
    }

    Recorder recorder() {
        return recorder;
    }

    RandomSource dropout() {
        return dropout;
    }

    Regularizers regularizers() {
        return regularizers;
    }

    Stopping stopping() {
        return stopping;
    }

    /** Steps between records of the loss. */
    int scalarsEvery() {
        return scalarsEvery;
    }

    DType precision() {
        return switch (setup.spec().training().precision()) {
            case "bfloat16" -> DType.BFLOAT16;
            case "float16" -> DType.FLOAT16;
            default -> DType.FLOAT32;
        };
    }

    /** Optimizer steps of an epoch. */
    long stepsPerEpoch() {
        int accumulate = setup.spec().training().accumulate();
        return (loader.batchesPerEpoch() + accumulate - 1L) / accumulate;
    }

    /** Examples of a full step. */
    int examplesPerStep() {
        return batchSize * setup.spec().training().accumulate();
    }

    /** Examples of the batches {@code first} (inclusive) to {@code end} (exclusive) of an epoch. */
    long examplesOf(int first, int end) {
        return Math.min((long) end * batchSize, setup.data().train().size()) - (long) first * batchSize;
    }

    /** Epochs completed, with the part of this one that is behind. */
    double epochsAt(Position position) {
        return position.epoch + (double) position.batch / loader.batchesPerEpoch();
    }

    /** Loss and metrics on the validation examples, by name; empty where there are none. */
    Map<String, Double> validate() {
        return measured("validation/", setup.data().validation().orElse(null));
    }

    /** Loss and metrics on the test examples, by name; empty where there are none. */
    Map<String, Double> test() {
        return measured("test/", setup.data().test().orElse(null));
    }

    private Map<String, Double> measured(String prefix, @Nullable Examples examples) {
        Map<String, Double> results = new LinkedHashMap<>();
        if (examples != null && examples.size() > 0) {
            evaluator.measure(setup.network(), examples).forEach((name, value) -> results.put(prefix + name, value));
        }
        return results;
    }

    /** Puts the weights in place that are to be evaluated; closing puts the trained ones back. */
    Scope evaluationWeights() {
        return new EvaluationWeights(setup, regularizers, optimizer, isScheduleFree());
    }

    private boolean isScheduleFree() {
        return setup.spec().optimizer().type().startsWith("schedule-free");
    }

    /** Whether other weights are evaluated than are trained. */
    private boolean evaluatesOthers() {
        return isScheduleFree() || regularizers.averages();
    }

    /** The weights in place, as they are to be kept in a checkpoint where they are not those that are trained. */
    State evaluated() {
        State state = new State();
        if (evaluatesOthers()) {
            saveWeights(state, EVALUATED);
        }
        return state;
    }

    private void saveWeights(State state, String prefix) {
        setup.network().parameters().forEach(p -> state.put(prefix + "parameters/" + p.path(), p.tensor()));
        setup.network().buffers().forEach((path, tensor) -> state.put(prefix + "buffers/" + path, tensor));
    }

    void save(State state) {
        saveWeights(state, "");
        OptimizerState remembered = optimizer.state();
        remembered.tensors().forEach((name, tensor) -> state.put("optimizer/" + name, tensor));
        remembered.numbers().forEach((name, number) -> state.put("optimizer/" + name, number));
        schedule.state().forEach((name, number) -> state.put("schedule/" + name, number));
        state.put("dropout", dropout.state());
        regularizers.save(state);
        origin.save(state);
        recorder.unitsSeen().forEach((layer, units) -> state.put(UNITS_SEEN + layer, units));
        stopping.save(state);
    }

    @SuppressWarnings("try") // Scopes work by being open.
    void restore(State state) {
        restoreWeights(state, "");
        try (Scope scope = setup.engine().scope()) {
            optimizer.restore(new OptimizerState(
                    state.tensorsUnder("optimizer/", setup.engine()), state.numbersUnder("optimizer/")));
        }
        schedule.restore(state.numbersUnder("schedule/"));
        dropout.restore(state.bytes("dropout"));
        regularizers.restore(state);
        recorder.restoreUnitsSeen(state.bytesUnder(UNITS_SEEN));
        stopping.restore(state);
    }

    /** Goes back to what a checkpoint trained, with what the optimizer remembered then; the position stays. */
    @SuppressWarnings("try") // Scopes work by being open.
    void rollBack(State state) {
        restoreWeights(state, "");
        try (Scope scope = setup.engine().scope()) {
            optimizer.restore(new OptimizerState(
                    state.tensorsUnder("optimizer/", setup.engine()), state.numbersUnder("optimizer/")));
        }
        regularizers.restore(state);
    }

    /** Takes over the weights that a checkpoint was evaluated with. */
    void restoreWeights(State state) {
        restoreWeights(state, state.has(EVALUATED) ? EVALUATED : "");
    }

    @SuppressWarnings("try") // Scopes work by being open.
    private void restoreWeights(State state, String prefix) {
        try (Scope still = setup.engine().withoutGradients()) {
            for (Parameter parameter : setup.network().parameters()) {
                state.restore(prefix + "parameters/" + parameter.path(), parameter.tensor());
            }
            setup.network().buffers().forEach((path, tensor) -> state.restore(prefix + "buffers/" + path, tensor));
        }
    }

    /** The gradients of all parameters that have one. */
    List<Tensor> gradients() {
        List<Tensor> gradients = new ArrayList<>();
        for (Parameter parameter : setup.network().parameters()) {
            if (parameter.trainable()) {
                parameter.tensor().gradient().ifPresent(gradients::add);
            }
        }
        return gradients;
    }

    @Override
    public void close() {
        loader.close();
        optimizer.close();
        dropout.close();
        regularizers.close();
        try {
            recorder.close();
        } catch (IOException saidBefore) {
            // Every checkpoint waits for the recording: what fails only now came after a failure that was told.
        }
    }
}
