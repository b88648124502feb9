package dev.auscult.repair.trial;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import dev.auscult.data.error.DataException;
import dev.auscult.repair.compare.Figure;
import dev.auscult.repair.trial.TrialRequest.Stop;
import dev.auscult.train.check.PreTrainingChecks;
import dev.auscult.train.checkpoint.State;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.EngineException;
import dev.auscult.train.loop.Outcome;
import dev.auscult.train.loop.QuickLook;
import dev.auscult.train.loop.RunDirectory;
import dev.auscult.train.loop.Setup;
import dev.auscult.train.loop.Trainer;
import dev.auscult.train.loop.Workshop;
import dev.auscult.train.metric.Metrics;
import dev.auscult.train.model.ModelException;
import dev.auscult.train.spec.RecordSettings;
import dev.auscult.train.spec.Spec;
import dev.auscult.train.spec.SpecException;
import dev.auscult.train.spec.SpecFile;
import org.jspecify.annotations.Nullable;

/**
 * Makes one trial in its folder, or goes on with one that was left there.
 *
 * <p>What the policy of the spec would do about findings is left out: the loop looks for the cause itself, and a training
 * that treats itself would be compared with one that does not.
 */
final class TrialTraining {
    private static final String REQUEST = "request.txt";

    private final Engine engine;
    private final Examiner examiner;

    TrialTraining(Engine engine, Examiner examiner) {
        this.engine = engine;
        this.examiner = examiner;
    }

