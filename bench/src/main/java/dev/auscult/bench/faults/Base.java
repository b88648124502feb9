package dev.auscult.bench.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

import dev.auscult.train.spec.Spec;
import dev.auscult.train.spec.SpecFile;

/**
 * A base program: a healthy spec, to be damaged.
 *
 * @param name of the program and its spec
 * @param text the spec
 * @param spec the same, read
 * @param calibration whether it belongs to the half that parameters are learned on; else to the half that is measured
 */
record Base(String name, String text, Spec spec, boolean calibration) {
    private static final List<String> CALIBRATION = List.of(
            "digits-mlp",
            "digits-tanh",
            "digits-deep",
            "digits-cnn",
            "cancer-mlp",
            "titanic-mlp",
            "diabetes-regression",
            "friedman-regression",
            "waves-lstm",
            "news-words");
    private static final List<String> TEST = List.of(
            "mnist-sigmoid",
            "mnist-mlp",
            "mnist-resnet",
            "penguins-mlp",
            "wine-mlp",
            "mpg-regression",
            "diamonds-regression",
            "spirals-deep",
            "echo-rnn",
            "waves-gru",
            "news-transformer");

    /** All base programs, those of calibration first. */
    static List<Base> all() {
        return java.util.stream.Stream.concat(
                        CALIBRATION.stream().map(n -> load(n, true)),
                        TEST.stream().map(n -> load(n, false)))
                .toList();
    }

    private static Base load(String name, boolean calibration) {
        try (InputStream in = Objects.requireNonNull(Base.class.getResourceAsStream("bases/" + name + ".yaml"), name)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new Base(name, text, SpecFile.parse(name + ".yaml", text, name, List.of()), calibration);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isRegression() {
        return "regression".equals(String.valueOf(spec.data().task()).toLowerCase(java.util.Locale.ROOT));
    }

    /** Whether its inputs are columns of numbers and categories, not text. */
    boolean isTable() {
        return spec.data().text() == null;
    }

    String target() {
        return spec.data().target().get(0);
    }
}
