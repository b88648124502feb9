package dev.auscult.train.loop;

import dev.auscult.train.checkpoint.State;

/** Where a training stands, and what it has summed up since the epoch began. */
final class Position {
    /** Epochs completed. */
    int epoch;
    /** Batches of this epoch that were used. */
    int batch;
    /** Optimizer steps taken. */
    long step;
    /** Sum over this epoch of the losses, each weighed by its importance. */
    double lossSum;
    /** Sum over this epoch of the importance of the targets: as many as there were, unless classes have weights. */
    double importance;
    /** Sum of the losses since the loss was last recorded, each weighed by its importance. */
    double recentLossSum;
    /** Importance of the targets since the loss was last recorded. */
    double recentImportance;
    /** Step at which the recording was last judged. */
    long judged;
    /** What advice has made of the learning rate: a factor on that of the schedule. */
    double learningRateFactor = 1;
    /** The best evaluation so far, on the scale where less is better. */
    double best = Double.POSITIVE_INFINITY;
    /** Epochs completed at the best evaluation. */
    int bestEpoch;
    /** Whether the training came to its end. */
    boolean finished;

    /** Mean training loss of the epoch so far. */
    double meanLoss() {
        return lossSum / importance;
    }

    void nextEpoch() {
        epoch++;
        batch = 0;
        lossSum = 0;
        importance = 0;
    }

    void save(State state) {
        state.put("position/epoch", epoch);
        state.put("position/batch", batch);
        state.put("position/step", step);
        state.put("position/loss-sum", lossSum);
        state.put("position/importance", importance);
        state.put("position/recent-loss-sum", recentLossSum);
        state.put("position/recent-importance", recentImportance);
        state.put("position/judged", judged);
        state.put("position/learning-rate-factor", learningRateFactor);
        state.put("position/best", best);
        state.put("position/best-epoch", bestEpoch);
        state.put("position/finished", finished ? 1L : 0L);
    }

    void restore(State state) {
        epoch = (int) state.integer("position/epoch");
        batch = (int) state.integer("position/batch");
        step = state.integer("position/step");
        lossSum = state.number("position/loss-sum");
        importance = state.number("position/importance");
        recentLossSum = state.number("position/recent-loss-sum");
        recentImportance = state.number("position/recent-importance");
        judged = state.integer("position/judged");
        learningRateFactor = state.number("position/learning-rate-factor");
        best = state.number("position/best");
        bestEpoch = (int) state.integer("position/best-epoch");
        finished = state.integer("position/finished") != 0;
    }
}
