package dev.auscult.train.optimizer;

import dev.auscult.train.engine.Tensor;

/**
 * Looks along a line for a point that satisfies the strong Wolfe conditions f(t) ≤ f(0) + c₁t·f'(0) and |f'(t)| ≤
 * c₂|f'(0)|.
 *
 * <p>First the step grows until it brackets such a point, then the bracket is narrowed by cubic interpolation.
 *
 * <p>Source: Nocedal and Wright, Numerical Optimization (2006), algorithms 3.5 and 3.6, in the form of {@code
 * torch.optim.LBFGS}, c₁ = 10⁻⁴ and c₂ = 0.9.
 */
final class WolfeSearch {
    private static final double C1 = 1e-4;
    private static final double C2 = 0.9;
    private static final double CHANGE_TOLERANCE = 1e-9;

    /** A function of the distance along a direction. */
    interface Line {
        Point at(Tensor along, double distance);
    }

    /**
     * A point on the line.
     *
     * @param length t
     * @param loss f(t)
     * @param gradient gradient by all weights
     * @param slope f'(t)
     */
    record Point(double length, double loss, Tensor gradient, double slope) {}

    private final Line line;
    private final Tensor along;
    private final int trials;
    private int evaluations;

    /**
     * Prepares a search.
     *
     * @param trials trials after the first
     */
    WolfeSearch(Line line, Tensor along, int trials) {
        this.line = line;
        this.along = along;
        this.trials = trials;
    }

    int evaluations() {
        return evaluations;
    }

    static double dot(Tensor a, Tensor b) {
        return a.mul(b).sum().item();
    }

    private Point at(double length) {
        evaluations++;
        return line.at(along, length);
    }

    /**
     * Searches.
     *
     * @param first length to try first
     * @param start the point at length 0
     * @param farthest largest magnitude of an element of the direction
     */
    Point run(double first, Point start, double farthest) {
        Point before = start;
        Point now = at(first);
        for (int trial = 0; trial < trials; trial++) {
            if (now.loss() > start.loss() + C1 * now.length() * start.slope()
                    || (trial > 1 && now.loss() >= before.loss())) {
                return zoom(before, now, start, farthest, trial);
            }
            if (Math.abs(now.slope()) <= -C2 * start.slope()) {
                return now;
            }
            if (now.slope() >= 0) {
                return zoom(before, now, start, farthest, trial);
            }
            double least = now.length() + 0.01 * (now.length() - before.length());
            double next = minimum(before, now, least, now.length() * 10);
            before = now;
            now = at(next);
        }
        return now.loss() < start.loss() ? now : start;
    }

    /** Narrows a bracket down. */
    private Point zoom(Point one, Point other, Point start, double farthest, int trialsMade) {
        Point low = one.loss() <= other.loss() ? one : other;
        Point high = one.loss() <= other.loss() ? other : one;
        boolean stuck = false;
        for (int trial = trialsMade; trial < trials; trial++) {
            double left = Math.min(low.length(), high.length());
            double right = Math.max(low.length(), high.length());
            if ((right - left) * farthest < CHANGE_TOLERANCE) {
                break;
            }
            double next = minimum(low, high, left, right);
            double margin = 0.1 * (right - left);
            if (Math.min(right - next, next - left) >= margin) {
                stuck = false;
            } else if (stuck || next >= right || next <= left) {
                next = Math.abs(next - right) < Math.abs(next - left) ? right - margin : left + margin;
                stuck = false;
            } else {
                stuck = true;
            }
            Point now = at(next);
            if (now.loss() > start.loss() + C1 * next * start.slope() || now.loss() >= low.loss()) {
                high = now.loss() < low.loss() ? low : now;
                low = now.loss() < low.loss() ? now : low;
            } else if (Math.abs(now.slope()) <= -C2 * start.slope()) {
                return now;
            } else {
                high = now.slope() * (high.length() - low.length()) >= 0 ? low : high;
                low = now;
            }
        }
        return low;
    }

    /** Where the cubic through two points with their slopes is smallest, within bounds. */
    private static double minimum(Point a, Point b, double least, double most) {
        double d1 = a.slope() + b.slope() - 3 * (a.loss() - b.loss()) / (a.length() - b.length());
        double square = d1 * d1 - a.slope() * b.slope();
        if (Double.isNaN(square) || square < 0) {
            return (least + most) / 2;
        }
        double d2 = Math.sqrt(square);
        Point near = a.length() <= b.length() ? a : b;
        Point far = a.length() <= b.length() ? b : a;
        double share = (far.slope() + d2 - d1) / (far.slope() - near.slope() + 2 * d2);
        double place = far.length() - (far.length() - near.length()) * share;
        return Math.min(Math.max(place, least), most);
    }
}
