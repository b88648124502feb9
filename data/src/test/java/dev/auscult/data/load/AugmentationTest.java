package dev.auscult.data.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;

class AugmentationTest {
    private static final long[] IMAGE = {2, 3, 4};

    /** 1, 2, 3, … behind two numbers that belong to another example. */
    private static float[] counted(int elements) {
        float[] x = new float[elements + 4];
        for (int i = 0; i < elements; i++) {
            x[2 + i] = i + 1;
        }
        x[0] = x[1] = x[elements + 2] = x[elements + 3] = -7;
        return x;
    }

    private static float[] changed(String type, double amount, long[] shape, int draw) {
        int elements = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        float[] x = counted(elements);
        Augmentation.of(type, amount, shape, false).change(x, 2, new Draws().begin(1, 0, draw, 0));
        assertThat(new float[] {x[0], x[1], x[elements + 2], x[elements + 3]}).containsOnly(-7);
        return Arrays.copyOfRange(x, 2, elements + 2);
    }

    @Test
    void flipMirrorsEachRowOrEachColumn() {
        assertThat(changed("flip", 0, IMAGE, 0))
                .containsExactly(4, 3, 2, 1, 8, 7, 6, 5, 12, 11, 10, 9, 16, 15, 14, 13, 20, 19, 18, 17, 24, 23, 22, 21);
        assertThat(changed("flip", 1, IMAGE, 0))
                .containsExactly(9, 10, 11, 12, 5, 6, 7, 8, 1, 2, 3, 4, 21, 22, 23, 24, 17, 18, 19, 20, 13, 14, 15, 16);
    }

    @Test
    void cropMovesTheImageAndFillsWithZeros() {
        int[] shifts = new int[25];
        for (int draw = 0; draw < 5000; draw++) {
            float[] x = changed("crop", 2, IMAGE, draw);
            boolean[] found = new boolean[25];
            for (int down = -2; down <= 2; down++) {
                for (int right = -2; right <= 2; right++) {
                    found[(down + 2) * 5 + right + 2] = Arrays.equals(x, moved(down, right));
                }
            }
            int matches = 0;
            for (int s = 0; s < 25; s++) {
                if (found[s]) {
                    matches++;
                    shifts[s]++;
                }
            }
            assertThat(matches).isEqualTo(1);
        }
        for (int count : shifts) {
            assertThat((double) count).isCloseTo(200, within(5 * Math.sqrt(200)));
        }
    }

    private static float[] moved(int down, int right) {
        float[] moved = new float[24];
        for (int c = 0; c < 2; c++) {
            for (int y = 0; y < 3; y++) {
                for (int x = 0; x < 4; x++) {
                    int fromY = y + down;
                    int fromX = x + right;
                    boolean inside = fromY >= 0 && fromY < 3 && fromX >= 0 && fromX < 4;
                    moved[c * 12 + y * 4 + x] = inside ? c * 12 + fromY * 4 + fromX + 1 : 0;
                }
            }
        }
        return moved;
    }

    @Test
    void aQuarterTurnIsExact() {
        float[] square = {1, 2, 3, 4, 5, 6, 7, 8, 9};
        float[] turned = new float[9];
        Augmentation.turn(square, turned, 0, 1, 3, 3, Math.PI / 2);
        float[] counterClockwise = {3, 6, 9, 2, 5, 8, 1, 4, 7};
        for (int i = 0; i < 9; i++) {
            assertThat(turned[i]).isCloseTo(counterClockwise[i], within(1e-5f));
        }
        Augmentation.turn(square, turned, 0, 1, 3, 3, 0);
        assertThat(turned).isEqualTo(square);
    }

