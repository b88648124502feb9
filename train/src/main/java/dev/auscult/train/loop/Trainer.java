package dev.auscult.train.loop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import dev.auscult.run.RunEvent;
import dev.auscult.train.checkpoint.State;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.loop.Outcome.Ending;
import dev.auscult.train.spec.Spec;
import org.jspecify.annotations.Nullable;

/**
 * Trains a network as its spec says: steps, evaluations, checkpoints, and what the doctor advises.
 *
 * <p>Whatever decides how it goes on is in the checkpoints: a training that was killed and resumed gives the same bits as
 * one that was not.
 */
public final class Trainer implements AutoCloseable {
    /** Between checkpoints within an epoch [ns]. */
    private static final long CHECKPOINT_PERIOD = 60_000_000_000L;

    /** A recording is judged again once it has grown by one part in so many. */
    private static final int RARELY = 10;

    /** What advice makes of the learning rate. */
    private static final double LOWERED = 1.0 / 3;

    private final Workshop shop;
    private final Spec spec;
    private final RunDirectory directory;
    private final Checkpoints checkpoints;
    private final TrainingListener listener;
    private final Consultation consultation;
    private final Position position = new Position();
    private final StepRunner steps;
    private final Gallery gallery;
    private Map<String, Double> best = Map.of();
    private Map<String, Double> last = Map.of();
    private Judge.@Nullable Judgement answered;
    private boolean asked;
    private boolean unwritable;
    private final long period;
    private final boolean begins;
    private long saved = System.nanoTime();

    /**
     * A training that begins, or goes on where a checkpoint ends.
     *
     * @param shop what the training works with; not closed with this
     * @param from the checkpoint; null to begin
     * @throws IOException if what a kill left undone cannot be completed
     */
    public Trainer(Workshop shop, RunDirectory directory, @Nullable State from, TrainingListener listener, Judge judge)
            throws IOException {
        this(shop, directory, from, listener, judge, CHECKPOINT_PERIOD);
    }

    /**
     * A training that saves more often.
     *
     * @param period least time between checkpoints within an epoch [ns]
     */
    Trainer(
            Workshop shop,
            RunDirectory directory,
            @Nullable State from,
            TrainingListener listener,
            Judge judge,
            long period)
            throws IOException {
        this.shop = shop;
        this.period = period;
        this.begins = from == null;
        this.checkpoints = new Checkpoints(directory);
        this.spec = shop.setup().spec();
        this.directory = directory;
        this.listener = listener;
        this.consultation = new Consultation(judge);
        this.steps = new StepRunner(shop, position);
        this.gallery = new Gallery(shop.setup(), shop.recorder());
        if (from != null) {
            restore(from);
        }
    }

    private void restore(State state) throws IOException {
        position.restore(state);
        checkpoints.settle(position);
        shop.restore(state);
        boolean longer = shop.changes().stream().anyMatch(change -> change.key().equals("training.epochs"));
        if (longer && position.epoch < spec.training().epochs()) {
            position.finished = false;
        }
        consultation.remember(state.text("judge/memory").orElse(""));
        last = Results.restore(state, "last");
        best = Results.restore(state, "best");
        asked = state.text("judge/asked").equals(Optional.of("1"));
        state.text("judge/advice")
                .ifPresent(advice -> answered = new Judge.Judgement(
                        Advice.valueOf(advice), state.text("judge/reason").orElse("")));
    }

    /** All that decides how the training goes on, but for what the judge says of it. */
    private State state() {
        State state = new State();
        position.save(state);
        shop.save(state);
        Results.save(state, "last", last);
        Results.save(state, "best", best);
        return state;
    }

    private void saveJudge(State state) {
        // What was asked must be answered before the state is whole.
        Judge.Judgement judgement = hear();
        state.put("judge/asked", asked ? 1L : 0L);
        if (judgement != null) {
            state.put("judge/advice", judgement.advice().name());
            state.put("judge/reason", judgement.reason());
        }
        state.put("judge/memory", consultation.memory());
    }

    private Judge.@Nullable Judgement hear() {
        Judge.Judgement fresh = consultation.answer();
        if (fresh != null) {
            answered = fresh;
        }
        return answered;
    }

