package dev.auscult.train.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.LongStream;

import dev.auscult.train.engine.DType;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.RandomSource;
import dev.auscult.train.engine.Reduction;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.engine.Tensor;
import dev.auscult.train.loop.Setup;
import dev.auscult.train.model.LayerListener;
import dev.auscult.train.model.Parameter;
import dev.auscult.train.model.Pass;

/**
 * Compares gradients with central differences (f(x + h) − f(x − h)) / 2h in float64.
 *
 * <p>Step: h = ε^⅓·max(1, |x|) with ε = 2⁻⁵², where truncation, of order h²f'''/6, and rounding, of order ε|f|/h, balance (Press
 * et al. 2007, <i>Numerical Recipes</i>, §5.7). Error: |a − n| / max(|a|, |n|) with a the gradient and n the difference quotient
 * (Karpathy's notes, CS231n 2015, "Gradient checks"), where differences up to δ = 16ε·max(|f(x + h)|, |f(x − h)|)/h, which rounding
 * alone explains, count as at most 10⁻⁶, and larger ones less δ.
 *
 * <p>Kinks: where the error is not small, a second step of h/8 is made. On a smooth function both one-sided quotients lie equally
 * far from n, h|f''|/2, and an eighth of that at the second step. Where one of them agrees with the gradient and the other does
 * not, or their distance does not shrink with the step, a kink lies within the step, and the coordinate is counted apart.
 *
 * <pre>{@code
 * GradientReport report = GradientCheck.of(x -> x.get(0).tanh().sum(), List.of(input), engine);
 * }</pre>
 */
public final class GradientCheck {
    /** ∛ε of float64. */
    private static final double STEP = Math.cbrt(Math.ulp(1.0));

    /** The second step, as a part of the first. */
    private static final int FINER = 8;

    private static final double ROUNDING = 16;

    /** Errors below this need no second look. */
    private static final double SMALL = 1e-6;

    /** The distance of the nearer one-sided quotient to the gradient, as a part of that of the other, that tells a kink. */
    private static final double ONE_SIDED = 0.05;

    private static final int SAMPLES = 10;
    private static final int EXAMPLES = 8;

    private GradientCheck() {}

    /**
     * What was found on one input or parameter.
     *
     * @param name path of the parameter, or the input's place in the list
     * @param elements number of coordinates
     * @param checked coordinates that were compared and are smooth
     * @param kinks coordinates at a kink, which were left out
     * @param relativeError largest error over the smooth coordinates; NaN if a gradient is not a number
     * @param analytic gradient at the worst coordinate
     * @param numeric central difference at the worst coordinate
     * @param coordinate flat index of the worst coordinate; −1 if none was checked
     */
    public record Block(
            String name,
            long elements,
            int checked,
            int kinks,
            double relativeError,
            double analytic,
            double numeric,
            long coordinate) {
        /** Whether the gradient is right to a relative error; one of which only kinks were seen counts as right. */
        public boolean isRight(double tolerance) {
            return checked == 0 || relativeError <= tolerance;
        }
    }

