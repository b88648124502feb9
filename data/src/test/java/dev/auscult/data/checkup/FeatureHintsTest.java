package dev.auscult.data.checkup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;

import dev.auscult.data.learn.RealFrame;
import dev.auscult.data.profile.FrameMaker;
import dev.auscult.data.profile.Progress;
import dev.auscult.run.Observation;
import org.junit.jupiter.api.Test;

class FeatureHintsTest {
    private static List<Observation> certain(List<Observation> looks, String hint) {
        return looks.stream()
                .filter(o -> o.note("hint").equals(hint) && !o.columns().isEmpty())
                .filter(o -> o.get("p-value") * o.get("tests") < 1e-4)
                .filter(o -> hint.equals("uninformative") || o.get("gain") > 0.01)
                .toList();
    }

    @Test
    void findsWhatWasBuiltIn() {
        SplittableRandom random = new SplittableRandom(1);
        int n = 3_000;
        double[] price = new double[n];
        double[] a = new double[n];
        double[] b = new double[n];
        double[] noise = new double[n];
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            price[i] = Math.exp(1.5 * (random.nextDouble() + random.nextDouble()) + 2 * random.nextDouble());
            a[i] = random.nextDouble() - 0.5;
            b[i] = random.nextDouble() - 0.5;
            noise[i] = random.nextDouble();
            y[i] = Math.log(price[i]) + 4 * a[i] * b[i] + 0.3 * random.nextDouble();
        }
        List<Observation> looks = FeatureHints.observe(
                FrameMaker.train()
                        .numeric("price", price)
                        .numeric("a", a)
                        .numeric("b", b)
                        .numeric("noise", noise)
                        .target("regression")
                        .numeric("y", y)
                        .make(),
                1,
                Progress.SILENT);
        List<Observation> transforms = certain(looks, "transform");
        assertEquals(
                List.of(List.of("price")),
                transforms.stream().map(Observation::columns).toList());
        assertEquals("log1p", transforms.get(0).note("change"));
        assertEquals(
                List.of(List.of("a", "b")),
                certain(looks, "interaction").stream().map(Observation::columns).toList());
        assertEquals(
                List.of(List.of("noise")),
                certain(looks, "uninformative").stream()
                        .map(Observation::columns)
                        .toList());
    }

    /** Beside a copy of the target every column seems useless; without it the one that matters does not. */
    @Test
    void judgesColumnsWithoutTheOneThatGivesTheTargetAway() {
        SplittableRandom random = new SplittableRandom(2);
        int n = 3_000;
        double[] copy = new double[n];
        double[] useful = new double[n];
        double[] noise = new double[n];
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            useful[i] = random.nextDouble();
            noise[i] = random.nextDouble();
            y[i] = useful[i] + random.nextDouble();
            copy[i] = 2 * y[i] + 0.01 * random.nextDouble();
        }
        List<Observation> useless = certain(
                FeatureHints.observe(
                        FrameMaker.train()
                                .numeric("copy", copy)
                                .numeric("useful", useful)
                                .numeric("noise", noise)
                                .target("regression")
                                .numeric("y", y)
                                .make(),
                        1,
                        Progress.SILENT),
                "uninformative");
        assertEquals(
                List.of(List.of("noise")),
                useless.stream().map(Observation::columns).toList());
        assertEquals("copy", useless.get(0).note("aside"));
    }

    @Test
    void hasNothingToSayOfPenguins() {
        List<Observation> looks = FeatureHints.observe(
                RealFrame.of("penguins", "species", List.of()).make(), 1, Progress.SILENT);
        assertTrue(!looks.isEmpty());
        // Sex is of no use beside the bill and the island, and named so.
        for (String hint : List.of("transform", "interaction")) {
            assertEquals(List.of(), certain(looks, hint));
        }
    }
}
