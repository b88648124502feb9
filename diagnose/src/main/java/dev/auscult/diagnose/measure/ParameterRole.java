package dev.auscult.diagnose.measure;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

import dev.auscult.run.Run;
import dev.auscult.run.TensorKind;
import dev.auscult.run.TensorSeries;

/** What a parameter does in its layer, as far as names, sizes and start values tell; statistics of the roles differ. */
public enum ParameterRole {
    /** Weights of a dense, convolutional or recurrent layer. */
    MATRIX,
    /** Rows that are looked up; only a few of them have a gradient in each step. */
    EMBEDDING,
    /** Biases, which start at zero. */
    BIAS,
    /** Gains and shifts of a normalisation, which start at one and zero. */
    NORM,
    /** Starts at zero on purpose: the second matrix of LoRA, scales of residual branches. */
    ZERO_START,
    /** Not trained: running statistics, masks, averaged copies of the network. */
    BUFFER;

    private static final Pattern BUFFERS = Pattern.compile(
            "(running|moving)_|num_batches|position_ids|(^|[./_])(mask|ema|teacher|momentum_encoder)([./_]|$)");
    private static final Pattern BIASES = Pattern.compile("b|bias(es)?|(.*_)?bias(_.*)?|beta");
    private static final Pattern ZERO_STARTS =
            Pattern.compile("lora_b|lora_up|zero_?conv|layer_?scale|rezero|adaln|(^|[./])(alpha|skip_gain)$");
    private static final Pattern NORMS = Pattern.compile("norm|(^|[./_])(bn|ln|gn)\\d*([./_]|$)");
    private static final Pattern EMBEDDINGS = Pattern.compile("embed|(^|[./])(wte|wpe)([./]|$)|word_emb");

    private static final Pattern UNNAMED = Pattern.compile("(summaries|variable|param(eter)?)?_?\\d*");

    /** Fewer elements are a handful of numbers, whose statistics jump. */
    private static final int SMALLEST_MATRIX = 16;

    /** The role of the parameter that these statistics are of. */
    public static ParameterRole of(Run run, TensorSeries series) {
        String layer = series.key().layer().toLowerCase(Locale.ROOT);
        String parameter = series.key().parameter().toLowerCase(Locale.ROOT);
        String path = parameter.isEmpty() ? layer : layer + "." + parameter;
        if (BUFFERS.matcher(path).find()) {
            return BUFFER;
        }
        if (BIASES.matcher(parameter).matches()) {
            return BIAS;
        }
        if (ZERO_STARTS.matcher(path).find()) {
            return ZERO_START;
        }
        if (NORMS.matcher(layer).find() || parameter.equals("gamma") || isGain(run, series)) {
            return NORM;
        }
        if (EMBEDDINGS.matcher(path).find()) {
            return EMBEDDING;
        }
        return series.last().count() < SMALLEST_MATRIX || isSmallUnnamed(run, series) ? BIAS : MATRIX;
    }

    /** The tensors of a kind that belong to weight matrices, from the input to the output. */
    public static List<TensorSeries> matrices(Run run, TensorKind kind) {
        return DepthOrder.of(
                run, run.tensors(kind).filter(t -> of(run, t) == MATRIX).toList());
    }

    /** A gain has as many elements as its shift, and starts at one; a matrix has more than its bias, around zero. */
    private static boolean isGain(Run run, TensorSeries series) {
        return run.tensors().stream()
                .filter(t -> t.key().layer().equals(series.key().layer()))
                .anyMatch(t -> isShiftOf(t, series) || isStartedAtOne(t, series));
    }

    /** TensorFlow 1 programs number their parameters: the far smaller one of two in a layer is its bias. */
    private static boolean isSmallUnnamed(Run run, TensorSeries series) {
        return UNNAMED.matcher(series.key().parameter().toLowerCase(Locale.ROOT))
                        .matches()
                && run.tensors(series.key().kind())
                        .filter(t -> t.key().layer().equals(series.key().layer()))
                        .anyMatch(t -> t.last().count() >= 4 * series.last().count());
    }

    private static boolean isShiftOf(TensorSeries other, TensorSeries series) {
        return other.key().kind() == series.key().kind()
                && BIASES.matcher(other.key().parameter().toLowerCase(Locale.ROOT))
                        .matches()
                && other.last().count() == series.last().count();
    }

    private static boolean isStartedAtOne(TensorSeries other, TensorSeries series) {
        return other.key().kind() == TensorKind.WEIGHT
                && Objects.equals(other.key().parameter(), series.key().parameter())
                && other.summary(0).mean() > 0.5
                && other.summary(0).mean() < 1.5
                && other.summary(0).min() > 0
                && other.summary(0).standardDeviation() > 0
                && other.summary(0).standardDeviation() < 0.3;
    }
}
