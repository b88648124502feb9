package dev.auscult.train.optimizer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.engine.Tensor;
import dev.auscult.train.spec.OptimizerSettings;
import dev.auscult.train.spec.SpecException;
import org.jspecify.annotations.Nullable;

/**
 * Limited-memory BFGS with a strong-Wolfe line search, for small problems on all examples at once.
 *
 * <p>Each step makes up to a number of iterations, each along −H·g, with H built from the last pairs of differences by the
 * two-loop recursion; η is the length that the line search tries first. Evaluations in a step are bounded by 1¼ × its
 * iterations.
 *
 * <p>Source: Nocedal and Wright, Numerical Optimization (2006), algorithms 7.4, 7.5 and 3.5; {@code torch.optim.LBFGS}
 * with {@code line_search_fn='strong_wolfe'}. Weight decay is coupled only: ½λ‖w‖² is part of the loss.
 */
@SuppressWarnings("try") // scopes are opened for what their end does
final class Lbfgs implements Optimizer {
    private static final double GRADIENT_TOLERANCE = 1e-7;
    private static final double CHANGE_TOLERANCE = 1e-9;
    private static final double LEAST_CURVATURE = 1e-10;

    private final Engine engine;
    private final List<Slot> slots;
    private final int history;
    private final int iterations;

    private double rate;
    private long iteration;
    private double length;
    private double diagonal = 1;
    private @Nullable Tensor direction;
    private @Nullable Tensor lastGradient;
    private final Deque<Pair> pairs = new ArrayDeque<>();

    /** How the gradient changed along a step, with 1/⟨difference, move⟩. */
    private record Pair(Tensor difference, Tensor move, double inverse) {
        void close() {
            difference.close();
            move.close();
        }
    }

    Lbfgs(OptimizerSettings settings, List<Slot> slots, Engine engine) {
        this.engine = engine;
        this.slots = List.copyOf(slots);
        this.history = settings.historySize();
        this.iterations = settings.iterations();
        this.rate = settings.learningRate();
        if (slots.isEmpty()) {
            throw new SpecException("optimizer: lbfgs found no parameter to train, wanted at least one");
        }
        for (Slot slot : slots) {
            if (slot.factor != 1) {
                throw new SpecException("optimizer.groups: lbfgs moves all parameters together, found a"
                        + " learning-rate factor for " + slot.path + "; take it out or take another optimizer");
            }
            if (slot.decay != 0 && Optimizers.isDecoupled(settings)) {
                throw new SpecException(
                        "optimizer.decay is decoupled, wanted coupled for lbfgs, whose line search must know it");
            }
        }
    }

    @Override
    public double learningRate() {
        return rate;
    }

    @Override
    public void learningRate(double rate) {
        this.rate = rate;
    }

    @Override
    public boolean needsClosure() {
        return true;
    }

    @Override
    public void step() {
        throw new IllegalStateException("lbfgs evaluates the loss itself: step needs a closure");
    }

    @Override
    public double step(Closure closure) {
        try (Scope scope = engine.scope()) {
            Objective objective = new Objective(closure);
            double first = objective.evaluate();
            double loss = first;
            Tensor gradient = objective.gradient();
            int evaluations = 1;
            int most = iterations * 5 / 4;
            for (int n = 0; n < iterations && largest(gradient) > GRADIENT_TOLERANCE; n++) {
                iteration++;
                Tensor along = nextDirection(gradient);
                length = iteration == 1 ? Math.min(1, 1 / gradient.abs().sum().item()) * rate : rate;
                double slope = WolfeSearch.dot(gradient, along);
                if (slope > -CHANGE_TOLERANCE) {
                    break;
                }
                double farthest = largest(along);
                WolfeSearch search = new WolfeSearch(objective, along, most - evaluations);
                WolfeSearch.Point end = search.run(length, new WolfeSearch.Point(0, loss, gradient, slope), farthest);
                double gain = Math.abs(end.loss() - loss);
                loss = end.loss();
                gradient = end.gradient();
                length = end.length();
                objective.move(along, length);
                evaluations += search.evaluations();
                if (evaluations >= most || farthest * Math.abs(length) <= CHANGE_TOLERANCE || gain < CHANGE_TOLERANCE) {
                    break;
                }
            }
            return first;
        }
    }

    /** −H·gradient by the two-loop recursion, after the pair of the last move was remembered. */
    private Tensor nextDirection(Tensor gradient) {
        Tensor last = direction;
        Tensor before = lastGradient;
        Tensor next;
        if (last == null || before == null) {
            next = gradient.neg();
        } else {
            remember(gradient.sub(before), last.mul(length));
            next = recurse(gradient);
        }
        close(last);
        close(before);
        direction = next.keep();
        lastGradient = gradient.copy().keep();
        return next;
    }

    private void remember(Tensor difference, Tensor move) {
        double curvature = WolfeSearch.dot(difference, move);
        if (curvature <= LEAST_CURVATURE) {
            return;
        }
        if (pairs.size() == history) {
            pairs.removeFirst().close();
        }
        pairs.addLast(new Pair(difference.keep(), move.keep(), 1 / curvature));
        diagonal = curvature / WolfeSearch.dot(difference, difference);
    }

