package dev.auscult.train.metric;

/** One row of logits. */
final class Rows {
    private Rows() {}

    /** Number of classes that logits of so many columns tell apart. */
    static int classes(int columns) {
        return columns == 1 ? 2 : columns;
    }

    /** The class with the largest logit, the first of equals; a NaN counts as the largest, as in NumPy. */
    static int predicted(float[] outputs, int row, int columns) {
        if (columns == 1) {
            return outputs[row] > 0 ? 1 : 0;
        }
        int start = row * columns;
        int best = 0;
        for (int k = 1; k < columns; k++) {
            float value = outputs[start + k];
            float largest = outputs[start + best];
            if (value > largest || (Float.isNaN(value) && !Float.isNaN(largest))) {
                best = k;
            }
        }
        return best;
    }

    /** The array, or a larger one where it has no room for the probabilities of so many columns. */
    static double[] room(double[] array, int columns) {
        return array.length >= classes(columns) ? array : new double[classes(columns)];
    }

    /** Probabilities of the classes by softmax, or by the logistic function of a single column. */
    static void probabilities(float[] outputs, int row, int columns, double[] into) {
        if (columns == 1) {
            into[1] = 1 / (1 + Math.exp(-outputs[row]));
            into[0] = 1 / (1 + Math.exp(outputs[row]));
            return;
        }
        int start = row * columns;
        double largest = largest(outputs, start, columns);
        double sum = 0;
        for (int k = 0; k < columns; k++) {
            into[k] = Math.exp(outputs[start + k] - largest);
            sum += into[k];
        }
        for (int k = 0; k < columns; k++) {
            into[k] /= sum;
        }
    }

    /** −log of the probability of a class. */
    static double surprise(float[] outputs, int row, int columns, int target) {
        if (columns == 1) {
            double logit = target == 1 ? outputs[row] : -outputs[row];
            return Math.max(0, -logit) + Math.log1p(Math.exp(-Math.abs(logit)));
        }
        int start = row * columns;
        double largest = largest(outputs, start, columns);
        double sum = 0;
        for (int k = 0; k < columns; k++) {
            sum += Math.exp(outputs[start + k] - largest);
        }
        return Math.log(sum) + largest - outputs[start + target];
    }

    private static double largest(float[] outputs, int start, int columns) {
        float largest = outputs[start];
        for (int k = 1; k < columns; k++) {
            largest = Math.max(largest, outputs[start + k]);
        }
        return largest;
    }
}
