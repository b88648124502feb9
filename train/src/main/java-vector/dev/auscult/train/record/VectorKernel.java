package dev.auscult.train.record;

import java.util.Arrays;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Adds up blocks with vector instructions.
 *
 * <p>Counting is what a vector cannot do, and one count for each number would take longer than all the rest. So two numbers
 * are counted at once: each is reduced to six bits, its sign and which of 31 octaves below the largest it lies in, and the
 * twelve bits of two numbers are one index. What lies below those octaves is counted one by one, which hardly ever happens.
 */
final class VectorKernel extends BlockKernel {
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, FLOATS.vectorShape());
    private static final VectorSpecies<Double> DOUBLES = VectorSpecies.of(double.class, FLOATS.vectorShape());
    private static final int LANES = FLOATS.length();
    private static final int OCTAVES = 31;

    /** Tensors with fewer blocks are counted one by one: to empty the table of pairs would cost more. */
    private static final int FEW = 4 * BLOCK;

    /** Squares of numbers with exponents (biased by 127) outside could overflow or vanish in float32. */
    private static final int SMALLEST_SAFE = 127 - 50;

    private static final int LARGEST_SAFE = 127 + 55;

    /** Brings the largest of numbers below the safe exponents, and the smallest there are, between 2^-49 and 2^50. */
    private static final float TINY_SCALE = 0x1p100f;

    private final float[] scaled = new float[BLOCK];

    private final int[] pairs = new int[1 << 12];

    /** Every other pair is counted here: a count that was just written would be read again too soon. */
    private final int[] otherPairs = new int[1 << 12];

    private final int[] indices = new int[BLOCK / 2];

    /** Biased exponent below the octaves that pairs are counted in. */
    private int base = -1;

    private boolean few;

    /** Bits of the largest number of the block; negative if all are below zero. */
    private int positive;

    /** Magnitude of the smallest number of the block; negative if none is below zero. */
    private int negative;

    private double sum;
    private double magnitudes;

    @Override
    void reset(int count) {
        super.reset(count);
        few = count < FEW;
        base = -1;
    }

    @Override
    void add(float[] block, int size) {
        int whole = size < BLOCK ? size - size % (4 * LANES) : BLOCK;
        addWhole(block, whole);
        if (whole < size) {
            countOneByOne(block, whole, size);
            addCarefully(block, whole, size);
        }
    }

    @Override
    void finish() {
        if (base >= 0) {
            emptyPairs();
        }
    }

    private void addWhole(float[] block, int size) {
        if (size == 0) {
            return;
        }
        extremes(block, size);
        if (Math.max(positive, negative) == 0) {
            addZeros(size);
            return;
        }
        int exponent = Math.max(positive, negative) >>> 23;
        if (exponent == 255) {
            countOneByOne(block, 0, size);
            addCarefully(block, 0, size);
            return;
        }
        if (few || size < BLOCK || exponent == 0) {
            countOneByOne(block, 0, size);
        } else {
            countPairs(block, exponent);
        }
        if (exponent > LARGEST_SAFE) {
            addCarefully(block, 0, size);
            return;
        }
        float nearest = positive < 0 || negative < 0 ? Float.intBitsToFloat(smallestMagnitude(block, size)) : 0;
        max = Math.max(max, positive < 0 ? -nearest : Float.intBitsToFloat(positive));
        min = Math.min(min, negative < 0 ? nearest : -Float.intBitsToFloat(negative));
        if (exponent < SMALLEST_SAFE) {
            addTiny(block, size);
            return;
        }
        sums(block, size);
        join(size, sum, spread(block, size, sum / size), magnitudes);
    }

    /** Zeros only, as the gradients of units that were not active. */
    private void addZeros(int size) {
        zeros += size;
        min = Math.min(min, 0);
        max = Math.max(max, 0);
        join(size, 0, 0, 0);
    }

    /** Numbers whose squares would vanish are taken times a power of two, which changes none of their digits. */
    private void addTiny(float[] block, int size) {
        for (int i = 0; i < size; i += LANES) {
            FloatVector.fromArray(FLOATS, block, i).mul(TINY_SCALE).intoArray(scaled, i);
        }
        sums(scaled, size);
        double about = spread(scaled, size, sum / size);
        double back = 1 / (double) TINY_SCALE;
        join(size, sum * back, about * back * back, magnitudes * back);
    }

    /** Of numbers of one sign the bits as integers have the order of the magnitudes; the other sign is below them all. */
    private void extremes(float[] block, int size) {
        IntVector up = IntVector.broadcast(INTS, Integer.MIN_VALUE);
        IntVector down = up;
        for (int i = 0; i < size; i += 2 * LANES) {
            IntVector a = FloatVector.fromArray(FLOATS, block, i).reinterpretAsInts();
            IntVector b = FloatVector.fromArray(FLOATS, block, i + LANES).reinterpretAsInts();
            up = up.max(a.max(b));
            down = down.max(flip(a).max(flip(b)));
        }
        positive = up.reduceLanes(VectorOperators.MAX);
        negative = down.reduceLanes(VectorOperators.MAX);
    }

    private void sums(float[] block, int size) {
        DoubleVector sumLeft = DoubleVector.zero(DOUBLES);
        DoubleVector sumRight = sumLeft;
        DoubleVector magnitudesLeft = sumLeft;
        DoubleVector magnitudesRight = sumLeft;
        for (int i = 0; i < size; i += 4 * LANES) {
            FloatVector v0 = FloatVector.fromArray(FLOATS, block, i);
            FloatVector v1 = FloatVector.fromArray(FLOATS, block, i + LANES);
            FloatVector v2 = FloatVector.fromArray(FLOATS, block, i + 2 * LANES);
            FloatVector v3 = FloatVector.fromArray(FLOATS, block, i + 3 * LANES);
            FloatVector s = v0.add(v1).add(v2.add(v3));
            sumLeft = sumLeft.add(half(s, 0));
            sumRight = sumRight.add(half(s, 1));
            FloatVector m = v0.abs().add(v1.abs()).add(v2.abs().add(v3.abs()));
            magnitudesLeft = magnitudesLeft.add(half(m, 0));
            magnitudesRight = magnitudesRight.add(half(m, 1));
        }
        sum = sumLeft.add(sumRight).reduceLanes(VectorOperators.ADD);
        magnitudes = magnitudesLeft.add(magnitudesRight).reduceLanes(VectorOperators.ADD);
    }

    /** Half of the lanes as float64; few sums of float32 come before it, so that they do not add up their rounding. */
    private static DoubleVector half(FloatVector vector, int part) {
        return (DoubleVector) vector.convertShape(VectorOperators.F2D, DOUBLES, part);
    }

    private static IntVector flip(IntVector bits) {
        return bits.lanewise(VectorOperators.XOR, Integer.MIN_VALUE);
    }

    private static int smallestMagnitude(float[] block, int size) {
        IntVector least = IntVector.broadcast(INTS, Integer.MAX_VALUE);
        for (int i = 0; i < size; i += LANES) {
            least = least.min(FloatVector.fromArray(FLOATS, block, i).reinterpretAsInts().and(MAGNITUDE));
        }
        return least.reduceLanes(VectorOperators.MIN);
    }

    /** Sum of the squared distances from the mean. */
    private static double spread(float[] block, int size, double mean) {
        float centre = (float) mean;
        DoubleVector left = DoubleVector.zero(DOUBLES);
        DoubleVector right = left;
        for (int i = 0; i < size; i += 4 * LANES) {
            FloatVector d0 = FloatVector.fromArray(FLOATS, block, i).sub(centre);
            FloatVector d1 = FloatVector.fromArray(FLOATS, block, i + LANES).sub(centre);
            FloatVector d2 = FloatVector.fromArray(FLOATS, block, i + 2 * LANES).sub(centre);
            FloatVector d3 = FloatVector.fromArray(FLOATS, block, i + 3 * LANES).sub(centre);
            FloatVector q = d0.fma(d0, d1.mul(d1)).add(d2.fma(d2, d3.mul(d3)));
            left = left.add(half(q, 0));
            right = right.add(half(q, 1));
        }
        double about = left.add(right).reduceLanes(VectorOperators.ADD);
        return Math.max(0, about - size * (mean - centre) * (mean - centre));
    }

    private void countOneByOne(float[] block, int from, int to) {
        long before = counts[0] + counts[256];
        for (int i = from; i < to; i++) {
            counts[Float.floatToRawIntBits(block[i]) >>> 23]++;
        }
        int small = (int) (counts[0] + counts[256] - before);
        if (small > 0) {
            countSmall(block, from, to, small);
        }
    }

    private void countPairs(float[] block, int exponent) {
        if (base < 0 || exponent > base + OCTAVES || exponent < base + OCTAVES / 2) {
            if (base >= 0) {
                emptyPairs();
            }
            base = Math.max(0, exponent - OCTAVES + 2);
        }
        int below = (base + 1) << 23;
        int small = 0;
        int half = BLOCK / 2;
        for (int i = 0; i < half; i += LANES) {
            IntVector a = FloatVector.fromArray(FLOATS, block, i).reinterpretAsInts();
            IntVector b = FloatVector.fromArray(FLOATS, block, i + half).reinterpretAsInts();
            IntVector ma = a.and(MAGNITUDE);
            IntVector mb = b.and(MAGNITUDE);
            small += ma.min(mb).compare(VectorOperators.LT, below).trueCount();
            sixBits(a, ma).lanewise(VectorOperators.LSHL, 6).or(sixBits(b, mb)).intoArray(indices, i);
        }
        int[] even = pairs;
        int[] odd = otherPairs;
        for (int i = 0; i < half; i += 2) {
            even[indices[i] & (even.length - 1)]++;
            odd[indices[i + 1] & (odd.length - 1)]++;
        }
        if (small > 0) {
            countBelow(block, below);
        }
    }

    private IntVector sixBits(IntVector bits, IntVector magnitude) {
        IntVector octave =
                magnitude.lanewise(VectorOperators.LSHR, 23).sub(base).max(0);
        return octave.or(bits.lanewise(VectorOperators.LSHR, 26).and(32));
    }

    /** Counts what lies below the octaves of the pairs: zeros, and the rest one by one. */
    private void countBelow(float[] block, int below) {
        int zero = 0;
        int small = 0;
        for (int i = 0; i < BLOCK; i += LANES) {
            IntVector magnitude =
                    FloatVector.fromArray(FLOATS, block, i).reinterpretAsInts().and(MAGNITUDE);
            zero += magnitude.compare(VectorOperators.EQ, 0).trueCount();
            small += magnitude.compare(VectorOperators.LT, below).trueCount();
        }
        if (small == zero) {
            zeros += zero;
            return;
        }
        for (int i = 0; i < BLOCK; i++) {
            int bits = Float.floatToRawIntBits(block[i]);
            if ((bits & MAGNITUDE) < below) {
                counts[bits >>> 23]++;
                if ((bits & MAGNITUDE) < SMALLEST_NORMAL) {
                    countSmall(block, i, i + 1, 1);
                }
            }
        }
    }

    private void emptyPairs() {
        for (int i = 0; i < pairs.length; i++) {
            int count = pairs[i] + otherPairs[i];
            if (count != 0) {
                countSix(i >>> 6, count);
                countSix(i & 63, count);
            }
        }
        Arrays.fill(pairs, 0);
        Arrays.fill(otherPairs, 0);
    }

    private void countSix(int six, int count) {
        int octave = six & 31;
        if (octave > 0) {
            counts[(six >>> 5) * 256 + base + octave] += count;
        }
    }
}
