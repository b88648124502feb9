package dev.auscult.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;

import org.junit.jupiter.api.Test;

class ArrayNormalizerTest {
    private static float[] normalized(Inputs training, Inputs inputs, ArraySettings settings) {
        return Vectors.all(ArrayNormalizer.fit(training, settings.settings()).apply(inputs));
    }

    @Test
    void standardIsPerFeatureWithTheDeviationOfThePopulation() {
        Inputs training = Vectors.of(new float[] {1, 10, 5}, new float[] {3, 30, 5});
        float[] x = normalized(training, Vectors.of(new float[] {1, 40, 7}), new ArraySettings());
        // Means 2, 20, 5; deviations 1, 10, and none, which leaves the factor at 1.
        assertThat(x).containsExactly(-1, 2, 2);
    }

    @Test
    void standardIsPerChannelOfAnImage() {
        Inputs training = new Vectors(new long[] {2, 1, 2}, new float[] {0, 2, 10, 10}, new float[] {4, 2, 30, 30});
        float[] x = normalized(training, training, new ArraySettings());
        float[] expected = {-1.4142135f, 0, -1, -1, 1.4142135f, 0, 1, 1};
        for (int i = 0; i < x.length; i++) {
            assertThat(x[i]).isCloseTo(expected[i], within(1e-6f));
        }
    }

    @Test
    void aSequenceHasFeaturesInItsRowsAndAWaveformOneChannel() {
        Inputs sequence = new Vectors(new long[] {2, 2}, new float[] {0, 100, 2, 300});
        assertThat(normalized(sequence, sequence, new ArraySettings())).containsExactly(-1, -1, 1, 1);
        Inputs waveform = new Vectors(new long[] {1, 4}, new float[] {1, 3, 1, 3});
        assertThat(normalized(waveform, waveform, new ArraySettings())).containsExactly(-1, 1, -1, 1);
    }

    @Test
    void whatIsNormalizedHasMeanZeroAndDeviationOneHoweverFarItLies() {
        Random random = new Random(5);
        for (double offset : new double[] {0, 1e3, -1e5}) {
            float[][] rows = new float[500][3];
            for (float[] row : rows) {
                for (int f = 0; f < 3; f++) {
                    row[f] = (float) (offset + (f + 1) * random.nextGaussian());
                }
            }
            float[] x = normalized(Vectors.of(rows), Vectors.of(rows), new ArraySettings());
            for (int f = 0; f < 3; f++) {
                double sum = 0;
                double squares = 0;
                for (int i = 0; i < 500; i++) {
                    sum += x[3 * i + f];
                    squares += (double) x[3 * i + f] * x[3 * i + f];
                }
                assertThat(sum / 500).isCloseTo(0, within(1e-5));
                assertThat(squares / 500).isCloseTo(1, within(1e-5));
            }
        }
    }

    @Test
    void minMaxBringsTheTrainingPartToZeroAndOne() {
        Inputs training = Vectors.of(new float[] {-2, 7}, new float[] {2, 7}, new float[] {0, 7});
        float[] x = normalized(training, training, new ArraySettings().normalize("min-max"));
        assertThat(x).containsExactly(0, 0, 1, 0, 0.5f, 0);
        assertThat(normalized(training, Vectors.of(new float[] {6, 8}), new ArraySettings().normalize("min-max")))
                .containsExactly(2, 1);
    }

    @Test
    void divideAndNoneTakeNoFiguresFromTheData() {
        Inputs images = new Vectors(new long[] {1, 1, 2}, new float[] {255, 51});
        assertThat(normalized(images, images, new ArraySettings().divide(255))).containsExactly(1, 0.2f);
        assertThat(normalized(images, images, new ArraySettings().normalize("none")))
                .containsExactly(255, 51);
        assertThatThrownBy(() -> ArrayNormalizer.fit(
                        images, new ArraySettings().divide(0).settings()))
                .hasMessage("normalize: divide by 0.0, wanted a finite number other than 0");
        assertThatThrownBy(() -> ArrayNormalizer.fit(
                        images, new ArraySettings().normalize("robust").settings()))
                .hasMessage("normalize: 'robust', wanted one of none, standard, min-max, divide");
    }

    @Test
    void whatIsNotANumberBecomesTheMeanOfTheTrainingPart() {
        Inputs training = Vectors.of(new float[] {1, Float.NaN}, new float[] {3, 4}, new float[] {Float.NaN, 8});
        assertThat(normalized(training, training, new ArraySettings())).containsExactly(-1, 0, 1, -1, 0, 1);
        assertThat(normalized(training, Vectors.of(new float[] {Float.NaN, 1}), new ArraySettings().normalize("none")))
                .containsExactly(2, 1);
    }

    @Test
    void otherShapesThanThoseOfTrainingAreRefused() {
        ArrayNormalizer normalizer = ArrayNormalizer.fit(Vectors.numbered(3, 4), new ArraySettings().settings());
        assertThatThrownBy(() -> normalizer.apply(Vectors.numbered(3, 5)))
                .hasMessage("5 features, wanted 4 as in training");
    }

    @Test
    void itSaysWhatItDid() {
        Inputs images = new Vectors(new long[] {1, 1, 2}, new float[] {0, 100});
        assertThat(ArrayNormalizer.fit(images, new ArraySettings().settings()).description())
                .isEqualTo("standard per channel, mean 50.00, standard deviation 50.00");
        assertThat(ArrayNormalizer.fit(
                                images, new ArraySettings().normalize("min-max").settings())
                        .description())
                .isEqualTo("min-max per channel, from 0.000 to 100.0");
        assertThat(ArrayNormalizer.fit(images, new ArraySettings().divide(255).settings())
                        .description())
                .isEqualTo("divided by 255.0");
    }

    @Test
    void whatIsNotFiniteBecomesTheMean() {
        Inputs training = Vectors.of(new float[] {1}, new float[] {3}, new float[] {Float.POSITIVE_INFINITY});
        float[] x = normalized(
                training,
                Vectors.of(new float[] {Float.NaN}, new float[] {Float.NEGATIVE_INFINITY}, new float[] {3}),
                new ArraySettings());
        assertThat(x).containsExactly(0, 0, 1);
    }
}
