package dev.auscult.train.regularize;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The factor on the loss that keeps gradients in float16 from vanishing: doubled after 2000 steps without an overflow,
 * halved by each down to 2⁻¹⁴, whose step is left out.
 *
 * <p>Source: Micikevicius et al., Mixed Precision Training (2018), section 3.2; {@code torch.amp.GradScaler} with its
 * defaults.
 */
public final class LossScale {
    private static final double START = 65536;
    private static final double GROWTH = 2;
    private static final double BACKOFF = 0.5;
    /** The least normal number of float16: below it the scale itself would make gradients vanish. */
    private static final double LEAST = 0x1p-14;

    private static final int CLEAN_STEPS = 2000;

    private double scale = START;
    private int clean;
    private long skipped;
    private boolean exhausted;

    /** A scale of 65536. */
    public LossScale() {}

    /** What the loss is to be multiplied by before the backward pass, and gradients divided by after it. */
    public double scale() {
        return scale;
    }

    /** Steps that were left out so far. */
    public long skipped() {
        return skipped;
    }

    /** Whether the last gradients overflowed at the least scale, so that no smaller one can help. */
    public boolean exhausted() {
        return exhausted;
    }

    /**
     * Hears how a backward pass went.
     *
     * @param overflow whether a gradient was not finite
     * @return whether the optimizer is to make its step
     */
    public boolean update(boolean overflow) {
        if (overflow) {
            exhausted = scale <= LEAST;
            scale = Math.max(LEAST, scale * BACKOFF);
            clean = 0;
            skipped++;
            return false;
        }
        exhausted = false;
        clean++;
        if (clean == CLEAN_STEPS) {
            clean = 0;
            if (scale * GROWTH <= Float.MAX_VALUE) {
                scale *= GROWTH;
            }
        }
        return true;
    }

    /** Everything it remembers. */
    public Map<String, Double> state() {
        // In order, so that a checkpoint is the same whatever machine wrote it.
        Map<String, Double> state = new LinkedHashMap<>();
        state.put("scale", scale);
        state.put("clean", (double) clean);
        state.put("skipped", (double) skipped);
        return state;
    }

    /** Goes on from a state that {@link #state} gave. */
    public void restore(Map<String, Double> state) {
        scale = Saved.number(state, "scale");
        clean = (int) Saved.number(state, "clean");
        skipped = (long) Saved.number(state, "skipped");
    }
}