    @Test
    void turningASlopeTurnsItsDirection() {
        // Bilinear interpolation gives a plane back exactly, so inside the turned image is known.
        int n = 21;
        float[] plane = new float[n * n];
        for (int y = 0; y < n; y++) {
            for (int x = 0; x < n; x++) {
                plane[y * n + x] = 0.5f * x - 0.25f * y;
            }
        }
        double angle = 0.3;
        float[] turned = new float[n * n];
        Augmentation.turn(plane, turned, 0, 1, n, n, angle);
        for (int y = 5; y <= 15; y++) {
            for (int x = 5; x <= 15; x++) {
                double dx = x - 10;
                double dy = y - 10;
                double fromX = 10 + Math.cos(angle) * dx - Math.sin(angle) * dy;
                double fromY = 10 + Math.sin(angle) * dx + Math.cos(angle) * dy;
                assertThat((double) turned[y * n + x]).isCloseTo(0.5 * fromX - 0.25 * fromY, within(1e-5));
            }
        }
        assertThat(turned[0]).as("from outside").isZero();
    }

    @Test
    void rotateDrawsAnglesUpToItsLimit() {
        // A bright pixel at distance 8 to the right of the centre shows the angle.
        long[] shape = {1, 21, 21};
        Augmentation rotate = Augmentation.of("rotate", 30, shape, false);
        double most = 0;
        double least = 0;
        for (int draw = 0; draw < 500; draw++) {
            float[] x = new float[441];
            x[10 * 21 + 18] = 1;
            rotate.change(x, 0, new Draws().begin(4, 0, draw, 0));
            double sumY = 0;
            double sumX = 0;
            for (int i = 0; i < 441; i++) {
                sumY += x[i] * (i / 21 - 10);
                sumX += x[i] * (i % 21 - 10);
            }
            double degrees = Math.toDegrees(Math.atan2(-sumY, sumX));
            most = Math.max(most, degrees);
            least = Math.min(least, degrees);
        }
        assertThat(most).isBetween(28.0, 31.0);
        assertThat(least).isBetween(-31.0, -28.0);
    }