    /**
     * Checks any function of tensors, such as a layer or a loss of one's own.
     *
     * @param function gives one number [] or [1]; it must give the same for the same inputs
     * @param inputs float64 tensors that own their numbers; they are left as they were
     */
    public static GradientReport of(Function<List<Tensor>, Tensor> function, List<Tensor> inputs, Engine engine) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            if (inputs.get(i).type() != DType.FLOAT64) {
                throw new IllegalArgumentException("input " + i + " is "
                        + inputs.get(i).type() + ", wanted FLOAT64; differences in float32 have only three digits");
            }
            names.add("input " + i);
        }
        return new Comparison(engine, () -> function.apply(inputs), Integer.MAX_VALUE, 0).of(names, inputs);
    }

    /** Checks the network of a spec: {@value #SAMPLES} coordinates of each parameter. */
    public static GradientReport run(Setup setup) {
        return run(setup, SAMPLES);
    }

    /**
     * Checks the network of a spec, built anew in float64 with the same weights, on a batch in training mode with the same draws
     * of dropout each time.
     *
     * @param samples coordinates of each parameter that are checked, drawn by the seed of the spec
     */
    @SuppressWarnings("try") // Scopes work by being open.
    public static GradientReport run(Setup setup, int samples) {
        Engine engine = setup.engine();
        try (Setup precise = Setup.of(setup.spec(), setup.base(), engine, setup.data(), DType.FLOAT64);
                Sample sample = BatchStream.sample(setup, EXAMPLES);
                Scope scope = engine.scope()) {
            Tensor input = sample.input().type() == DType.INT64
                    ? sample.input()
                    : sample.input().to(DType.FLOAT64);
            List<Parameter> trained = precise.network().parameters().stream()
                    .filter(Parameter::trainable)
                    .toList();
            Comparison comparison = new Comparison(
                    engine,
                    () -> loss(precise, input, sample.target()),
                    samples,
                    setup.spec().seed());
            return comparison.of(
                    trained.stream().map(Parameter::path).toList(),
                    trained.stream().map(Parameter::tensor).toList());
        }
    }

    private static Tensor loss(Setup setup, Tensor input, Tensor target) {
        try (RandomSource random = setup.engine().random(setup.spec().seed())) {
            Pass pass = new Pass(setup.engine(), true, random, LayerListener.NONE);
            return setup.criterion().loss(setup.network().forward(input, pass), target, Reduction.MEAN);
        }
    }

    /** A number that depends on tensors. */
    private interface Value {
        Tensor compute();
    }

    /** Compares block by block. */
    private record Comparison(Engine engine, Value value, int samples, long seed) {
        @SuppressWarnings("try") // Scopes work by being open.
        GradientReport of(List<String> names, List<Tensor> tensors) {
            boolean[] asked = new boolean[tensors.size()];
            List<double[]> gradients = new ArrayList<>();
            try (Scope scope = engine.scope()) {
                for (int i = 0; i < asked.length; i++) {
                    asked[i] = tensors.get(i).requiresGradient();
                    tensors.get(i).requiresGradient(true);
                }
                Tensor output = value.compute();
                if (!output.requiresGradient()) {
                    tensors.forEach(t -> gradients.add(new double[Math.toIntExact(t.count())]));
                } else {
                    engine.gradients(output, tensors, false).forEach(g -> gradients.add(g.toDoubles()));
                }
            }
            List<Block> blocks = new ArrayList<>();
            for (int i = 0; i < asked.length; i++) {
                tensors.get(i).requiresGradient(asked[i]);
                blocks.add(block(names.get(i), tensors.get(i), gradients.get(i), new Random(seed + i)));
            }
            return new GradientReport(blocks);
        }

        private Block block(String name, Tensor tensor, double[] gradient, Random random) {
            int checked = 0;
            int kinks = 0;
            Coordinate worst = new Coordinate(-1, 0, 0, 0, false);
            for (long index : chosen(gradient.length, random)) {
                Coordinate found = coordinate(tensor, index, gradient[Math.toIntExact(index)]);
                if (found.kink()) {
                    kinks++;
                    continue;
                }
                checked++;
                if (worst.index() < 0 || found.isWorse(worst)) {
                    worst = found;
                }
            }
            return new Block(
                    name,
                    gradient.length,
                    checked,
                    kinks,
                    worst.error(),
                    worst.analytic(),
                    worst.numeric(),
                    worst.index());
        }

        private long[] chosen(int count, Random random) {
            return count <= samples
                    ? LongStream.range(0, count).toArray()
                    : random.ints(0, count)
                            .distinct()
                            .limit(samples)
                            .sorted()
                            .asLongStream()
                            .toArray();
        }

        private Coordinate coordinate(Tensor tensor, long index, double analytic) {
            double x = at(tensor, index);
            double h = STEP * Math.max(1, Math.abs(x));
            double middle = value(tensor, index, x);
            Quotients coarse = quotients(tensor, index, x, h, middle);
            double error = coarse.error(analytic);
            if (error <= SMALL) {
                return new Coordinate(index, analytic, coarse.central(), error, false);
            }
            Quotients fine = quotients(tensor, index, x, h / FINER, middle);
            boolean kink = coarse.isOneSided(analytic)
                    || fine.isOneSided(analytic)
                    || Math.abs(fine.jump()) - Math.abs(coarse.jump()) / 2 > coarse.rounding() + fine.rounding();
            // The finer step truncates less and rounds more; the better one counts.
            double finer = fine.error(analytic);
            return finer < error
                    ? new Coordinate(index, analytic, fine.central(), finer, kink)
                    : new Coordinate(index, analytic, coarse.central(), error, kink);
        }

        private Quotients quotients(Tensor tensor, long index, double x, double h, double middle) {
            double above = value(tensor, index, x + h);
            double below = value(tensor, index, x - h);
            set(tensor, index, x);
            // What was really added, after rounding.
            double up = (x + h) - x;
            double down = x - (x - h);
            double rounding = ROUNDING * Math.ulp(1.0) * Math.max(Math.abs(above), Math.abs(below)) / h;
            return new Quotients(
                    (middle - below) / down, (above - middle) / up, (above - below) / (up + down), rounding);
        }

        @SuppressWarnings("try") // Scopes work by being open.
        private double value(Tensor tensor, long index, double x) {
            set(tensor, index, x);
            try (Scope scope = engine.scope();
                    Scope still = engine.withoutGradients()) {
                return value.compute().item();
            }
        }

        @SuppressWarnings("try") // Scopes work by being open.
        private void set(Tensor tensor, long index, double x) {
            try (Scope scope = engine.scope();
                    Scope still = engine.withoutGradients()) {
                tensor.reshape(-1).narrow(0, index, 1).fillInPlace(x);
            }
        }

        @SuppressWarnings("try") // Scopes work by being open.
        private double at(Tensor tensor, long index) {
            try (Scope scope = engine.scope();
                    Scope still = engine.withoutGradients()) {
                return tensor.reshape(-1).narrow(0, index, 1).item();
            }
        }
    }

    /** Difference quotients at one step, and the rounding they may show. */
    private record Quotients(double left, double right, double central, double rounding) {
        double error(double analytic) {
            double difference = Math.abs(analytic - central);
            double size = Math.max(Math.abs(analytic), Math.abs(central));
            if (difference == 0) {
                return 0;
            }
            double beyond = difference <= rounding ? 0 : (difference - rounding) / size;
            return Math.max(beyond, difference / Math.max(size, rounding / SMALL));
        }

        double jump() {
            return right - left;
        }

        /** Whether the gradient is that on one side only. */
        boolean isOneSided(double analytic) {
            double toLeft = Math.abs(analytic - left);
            double toRight = Math.abs(analytic - right);
            return Math.min(toLeft, toRight) <= ONE_SIDED * Math.max(toLeft, toRight) + 2 * rounding;
        }
    }

    private record Coordinate(long index, double analytic, double numeric, double error, boolean kink) {
        /** NaN is worse than all; among equal errors the larger gradient says more. */
        boolean isWorse(Coordinate other) {
            return error == other.error
                    ? Math.abs(analytic) > Math.abs(other.analytic)
                    : !(error <= other.error) && !Double.isNaN(other.error);
        }
    }
}
