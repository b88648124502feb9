package dev.auscult.train.spec;

import java.util.List;

/**
 * How the learning rate changes; lengths are in steps or epochs by {@code per}, 0 stands for the whole training.
 *
 * @param type {@code constant}, {@code linear}, {@code polynomial}, {@code exponential}, {@code step}, {@code multi-step},
 *     {@code inverse-square-root}, {@code cosine}, {@code cosine-restarts}, {@code triangular}, {@code triangular2}, {@code
 *     exp-range}, {@code damped-cosine}, {@code one-cycle}, {@code warm-up-stable-decay}, {@code plateau}, {@code
 *     validation-decay}
 * @param per {@code step} or {@code epoch}: what t counts
 * @param length T; for cyclic schedules half a cycle, for restarts the first period
 * @param power β of {@code polynomial} and {@code damped-cosine}
 * @param factor f of {@code step}, {@code multi-step} and {@code plateau}; γ of {@code exponential} and {@code exp-range};
 *     growth of the period of {@code cosine-restarts}
 * @param every s of {@code step}
 * @param milestones of {@code multi-step}
 * @param floor least learning rate, as a share 0..1 of η₀
 * @param peak highest learning rate of cyclic schedules and one-cycle, as a multiple of η₀
 * @param share of the length that rises ({@code one-cycle}) or that decays ({@code warm-up-stable-decay})
 * @param patience bad epochs before {@code plateau} acts
 * @param threshold relative gain that counts for {@code plateau}
 * @param cooldown epochs of rest after {@code plateau} acted
 * @param warmUp lengths before the schedule proper; 0 for none
 * @param warmUpType {@code linear} or {@code exponential}
 * @param warmUpFrom where warm-up starts, as a share of η₀
 */
public record ScheduleSettings(
        String type,
        String per,
        double length,
        double power,
        double factor,
        double every,
        List<Double> milestones,
        double floor,
        double peak,
        double share,
        int patience,
        double threshold,
        int cooldown,
        double warmUp,
        String warmUpType,
        double warmUpFrom) {
    public ScheduleSettings {
        milestones = List.copyOf(milestones);
    }
}