    /**
     * Trains to the end, or until asked to stop.
     *
     * @param stop asked after every step; once true the training is saved and can be resumed
     */
    public Outcome train(BooleanSupplier stop) {
        listener.started(
                shop.setup().story(),
                shop.setup().network().graph(),
                new TrainingListener.Plan(
                        spec.training().epochs(), shop.stepsPerEpoch(), position.epoch, shop.examplesPerStep()));
        shop.schedule().warnings().forEach(listener::note);
        shop.regularizers().pruning().ifPresent(pruning -> listener.note(pruning.plan()));
        shop.changes().forEach(change -> listener.note("changed since the checkpoint: " + change));
        try {
            if (begins) {
                // Whatever happens from now on, the training can be resumed.
                saveLast();
            }
            while (!position.finished) {
                Outcome ended = position.epoch < spec.training().epochs()
                        ? epoch(stop)
                        : finish(Ending.COMPLETED, epochs(spec.training().epochs()));
                if (ended != null) {
                    return ended;
                }
            }
            return outcome(Ending.COMPLETED, "the training had ended before", Map.of());
        } catch (UncheckedIOException e) {
            return outcome(
                    Ending.UNWRITABLE,
                    "the recording cannot be written (" + reason(e) + "); make room, then resume",
                    Map.of());
        }
    }

    private static String epochs(int count) {
        return count == 1 ? "1 epoch" : count + " epochs";
    }

    /** One epoch, or what is left of it; null if another follows. */
    private @Nullable Outcome epoch(BooleanSupplier stop) {
        ask();
        shop.loader().startEpoch(position.epoch, position.batch);
        while (position.batch < shop.loader().batchesPerEpoch()) {
            try {
                listener.step(steps.take());
            } catch (IOException e) {
                cannotWrite("the recording", e);
            }
            // What is measured when the epoch ends belongs to its last step: it is saved with that, or not at all.
            if (position.batch == shop.loader().batchesPerEpoch()) {
                break;
            }
            if (stop.getAsBoolean()) {
                return interrupted();
            }
            if (System.nanoTime() - saved > period) {
                saveLast();
            }
        }
        double trainLoss = position.meanLoss();
        position.nextEpoch();
        shop.regularizers().epochDone(position.epoch);
        gallery.epochDone(position.epoch, lastStep());
        Optional<String> stopEarly = Optional.empty();
        if (position.epoch % spec.training().evaluateEvery() == 0
                || position.epoch == spec.training().epochs()) {
            stopEarly = evaluate(trainLoss);
        }
        Outcome ended = follow();
        if (ended != null) {
            return ended;
        }
        if (stopEarly.isPresent()) {
            return finish(Ending.EARLY_STOP, stopEarly.get());
        }
        boolean more = position.epoch < spec.training().epochs();
        if (more && stop.getAsBoolean()) {
            return interrupted();
        }
        // After the last epoch the state is saved with what finishing the training adds to the recording.
        if (more && (position.epoch % spec.training().checkpointEvery() == 0 || checkpoints.isPending())) {
            saveLast();
        }
        return null;
    }

    private Outcome interrupted() {
        saveLast();
        return outcome(Ending.INTERRUPTED, "asked to stop", Map.of());
    }

    /** Has the recording judged where that is due. The answer counts at the end of the epoch that begins now. */
    private void ask() {
        int every = spec.record().examineEvery();
        boolean due = every > 0 && position.batch == 0 && position.epoch > 0 && position.epoch % every == 0;
        // A long recording costs more to judge and changes more slowly: the cost of judging stays a share of the whole.
        if (due && !asked && position.step - position.judged >= position.step / RARELY) {
            asked = true;
            position.judged = position.step;
            consultation.ask(shop.recorder().snapshot());
        }
    }

    /** Does what the judge advised; the end of the training, or null. */
    private @Nullable Outcome follow() {
        Judge.Judgement judgement = hear();
        asked = false;
        answered = null;
        if (judgement == null) {
            return null;
        }
        judgement.reason().lines().forEach(listener::note);
        switch (judgement.advice()) {
            case GO_ON -> {}
            case LOWER_LEARNING_RATE -> lower(judgement.reason());
            case ROLL_BACK -> {
                rollBack();
                lower(judgement.reason());
            }
            case STOP -> {
                return finish(Ending.STOPPED, judgement.reason());
            }
        }
        return null;
    }

    private void lower(String reason) {
        position.learningRateFactor *= LOWERED;
        shop.recorder().event(RunEvent.Kind.LEARNING_RATE_CHANGE, lastStep(), "to a third: " + reason);
        listener.note("the learning rate falls to a third");
    }

    private void rollBack() {
        if (best.isEmpty()) {
            listener.note("there is no good checkpoint to go back to");
            return;
        }
        try {
            shop.rollBack(checkpoints.readBest());
            listener.note("back to the weights after epoch " + position.bestEpoch);
        } catch (IOException e) {
            listener.note("cannot go back to the best checkpoint: " + e.getMessage());
        }
    }

