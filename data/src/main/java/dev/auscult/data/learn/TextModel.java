package dev.auscult.data.learn;

/**
 * Tells the class of a text from its words: logistic regression for several classes, learned row by row with steps that become
 * smaller for words that were often seen (Duchi, Hazan, Singer 2011, "AdaGrad").
 */
public final class TextModel {
    private static final int EPOCHS = 5;
    private static final double RATE = 0.5;
    private static final float CAUTION = 1e-6f;

    private final int classes;
    /** [places][classes] */
    private final float[] weights;

    private final float[] bias;

    private TextModel(int classes) {
        this.classes = classes;
        this.weights = new float[BagOfWords.PLACES * classes];
        this.bias = new float[classes];
    }

    /**
     * Learns classes.
     *
     * @param labels the class of each text, from 0 [rows]
     * @param classes how many there are
     * @param rows those to learn from
     */
    public static TextModel of(BagOfWords words, int[] labels, int classes, int[] rows, long seed) {
        TextModel model = new TextModel(classes);
        float[] squares = new float[model.weights.length];
        float[] biasSquares = new float[classes];
        SplitMix random = new SplitMix(seed);
        double[] scores = new double[classes];
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            for (int row : random.shuffled(rows)) {
                model.scores(words, row, scores);
                double[] p = Softmax.of(scores, classes, 1);
                p[labels[row]] -= 1;
                for (int j = words.from(row); j < words.to(row); j++) {
                    int at = words.place(j) * classes;
                    float weight = words.weight(j);
                    for (int k = 0; k < classes; k++) {
                        float gradient = (float) p[k] * weight;
                        float sum = squares[at + k] + gradient * gradient;
                        squares[at + k] = sum;
                        model.weights[at + k] -= (float) (RATE * gradient / Math.sqrt(sum + CAUTION));
                    }
                }
                for (int k = 0; k < classes; k++) {
                    biasSquares[k] += (float) (p[k] * p[k]);
                    model.bias[k] -= (float) (RATE * p[k] / Math.sqrt(biasSquares[k] + 1));
                }
            }
        }
        return model;
    }

    /** The scores of the classes of a text [classes]. */
    public void scores(BagOfWords words, int row, double[] into) {
        for (int k = 0; k < classes; k++) {
            into[k] = bias[k];
        }
        for (int j = words.from(row); j < words.to(row); j++) {
            int at = words.place(j) * classes;
            for (int k = 0; k < classes; k++) {
                into[k] += (double) weights[at + k] * words.weight(j);
            }
        }
    }
}