    /** Names what was asked for, apart from when it may stop: a hash of spec and seed. */
    static String identity(TrialRequest request) {
        try {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            hash.update(request.text().getBytes(StandardCharsets.UTF_8));
            hash.update(("\0" + request.seed()).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash.digest(), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** How a trial ended that is there already and need not go on; empty if there is something to do. */
    static Optional<Ended> whole(TrialRequest request) throws IOException {
        return Ended.read(request.folder(), identity(request))
                .filter(ended -> ended.whole() || request.stop() == Stop.WHEN_CERTAIN);
    }

    /**
     * Makes it.
     *
     * @param cancelled asked after every step
     * @throws InterruptedException if it was cancelled; it can go on later
     */
    Ended make(TrialRequest request, BooleanSupplier cancelled) throws IOException, InterruptedException {
        String identity = identity(request);
        Optional<Ended> before = Ended.read(request.folder(), identity);
        if (before.isPresent() && (before.get().whole() || request.stop() == Stop.WHEN_CERTAIN)) {
            return before.get();
        }
        long began = System.nanoTime();
        double earlier = before.map(Ended::seconds).orElse(0.0);
        Ended ended;
        try {
            State from = prepare(request, identity);
            ended = train(request, identity, from, cancelled);
        } catch (SpecException | DataException | ModelException | EngineException | IllegalArgumentException e) {
            ended = Ended.failed(identity, String.valueOf(e.getMessage()), 0);
        } catch (OutOfMemoryError e) {
            ended = Ended.failed(identity, "memory did not suffice: " + e.getMessage(), 0);
        }
        Ended timed = new Ended(
                identity,
                ended.ended(),
                ended.whole(),
                ended.steps(),
                ended.planned(),
                earlier + (System.nanoTime() - began) / 1e9,
                ended.kept(),
                ended.reason());
        timed.write(request.folder());
        return timed;
    }

    /** Makes the folder ready; the checkpoint to go on from, or null to begin. */
    private static @Nullable State prepare(TrialRequest request, String identity) throws IOException {
        Path folder = request.folder();
        RunDirectory directory = new RunDirectory(folder);
        Path mark = folder.resolve(REQUEST);
        boolean same = Files.isRegularFile(mark)
                && Files.readString(mark, StandardCharsets.UTF_8).strip().equals(identity);
        if (same && Files.isRegularFile(directory.last()) && Files.isRegularFile(directory.spec())) {
            try {
                return State.read(directory.last());
            } catch (IOException torn) {
                // Nothing to go on from: it begins again.
            }
        }
        clear(folder);
        Files.createDirectories(folder.resolve("checkpoints"));
        directory.write(mark, identity + "\n");
        return null;
    }

    private static void clear(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                if (!path.equals(folder)) {
                    Files.delete(path);
                }
            }
        }
    }

    private Ended train(TrialRequest request, String identity, @Nullable State from, BooleanSupplier cancelled)
            throws IOException, InterruptedException {
        Spec spec = spec(request);
        RunDirectory directory = new RunDirectory(request.folder());
        Certainty certainty = new Certainty(examiner, request.stop());
        try (Setup plain = Setup.open(spec, request.base(), engine, sentence -> {})) {
            Setup setup = measured(plain);
            Outcome outcome;
            long planned;
            try (Workshop shop = Workshop.open(setup, directory, from);
                    Trainer trainer = new Trainer(shop, directory, from, certainty, certainty)) {
                planned = planned(setup);
                if (from == null) {
                    shop.profiled(new QuickLook().at(setup, remark -> {}));
                    shop.tried(PreTrainingChecks.run(setup));
                }
                outcome = trainer.train(() -> certainty.isReached() || cancelled.getAsBoolean());
            }
            return ended(outcome, certainty, identity, planned, setup);
        }
    }

    /** What is trained; where the author holds nothing out, a fifth, or nothing could be told of what a repair is worth. */
    private static Spec spec(TrialRequest request) {
        String seed = "seed=" + request.seed();
        Spec spec = SpecFile.parse(request.name(), request.text(), "trial", List.of(seed));
        var validation = spec.data().validation();
        boolean none = validation.fraction() == 0 && validation.file() == null && validation.folds() == 0;
        return none
                ? SpecFile.parse(request.name(), request.text(), "trial", List.of(seed, "data.validation=0.2"))
                : spec;
    }

    private static Ended ended(Outcome outcome, Certainty certainty, String identity, long planned, Setup setup)
            throws IOException, InterruptedException {
        boolean stopped = outcome.ending() == Outcome.Ending.INTERRUPTED;
        if (stopped && !certainty.isReached()) {
            throw new InterruptedException("asked to stop");
        }
        if (outcome.ending() == Outcome.Ending.UNWRITABLE) {
            throw new IOException(outcome.reason());
        }
        String ending = switch (outcome.ending()) {
            case COMPLETED -> "completed";
            case EARLY_STOP -> "early-stop";
            default -> certainty.isLost() ? "lost" : "stopped";
        };
        boolean whole = !stopped || certainty.isLost();
        String reason = stopped ? certainty.reason() : outcome.reason();
        return new Ended(identity, ending, whole, outcome.step(), planned, 0, kept(outcome, setup.spec()), reason);
    }

    /** The figures of the weights with which the training ends; none that are finite where its outputs are not. */
    private static Map<String, Double> kept(Outcome outcome, Spec spec) {
        var stopping = spec.training().earlyStopping();
        boolean best =
                stopping != null && stopping.restoreBest() && !outcome.best().isEmpty();
        Map<String, Double> kept = new LinkedHashMap<>(best ? outcome.best() : outcome.last());
        double loss = kept.getOrDefault("validation/loss", 0.0);
        if (Double.isNaN(loss)) {
            // A class can be read off outputs that are not numbers, but nothing was predicted.
            kept.replaceAll((name, value) -> Double.NaN);
        }
        kept.putAll(outcome.test());
        return kept;
    }

    /** Optimizer steps that the spec plans. */
    static long planned(Setup setup) {
        var training = setup.spec().training();
        int size = setup.data().train().size();
        int batch = Math.min(training.batchSize(), size);
        long batches = training.dropLast() ? size / batch : (size + batch - 1L) / batch;
        long perEpoch = (batches + training.accumulate() - 1) / training.accumulate();
        return perEpoch * training.epochs();
    }

    /** The same training, with everything measured that figures are read from, and judged after every epoch. */
    static Setup measured(Setup setup) {
        Spec spec = setup.spec();
        Set<String> metrics = new LinkedHashSet<>(
                spec.metrics().isEmpty() ? Metrics.defaults(setup.data().shape()) : spec.metrics());
        List<String> known = metrics.stream().map(m -> m.replace('-', '_')).toList();
        Figure.metrics(setup.data().shape().task().label()).stream()
                .filter(m -> !known.contains(m))
                .forEach(metrics::add);
        RecordSettings record = spec.record();
        Spec complete = new Spec(
                spec.name(),
                spec.seed(),
                spec.data(),
                spec.model(),
                spec.loss(),
                List.copyOf(metrics),
                spec.optimizer(),
                spec.schedule(),
                spec.regularization(),
                spec.training(),
                new RecordSettings(
                        record.every(),
                        record.logarithmic(),
                        record.tensors(),
                        record.scalarsEvery(),
                        record.images(),
                        Math.max(1, record.examineEvery())),
                spec.policy());
        return new Setup(complete, setup.base(), setup.engine(), setup.data(), setup.network(), setup.criterion());
    }
}
