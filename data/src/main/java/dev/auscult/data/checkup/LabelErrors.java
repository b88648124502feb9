package dev.auscult.data.checkup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import dev.auscult.data.DataSettings;
import dev.auscult.data.PreparedData;
import dev.auscult.data.Target;
import dev.auscult.data.Task;
import dev.auscult.data.error.DataException;
import dev.auscult.data.labels.ConfidentLearning;
import dev.auscult.data.labels.Method;
import dev.auscult.data.labels.NpyProbabilities;
import dev.auscult.data.labels.Probabilities;
import dev.auscult.data.labels.Suspect;
import dev.auscult.data.learn.NoiseFloor;
import dev.auscult.data.learn.Tails;
import dev.auscult.data.profile.Frame;
import dev.auscult.data.profile.Progress;
import dev.auscult.run.Observation;
import dev.auscult.run.Split;

/**
 * Labels of the training part that are worth a second look: those that a model, trained on the other rows, finds improbable. A
 * flag is a question, never a verdict; nothing is changed, and the test part is never looked at.
 *
 * @param observation how many there are and whether they are more than classes that overlap explain
 * @param suspects all of them, the least probable label first
 */
public record LabelErrors(Observation observation, List<LabelSuspect> suspects) {
    private static final int MOST_EXAMPLES = 20;
    /** With fewer rows no model can be asked about rows that it did not see. */
    private static final int LEAST_ROWS = 30;

    public LabelErrors {
        suspects = List.copyOf(suspects);
    }

    /** Has small models judge the rows of a table; empty where there are no classes, no inputs or too few rows. */
    public static Optional<LabelErrors> observe(Frame train, long seed, Progress progress) {
        Optional<Labelled> labelled = Labelled.of(train)
                .map(l -> l.atMost(Judged.rows(train, l.classes().size())))
                .filter(l -> l.size() >= LEAST_ROWS);
        if (labelled.isEmpty()) {
            return Optional.empty();
        }
        Labelled rows = labelled.get();
        return Judged.of(train, rows.rows(), rows.given(), rows.classes().size(), seed, progress)
                .map(j -> observe(rows, flat(j.probabilities()), j.model()));
    }

    /** The same with probabilities from a file, a row for each row of the table, a column for each class. */
    public static LabelErrors observe(Frame train, Path probabilities, Progress progress) {
        Labelled rows = Labelled.of(train)
                .orElseThrow(() -> new DataException(
                        "probabilities of classes are given, but the target holds no classes; name it by --target"));
        progress.at("reading " + probabilities.getFileName(), Double.NaN);
        return observe(rows, selected(train, rows, probabilities), "given probabilities");
    }

    /**
     * Has small networks judge pictures or sounds.
     *
     * @param files the name of each example in the order of the data set; empty where they have none
     * @param model trains networks
     * @return empty where there are no classes or too few examples
     */
    public static Optional<LabelErrors> observe(
            DataSettings settings, Path base, List<String> files, MediaModel model, long seed, Progress progress) {
        Target target = target(settings, base, seed);
        if (target.task() != Task.CLASSIFICATION || target.size() < LEAST_ROWS) {
            return Optional.empty();
        }
        float[][] probabilities = model.probabilities(settings, base, seed, progress);
        return Optional.of(observe(Labelled.of(target, files), flat(probabilities), "small networks"));
    }

    /** The same with probabilities from a file, a row for each example, a column for each class. */
    public static LabelErrors observe(
            DataSettings settings, Path base, List<String> files, Path probabilities, Progress progress) {
        Target target = target(settings, base, 0);
        if (target.task() != Task.CLASSIFICATION) {
            throw new DataException("probabilities of classes are given, but the target is a "
                    + target.task().label() + "; leave --probabilities out");
        }
        progress.at("reading " + probabilities.getFileName(), Double.NaN);
        Labelled labelled = Labelled.of(target, files);
        try (NpyProbabilities file = NpyProbabilities.open(probabilities)) {
            return observe(labelled, file, "given probabilities");
        } catch (IOException e) {
            throw new DataException(probabilities + ": " + e.getMessage(), e);
        }
    }

    private static Target target(DataSettings settings, Path base, long seed) {
        return PreparedData.open(settings.trainingOnly(), base, seed, said -> {})
                .train()
                .target();
    }

