package dev.auscult.train.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The plots of the guide are what the schedules do; {@code -Dplots=write} draws them anew. */
class SchedulePlotsTest {
    private static final Path GUIDE = Path.of("..", "docs", "guide");
    private static final int EPOCHS = 40;
    private static final int PER_EPOCH = 10;
    private static final int STEPS = EPOCHS * PER_EPOCH;

    record Plot(String file, String type, String settings) {
        @Override
        public String toString() {
            return file;
        }
    }

    static List<Plot> plots() {
        return List.of(
                new Plot("constant", "constant", ""),
                new Plot("linear", "linear", ""),
                new Plot("polynomial", "polynomial", "power=2"),
                new Plot("exponential", "exponential", "per=epoch factor=0.1"),
                new Plot("step", "step", "per=epoch factor=0.5 every=10"),
                new Plot("multi-step", "multi-step", "per=epoch factor=0.2 milestones=20,30"),
                new Plot("inverse-square-root", "inverse-square-root", "warm-up=40"),
                new Plot("cosine", "cosine", ""),
                new Plot("cosine-restarts", "cosine-restarts", "length=57.143 factor=2"),
                new Plot("triangular", "triangular", "length=50 peak=5"),
                new Plot("triangular2", "triangular2", "length=50 peak=5"),
                new Plot("exp-range", "exp-range", "length=50 peak=5 factor=0.995"),
                new Plot("damped-cosine", "damped-cosine", "power=1 floor=0.02"),
                new Plot("one-cycle", "one-cycle", "peak=25 share=0.3 floor=0.0001"),
                new Plot("warm-up-stable-decay", "warm-up-stable-decay", "warm-up=40 share=0.2"),
                new Plot("plateau", "plateau", "factor=0.5 patience=3 threshold=0.0001"),
                new Plot("validation-decay", "validation-decay", ""),
                new Plot("warm-up-linear", "cosine", "warm-up=60"),
                new Plot("warm-up-exponential", "cosine", "warm-up=60 warm-up-type=exponential warm-up-from=0.01"));
    }

    @ParameterizedTest
    @MethodSource("plots")
    void theGuideShowsWhatTheScheduleDoes(Plot plot) throws IOException {
        Path file = GUIDE.resolve("schedules").resolve(plot.file() + ".svg");
        String drawn = draw(plot);
        if ("write".equals(System.getProperty("plots"))) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, drawn);
        }
        assertThat(Files.readString(file, StandardCharsets.UTF_8))
                .as("draw anew with -Dplots=write")
                .isEqualTo(drawn);
    }

    @Test
    void theGuideHasASectionAndAPlotForEverySchedule() throws IOException {
        String guide = Files.readString(GUIDE.resolve("schedules.md"), StandardCharsets.UTF_8);
        List<String> drawn = new ArrayList<>();
        for (Plot plot : plots()) {
            drawn.add(plot.type());
            assertThat(guide).contains("schedules/" + plot.file() + ".svg");
        }
        for (String type : Schedules.TYPES) {
            assertThat(guide).contains("`" + type + "`");
            assertThat(drawn).contains(type);
        }
    }

    private static String draw(Plot plot) {
        Schedule schedule = Schedules.of(Settings.of(plot.type(), plot.settings()), 1, PER_EPOCH, EPOCHS);
        double[] rates = new double[STEPS];
        for (int step = 0; step < STEPS; step++) {
            if (step > 0 && step % PER_EPOCH == 0) {
                schedule.observe(step / PER_EPOCH, validationLoss(step / PER_EPOCH));
            }
            rates[step] = schedule.at(step);
        }
        SchedulePlot picture = SchedulePlot.of(plot.file(), step -> rates[step], STEPS, "epoch", EPOCHS);
        boolean listens = plot.type().equals("plateau") || plot.type().equals("validation-decay");
        return (listens
                        ? picture.with("validation loss", step -> validationLoss(step / PER_EPOCH + 1), STEPS)
                        : picture)
                .svg();
    }

    /** Falls, worsens for some epochs from epoch 14 on, gains again, and settles. */
    private static double validationLoss(int epoch) {
        double falling = 0.2 + 0.7 * Math.exp(-epoch / 6.0);
        double bump = epoch >= 14 && epoch < 20 ? 0.03 * (epoch - 13) : 0;
        return epoch < 28 ? falling + bump : 0.2 + 0.7 * Math.exp(-27 / 6.0) + 0.005 * (epoch - 27);
    }
}