    private Tensor recurse(Tensor gradient) {
        Tensor q = gradient.neg();
        double[] shares = new double[pairs.size()];
        int i = pairs.size();
        for (Iterator<Pair> newestFirst = pairs.descendingIterator(); newestFirst.hasNext(); ) {
            Pair pair = newestFirst.next();
            shares[--i] = WolfeSearch.dot(pair.move(), q) * pair.inverse();
            q.addInPlace(pair.difference(), -shares[i]);
        }
        q.mulInPlace(diagonal);
        for (Pair pair : pairs) {
            double share = WolfeSearch.dot(pair.difference(), q) * pair.inverse();
            q.addInPlace(pair.move(), shares[i++] - share);
        }
        return q;
    }

    private static double largest(Tensor tensor) {
        return tensor.abs().max().item();
    }

    /** Loss and gradient at the weights of the start of an iteration, and along a direction from there. */
    private final class Objective implements WolfeSearch.Line {
        private final Closure closure;
        private List<Tensor> start;

        Objective(Closure closure) {
            this.closure = closure;
            this.start = copies();
        }

        private List<Tensor> copies() {
            try (Scope still = engine.withoutGradients()) {
                return slots.stream().map(slot -> slot.weights.copy()).toList();
            }
        }

        double evaluate() {
            double loss = closure.loss();
            try (Scope still = engine.withoutGradients()) {
                for (Slot slot : slots) {
                    if (slot.decay != 0) {
                        loss += slot.decay
                                / 2
                                * slot.weights.mul(slot.weights).sum().item();
                    }
                }
            }
            return loss;
        }

        /** The gradient of the last evaluation in one row. */
        Tensor gradient() {
            try (Scope still = engine.withoutGradients()) {
                List<Tensor> parts = new ArrayList<>();
                for (Slot slot : slots) {
                    Tensor part = slot.weights
                            .gradient()
                            .orElseGet(() -> engine.zeros(slot.weights.type(), slot.weights.shape()));
                    Tensor whole = slot.decay == 0 ? part : part.copy().addInPlace(slot.weights, slot.decay);
                    parts.add(whole.reshape(-1));
                }
                // Always a tensor of its own: the gradients change with the next evaluation.
                return engine.cat(parts, 0);
            }
        }

        private void place(Tensor along, double distance) {
            try (Scope still = engine.withoutGradients()) {
                long offset = 0;
                for (int i = 0; i < slots.size(); i++) {
                    Tensor weights = slots.get(i).weights;
                    Tensor part = along.narrow(0, offset, weights.count()).reshape(weights.shape());
                    weights.copyFrom(start.get(i));
                    weights.addInPlace(part, distance);
                    offset += weights.count();
                }
            }
        }

        @Override
        public WolfeSearch.Point at(Tensor along, double distance) {
            place(along, distance);
            double loss = evaluate();
            Tensor gradient = gradient();
            return new WolfeSearch.Point(distance, loss, gradient, WolfeSearch.dot(gradient, along));
        }

        /** Goes there for good. */
        void move(Tensor along, double distance) {
            place(along, distance);
            start = copies();
        }
    }

    @Override
    public OptimizerState state() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        Map<String, Double> numbers = new LinkedHashMap<>();
        if (direction != null && lastGradient != null) {
            tensors.put("direction", direction);
            tensors.put("gradient", lastGradient);
        }
        int i = 0;
        for (Pair pair : pairs) {
            tensors.put("difference-" + i, pair.difference());
            tensors.put("move-" + i, pair.move());
            numbers.put("inverse-" + i, pair.inverse());
            i++;
        }
        numbers.put("pairs", (double) i);
        numbers.put("iteration", (double) iteration);
        numbers.put("length", length);
        numbers.put("diagonal", diagonal);
        return new OptimizerState(tensors, numbers);
    }

    @Override
    public void restore(OptimizerState state) {
        close();
        iteration = (long) state.number("iteration");
        length = state.number("length");
        diagonal = state.number("diagonal");
        try (Scope scope = engine.scope()) {
            if (iteration > 0) {
                direction = copy(state.tensor("direction"));
                lastGradient = copy(state.tensor("gradient"));
            }
            for (int i = 0; i < state.number("pairs"); i++) {
                pairs.addLast(new Pair(
                        copy(state.tensor("difference-" + i)),
                        copy(state.tensor("move-" + i)),
                        state.number("inverse-" + i)));
            }
        }
    }

    private Tensor copy(Tensor saved) {
        long count = slots.stream().mapToLong(slot -> slot.weights.count()).sum();
        Tensor mine = engine.zeros(slots.get(0).weights.type(), count);
        mine.copyFrom(saved);
        return mine.keep();
    }

    private static void close(@Nullable Tensor tensor) {
        if (tensor != null) {
            tensor.close();
        }
    }

    @Override
    public void close() {
        pairs.forEach(Pair::close);
        pairs.clear();
        close(direction);
        close(lastGradient);
        direction = null;
        lastGradient = null;
    }
}