    private static Probabilities flat(float[][] rows) {
        int classes = rows[0].length;
        float[] flat = new float[Math.multiplyExact(rows.length, classes)];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, flat, i * classes, classes);
        }
        return Probabilities.of(flat, classes);
    }

    /** Those rows of a file that are in memory and have a label. */
    private static Probabilities selected(Frame train, Labelled labelled, Path path) {
        try (NpyProbabilities file = NpyProbabilities.open(path)) {
            if (file.examples() != train.total()
                    || file.classes() != labelled.classes().size()) {
                throw new DataException(String.format(
                        Locale.ROOT,
                        "%s holds %s, wanted [%d, %d]: a row for each row of %s, a column for each class (%s)",
                        path,
                        file,
                        train.total(),
                        labelled.classes().size(),
                        train.source(),
                        String.join(", ", labelled.classes())));
            }
            int classes = file.classes();
            float[] kept = new float[Math.multiplyExact(labelled.size(), classes)];
            double[] one = new double[classes];
            for (int i = 0; i < labelled.size(); i++) {
                file.read((int) (train.rowNumber(labelled.rows()[i]) - 1), 1, one);
                for (int k = 0; k < classes; k++) {
                    kept[i * classes + k] = (float) one[k];
                }
            }
            return Probabilities.of(kept, classes);
        } catch (IOException e) {
            throw new DataException(path + ": " + e.getMessage(), e);
        }
    }

    /**
     * Looks at labels and out-of-sample probabilities.
     *
     * @param model what gave them, for people
     */
    static LabelErrors observe(Labelled labelled, Probabilities probabilities, String model) {
        try {
            int[] given = labelled.given();
            ConfidentLearning learned = ConfidentLearning.of(given, probabilities, Method.PBNR);
            Judgements judgements = Judgements.of(given, probabilities);
            NoiseFloor floor = judgements.floor();
            List<Suspect> ranked = new ArrayList<>(learned.suspects());
            ranked.sort(Comparator.<Suspect>comparingDouble(s -> judgements.ofGiven(s.index()))
                    .thenComparingInt(Suspect::index));
            List<LabelSuspect> suspects = new ArrayList<>();
            List<Observation.Example> examples = new ArrayList<>();
            for (Suspect suspect : ranked) {
                Observation.Example at = labelled.named(suspect.index());
                String was = labelled.classes().get(suspect.given());
                String suggested = labelled.classes().get(suspect.suggested());
                double sure = judgements.ofGiven(suspect.index());
                suspects.add(
                        new LabelSuspect(at.row(), at.source(), at.value(), was, suggested, sure, suspect.margin()));
                if (examples.size() < MOST_EXAMPLES) {
                    examples.add(new Observation.Example(
                            at.row(), at.source(), "labelled " + was + ", looks like " + suggested, sure));
                }
            }
            Map<String, Double> numbers = new LinkedHashMap<>();
            numbers.put("rows", (double) given.length);
            numbers.put("classes", (double) labelled.classes().size());
            numbers.put("accuracy", 1 - judgements.disagreements());
            numbers.put("recognised", (double) judgements.ofRecognised().length);
            numbers.put("floor", floor.floor());
            numbers.put(
                    "unexplained",
                    unexplained(judgements, floor, labelled.classes().size()));
            numbers.put("noise-low", floor.low());
            numbers.put("noise-high", Math.max(floor.high(), learned.joint().noise()));
            numbers.put("confusions", (double) Math.round(judgements.disagreements() * given.length));
            numbers.put("suspects", (double) suspects.size());
            numbers.put("p-value", Tails.normal(Math.sqrt(floor.ratio())));
            numbers.put("tests", 1.0);
            numbers.put("detectable", NoiseFloor.detectable(Math.max(1, judgements.ofRecognised().length)));
            Observation observation = new Observation(
                    Observation.Kind.LABEL_ERRORS,
                    Split.TRAIN,
                    labelled.columns(),
                    numbers,
                    Map.of("model", model),
                    examples);
            return new LabelErrors(observation, suspects);
        } catch (IOException e) {
            throw new DataException(Objects.requireNonNullElse(e.getMessage(), "probabilities cannot be read"), e);
        }
    }

    /**
     * The error besides the floor that a model would have left without wrong labels, as a share of the error of guessing. Where a
     * share f of the labels of K classes is exchanged, what a label says of its row shrinks by 1 − f K / (K − 1), and the bounds of
     * the error that models learn with grow by the inverse of that (Natarajan and others 2013).
     */
    private static double unexplained(Judgements judgements, NoiseFloor floor, int classes) {
        double overlap = (judgements.disagreements() - floor.floor()) / (1 - floor.floor());
        double kept = Math.max(0, 1 - floor.floor() * classes / (classes - 1.0));
        return Math.max(0, overlap) * kept / judgements.errorOfGuessing();
    }
}
