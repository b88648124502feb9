package dev.auscult.data.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

class NoiseFloorTest {
    /** Rows of which the label differs with chance floor + (1 - floor) · height (1 - r)^exponent at rank r. */
    private static NoiseFloor floor(int rows, double floor, double height, double exponent, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] sure = new double[rows];
        boolean[] differs = new boolean[rows];
        for (int i = 0; i < rows; i++) {
            sure[i] = (i + 0.5) / rows;
            differs[i] = random.nextDouble() < floor + (1 - floor) * height * Math.pow(1 - sure[i], exponent);
        }
        return NoiseFloor.of(sure, differs, 0.5);
    }

    @Test
    void findsTheFloorThatWasThere() {
        for (long seed = 1; seed <= 20; seed++) {
            NoiseFloor found = floor(5_000, 0.08, 0.5, 4, seed);
            assertEquals(0.08, found.floor(), 0.03);
            assertTrue(found.low() <= found.floor() && found.floor() <= found.high());
            assertTrue(Tails.normal(Math.sqrt(found.ratio())) < 1e-4);
        }
    }

    /** Classes that overlap, and labels that are right: at most one in a hundred may look certain at one in a hundred. */
    @Test
    void findsNoFloorWhereClassesOverlap() {
        int alarms = 0;
        for (long seed = 1; seed <= 200; seed++) {
            NoiseFloor found = floor(300, 0, 0.5, 3, seed);
            alarms += found.floor() >= 0.02 && Tails.normal(Math.sqrt(found.ratio())) < 1e-3 ? 1 : 0;
        }
        assertTrue(alarms <= 2, alarms + " alarms in 200 sets without a wrong label");
    }

    @Test
    void fewRowsDetectOnlyMuch() {
        assertEquals(0.0767, NoiseFloor.detectable(100), 1e-4);
    }

    @Test
    void rowsOfEqualConfidenceShareTheirRank() {
        double[] sure = new double[1_000];
        boolean[] differs = new boolean[1_000];
        differs[999] = true;
        NoiseFloor found = NoiseFloor.of(sure, differs, 0.5);
        assertEquals(0.001, found.disagreements(), 1e-12);
        assertTrue(Tails.normal(Math.sqrt(found.ratio())) > 0.01, "one row among equals is no evidence");
    }
}
