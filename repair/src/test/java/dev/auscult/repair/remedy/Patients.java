package dev.auscult.repair.remedy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

import dev.auscult.data.DataShape;
import dev.auscult.data.Extents;
import dev.auscult.data.Task;
import dev.auscult.train.spec.Spec;
import dev.auscult.train.spec.SpecEdit;
import dev.auscult.train.spec.SpecEdit.Change;
import dev.auscult.train.spec.SpecFile;

/** Specs to treat: the base programs of the fault bench, the examples, and sick variants of both. */
final class Patients {
    private static final Path BASES = Path.of("../bench/src/main/resources/dev/auscult/bench/faults/bases");
    private static final Path EXAMPLES = Path.of("../examples/specs");
    private static final Path SICK = EXAMPLES.resolve("sick");

    private Patients() {}

    /** A patient whose range test suggests a rate; NaN for one that suggests none. */
    static Patient of(String text, double bestRate) {
        return new Patient(
                text,
                parse(text),
                Path.of(""),
                Optional.empty(),
                () -> Double.isNaN(bestRate) ? OptionalDouble.empty() : OptionalDouble.of(bestRate));
    }

    static Patient of(String text) {
        return of(text, Double.NaN);
    }

    static Spec parse(String text) {
        return SpecFile.parse("patient.yaml", text, "patient", List.of());
    }

    /** The spec with the changes of a treatment, which must apply. */
    static Spec treated(String treatment, Patient patient) {
        return parse(text(treatment, patient));
    }

    static String text(String treatment, Patient patient) {
        List<Change> changes = Formulary.named(treatment).orElseThrow().edits().of(patient);
        if (changes.isEmpty()) {
            throw new AssertionError(treatment + " does not apply");
        }
        return SpecEdit.apply("patient.yaml", patient.text(), changes);
    }

    static boolean applies(String treatment, Patient patient) {
        return !Formulary.named(treatment).orElseThrow().edits().of(patient).isEmpty();
    }

    /** The text of a base program of the bench. */
    static String base(String name) {
        return read(BASES.resolve(name + ".yaml"));
    }

    static String sick(String name) {
        return read(SICK.resolve(name + ".yaml"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String with(String text, String... changes) {
        List<Change> list = new ArrayList<>();
        for (int i = 0; i < changes.length; i += 2) {
            list.add(new Change(changes[i], changes[i + 1], ""));
        }
        return SpecEdit.apply("patient.yaml", text, list);
    }

    /** A text and what its data come to when they are prepared. */
    record Sample(String name, String text, DataShape shape) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Sample> all() {
        List<Sample> all = new ArrayList<>();
        for (Path folder : List.of(BASES, EXAMPLES, SICK)) {
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(f -> f.toString().endsWith(".yaml")).sorted().forEach(f -> {
                    String text = read(f);
                    String file = f.getFileName().toString();
                    all.add(new Sample(folder.getFileName() + "/" + file, text, shape(parse(text), folder == BASES)));
                });
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        all.addAll(variants());
        return List.copyOf(all);
    }

    private static List<Sample> variants() {
        List<Sample> sick = new ArrayList<>();
        String digits = base("digits-mlp");
        String deep = base("digits-deep");
        String tanh = base("digits-tanh");
        String friedman = base("friedman-regression");
        String echo = base("echo-rnn");
        add(sick, "rate-high", with(digits, "optimizer.learning-rate", "0.4"));
        add(sick, "rate-low", with(tanh, "optimizer.learning-rate", "0.0002"));
        add(sick, "dead-early", with(digits, "schedule", "{type: exponential, per: step, factor: 0.05}"));
        add(sick, "epsilon", with(digits, "optimizer.epsilon", "1"));
        add(sick, "momentum", with(tanh, "optimizer.momentum", "0.999", "training.clip-norm", "0.003"));
        add(sick, "init", with(deep, "model.initializer", "{normal: 3}"));
        add(sick, "decay", with(digits, "optimizer.weight-decay", "10", "regularization.label-smoothing", "0.9"));
        add(sick, "softmax", with(tanh, "model.layers.5", "+softmax", "loss", "mse"));
        add(sick, "unscaled", with(friedman, "data.normalize", "none", "data.normalize-target", "false"));
        add(sick, "noise", with(friedman, "data.augment", "[{noise: {deviation: 4}}]"));
        add(sick, "recurrence", with(echo, "model.initializer", "{normal: 2}", "training.clip-norm", "null"));
        add(sick, "half", with(digits, "training.precision", "float16", "data.normalize", "{divide: 1e-5}"));
        add(sick, "unshuffled", with(digits, "data.shuffle", "false", "training.batch-size", "1"));
        add(sick, "full-batch", with(digits, "training.batch-size", "full", "training.epochs", "1"));
        add(
                sick,
                "folded",
                with(digits, "model.layers", "[{dense: {units: 32, activation: sigmoid}}, {dense: classes}]"));
        add(
                sick,
                "written-out",
                with(
                        base("mnist-resnet"),
                        "model.layers.4",
                        "{residual: {layers: [{conv: {filters: 8, padding: same, initializer: zeros}}, relu], shortcut: identity}}"));
        add(sick, "frozen", with(digits, "optimizer.groups", "[{match: \"0-dense*\", frozen: true}]"));
        add(sick, "derived", digits.replaceAll("(?m)^model: .*\n", ""));
        add(sick, "derived-zeros", digits.replaceAll("(?m)^model: .*$", "model: {initializer: zeros}"));
        return sick;
    }

    private static void add(List<Sample> to, String name, String text) {
        to.add(new Sample("variant/" + name, text, shape(parse(text), true)));
    }

    /** Inputs by the name of the data set, as the bench writes it or as the examples read it. */
    private static DataShape shape(Spec spec, boolean bench) {
        String train = bench ? spec.name() : spec.data().train();
        if (spec.data().text() != null) {
            return new DataShape(
                    Task.CLASSIFICATION, Extents.of(spec.data().text().length()), true, 300, 4);
        }
        if (spec.data().audio() != null) {
            return new DataShape(Task.CLASSIFICATION, Extents.of(1, 32, 58), false, 0, 10);
        }
        if (!bench && train.contains("mnist")) {
            return new DataShape(Task.CLASSIFICATION, Extents.of(1, 28, 28), false, 0, 10);
        }
        if (spec.data().task() == Task.REGRESSION) {
            return new DataShape(Task.REGRESSION, Extents.of(10), false, 0, 1);
        }
        long features = train.contains("digits")
                ? 64
                : train.contains("mnist") ? 196 : train.contains("waves") ? 24 : train.contains("echo") ? 16 : 13;
        return new DataShape(Task.CLASSIFICATION, Extents.of(features), false, 0, 5);
    }
}