    @Test
    void noiseHasItsDeviation() {
        long[] shape = {100_000};
        float[] x = changed("noise", 0.5, shape, 0);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < x.length; i++) {
            double noise = x[i] - (i + 1);
            sum += noise;
            squares += noise * noise;
        }
        assertThat(sum / x.length).isCloseTo(0, within(5 * 0.5 / Math.sqrt(x.length)));
        assertThat(Math.sqrt(squares / x.length)).isCloseTo(0.5, within(0.01));
    }

    @Test
    void cutoutBlanksOneSquareInAllChannels() {
        Set<String> seen = new HashSet<>();
        for (int draw = 0; draw < 1000; draw++) {
            float[] x = changed("cutout", 2, IMAGE, draw);
            StringBuilder blank = new StringBuilder();
            int count = 0;
            for (int i = 0; i < 12; i++) {
                assertThat(x[i] == 0).isEqualTo(x[12 + i] == 0);
                if (x[i] == 0) {
                    count++;
                    blank.append(i).append(' ');
                } else {
                    assertThat(x[i]).isEqualTo(i + 1);
                }
            }
            // A square of 2, or what the border leaves of it.
            assertThat(count).isIn(1, 2, 4);
            seen.add(blank.toString());
        }
        assertThat(seen).hasSize(12);
        assertThat(changed("cutout", 100, IMAGE, 0)).containsOnly(0);
    }

    @Test
    void timeShiftTurnsTheTimeAxis() {
        Set<Float> firsts = new HashSet<>();
        for (int draw = 0; draw < 500; draw++) {
            float[] x = changed("time-shift", 0.3, new long[] {1, 10}, draw);
            firsts.add(x[0]);
            for (int i = 0; i < 10; i++) {
                assertThat(x[(i + 1) % 10]).isEqualTo(x[i] % 10 + 1);
            }
        }
        // Three places to either side.
        assertThat(firsts).containsExactlyInAnyOrder(1f, 2f, 3f, 4f, 8f, 9f, 10f);
        // Of a spectrum every band moves alike; of a sequence every row stays whole.
        float[] bands = changed("time-shift", 1, new long[] {1, 2, 3}, 3);
        assertThat(bands[3] - bands[0]).isEqualTo(3);
        assertThat(bands[4] - bands[1]).isEqualTo(3);
        float[] rows = changed("time-shift", 1, new long[] {3, 2}, 5);
        for (int r = 0; r < 3; r++) {
            assertThat(rows[2 * r] % 2).isEqualTo(1);
            assertThat(rows[2 * r + 1]).isEqualTo(rows[2 * r] + 1);
        }
    }

    @Test
    void tokenDropKeepsTheOrderAndNeverDropsAll() {
        Augmentation drop = Augmentation.of("token-drop", 0.25, new long[] {8}, true);
        long kept = 0;
        int times = 20_000;
        for (int draw = 0; draw < times; draw++) {
            long[] x = {99, 1, 2, 3, 4, 5, 6, 0, 0, 99};
            int left = drop.changeTokens(x, 1, 6, 0, new Draws().begin(2, 0, draw, 0));
            assertThat(x[0]).isEqualTo(99);
            assertThat(x[9]).isEqualTo(99);
            int count = 0;
            while (count < 8 && x[1 + count] != 0) {
                assertThat(count == 0 || x[1 + count] > x[count]).isTrue();
                count++;
            }
            for (int i = count; i < 8; i++) {
                assertThat(x[1 + i]).isZero();
            }
            assertThat(count).isPositive().isEqualTo(left);
            kept += count;
        }
        assertThat(kept / (double) times).isCloseTo(6 * 0.75, within(0.05));
        long[] single = {5, 0};
        Augmentation most = Augmentation.of("token-drop", 0.99, new long[] {2}, true);
        for (int draw = 0; draw < 100; draw++) {
            most.changeTokens(single, 0, 1, 0, new Draws().begin(2, 0, draw, 0));
            assertThat(single).containsExactly(5, 0);
        }
        long[] padded = {0, 1, 2, 7, 7};
        int left = Augmentation.of("token-drop", 0.5, new long[] {5}, true)
                .changeTokens(padded, 0, 3, 7, new Draws().begin(2, 0, 1, 0));
        assertThat(left).isBetween(1, 3);
        assertThat(Arrays.copyOfRange(padded, left, 5)).containsOnly(7);
        long[] nothing = {0, 0};
        most.changeTokens(nothing, 0, 0, 0, new Draws().begin(2, 0, 0, 0));
        assertThat(nothing).containsExactly(0, 0);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        refused(
                "crop",
                2,
                new long[] {10},
                false,
                "crop changes images [channels, height, width], found numbers of shape [10]; leave it out");
        refused("flip", 2, IMAGE, false, "flip: 2.0, wanted 0 (left to right) or 1 (upside down)");
        refused("noise", Double.NaN, IMAGE, false, "noise: NaN, wanted a standard deviation greater than 0");
        refused("rotate", 181, IMAGE, false, "rotate: 181.0, wanted degrees in 0 < x ≤ 180");
        refused("cutout", 1.5, IMAGE, false, "cutout: 1.5, wanted whole pixels, from 1");
        refused("time-shift", 1.1, IMAGE, false, "time-shift: 1.1, wanted a share of the length in 0 < x ≤ 1");
        refused(
                "token-drop",
                0.1,
                IMAGE,
                false,
                "token-drop changes tokens, found numbers of shape [2, 3, 4]; leave it out");
        refused("noise", 0.1, new long[] {8}, true, "noise changes numbers, found tokens; leave it out");
        refused("token-drop", 1, new long[] {8}, true, "token-drop: 1.0, wanted a probability in 0 < p < 1");
        refused(
                "blur",
                1,
                IMAGE,
                false,
                "augmentation 'blur', wanted one of flip, crop, rotate, noise, mixup, cutout, time-shift, token-drop");
    }

    private static void refused(String type, double amount, long[] shape, boolean tokens, String message) {
        assertThatThrownBy(() -> Augmentation.of(type, amount, shape, tokens))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