    /** Evaluates; why the training is to stop early, or empty. */
    @SuppressWarnings("try") // Scopes work by being open.
    private Optional<String> evaluate(double trainLoss) {
        Map<String, Double> results = new LinkedHashMap<>();
        results.put("train/loss", trainLoss);
        State evaluated;
        try (Scope averaged = shop.evaluationWeights()) {
            results.putAll(shop.validate());
            evaluated = shop.evaluated();
        }
        last = results;
        record(results);
        double score = shop.stopping().score(results);
        // A network of which more is to be taken out is not yet the one that is asked for: the newest counts.
        boolean settled = shop.regularizers().isSettled();
        boolean better = !settled || score < position.best;
        if (better) {
            position.best = settled ? score : Double.POSITIVE_INFINITY;
            position.bestEpoch = position.epoch;
            best = results;
        }
        shop.schedule().observe(position.epoch, results.getOrDefault("validation/loss", trainLoss));
        Optional<String> stop =
                settled ? shop.stopping().observe(position.epoch, results, trainLoss) : Optional.empty();
        if (better) {
            saveBest(evaluated);
        }
        listener.evaluated(position.epoch, position.step, results, better);
        return stop;
    }

    /** Records results beside the last step, after which they were measured. */
    private void record(Map<String, Double> results) {
        results.forEach((name, value) -> {
            // The loss of the training examples is recorded step by step.
            if (!name.equals("train/loss")) {
                shop.recorder().scalar(name, lastStep(), position.epoch, value);
            }
        });
    }

    /** The last step taken; what is recorded at it is kept when the training is resumed. */
    private long lastStep() {
        return Math.max(0, position.step - 1);
    }

    @SuppressWarnings("try") // Scopes work by being open.
    private Outcome finish(Ending ending, String reason) {
        boolean restored = false;
        if (shop.stopping().restoresBest() && !best.isEmpty() && position.bestEpoch < position.epoch) {
            try {
                shop.restoreWeights(checkpoints.readBest());
                restored = true;
                listener.note("kept the weights after epoch " + position.bestEpoch + ", the best");
            } catch (IOException e) {
                listener.note("cannot go back to the best weights: " + e.getMessage());
            }
        }
        Map<String, Double> test;
        State evaluated = new State();
        if (restored) {
            // These are the weights that were evaluated, whatever was trained beside them.
            test = shop.test();
        } else {
            try (Scope averaged = shop.evaluationWeights()) {
                test = shop.test();
                evaluated = shop.evaluated();
            }
        }
        shop.regularizers().pruning().ifPresent(pruning -> listener.note(pruning.result()));
        record(test);
        steps.recordRest();
        RunEvent.Kind kind = ending == Ending.COMPLETED ? RunEvent.Kind.COMPLETED : RunEvent.Kind.EARLY_STOP;
        shop.recorder().event(kind, lastStep(), reason);
        position.finished = true;
        saveLast(evaluated);
        return outcome(ending, reason, test);
    }

    private void saveLast() {
        saveLast(new State());
    }

    /** Saves the state, with the weights that are to be used where others are trained. */
    private void saveLast(State evaluated) {
        State state = state();
        state.putAll(evaluated);
        saveJudge(state);
        try {
            // What a checkpoint follows must not be lost when the checkpoint is not.
            shop.recorder().sync();
        } catch (IOException e) {
            cannotWrite("the recording", e);
        }
        try {
            checkpoints.last(state);
        } catch (IOException e) {
            cannotWrite("the checkpoint", e);
        }
        saved = System.nanoTime();
    }

    private void saveBest(State evaluated) {
        State state = state();
        state.putAll(evaluated);
        try {
            checkpoints.best(state);
        } catch (IOException e) {
            cannotWrite("the best checkpoint", e);
        }
    }

    private static String reason(UncheckedIOException e) {
        Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
        return cause instanceof FileSystemException at && at.getReason() != null
                ? at.getFile() + ": " + at.getReason()
                : String.valueOf(cause.getMessage());
    }

    /** Ends the training, or says so once and goes on, as the policy is. */
    private void cannotWrite(String what, IOException e) {
        if (spec.policy().unwritable().equals("stop")) {
            throw new UncheckedIOException(e);
        }
        if (!unwritable) {
            unwritable = true;
            listener.note("cannot write " + what + " (" + e.getMessage() + "); the training goes on without");
        }
    }

    private Outcome outcome(Ending ending, String reason, Map<String, Double> test) {
        return new Outcome(ending, directory.path(), position.epoch, position.step, best, last, test, reason);
    }

    @Override
    public void close() {
        consultation.close();
    }
}
