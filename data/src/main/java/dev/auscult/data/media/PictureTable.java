package dev.auscult.data.media;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;

import dev.auscult.run.Observation;
import dev.auscult.run.Observation.Kind;
import dev.auscult.run.Split;

/** What was measured of all pictures of a part, and the looks at them beside one another. */
final class PictureTable {
    /** Thresholds of cleanvision 0.3.6. */
    private static final double DARK = 0.32;

    private static final double LIGHT = 0.05;
    private static final double ASPECT = 0.35;
    private static final double BLURRY = 0.29;
    private static final double ENTROPY_BITS = 3;
    /** The median entropy of sets of photographs is above it; where it is not, 3 bits are a lot. */
    private static final double PHOTOGRAPHS_BITS = 6;

    private static final double SIMPLE_SHARE = 0.2;
    /** Standard deviation, in levels of 255, below which nothing is to be seen. */
    private static final double FLAT = 2;
    /** Sizes within this factor of the median are usual: scaling them does no harm. */
    private static final double SIZE_FACTOR = 2;

    private static final int UNKNOWN = -1;

    private final Split split;
    private final Items items;
    /** Whether levels are brightness: those of numbers without a known range are not. */
    private final boolean absolute;

    private final Doubles dark = new Doubles();
    private final Doubles light = new Doubles();
    private final Doubles entropy = new Doubles();
    private final Doubles contrast = new Doubles();
    private final Doubles edges = new Doubles();
    private final Doubles sharpness = new Doubles();
    private final Doubles size = new Doubles();
    private final Doubles aspect = new Doubles();
    private final Longs widthHeight = new Longs();
    private final Longs grey = new Longs();

    PictureTable(Split split, Items items, boolean absolute) {
        this.split = split;
        this.items = items;
        this.absolute = absolute;
    }

    void add(PictureMeasures picture) {
        dark.add(picture.dark());
        light.add(picture.light());
        entropy.add(picture.entropy());
        contrast.add(picture.contrast());
        edges.add(picture.edges());
        sharpness.add(picture.sharpness());
        double area = (double) picture.width() * picture.height();
        size.add(0.5 * Math.log(area));
        aspect.add(Math.min(picture.width(), picture.height()) / (double) Math.max(picture.width(), picture.height()));
        widthHeight.add(((long) picture.width() << 32) | picture.height());
        // What is blank has no colour to lack.
        grey.add(picture.contrast() < FLAT ? UNKNOWN : picture.grey() ? 1 : 0);
    }

    List<Observation> observe() {
        List<Observation> made = new ArrayList<>();
        int rows = dark.size();
        if (rows == 0) {
            return made;
        }
        if (absolute) {
            made.add(belowHalf(Kind.DARK_IMAGES, dark, DARK));
            made.add(belowHalf(Kind.LIGHT_IMAGES, light, LIGHT));
        }
        made.add(lowInformation());
        made.add(blurry());
        made.add(oddSizes());
        made.add(greyAmongColour());
        return made;
    }

    /** Pictures whose score is below a limit, and below half of what is usual in the set. */
    private Observation belowHalf(Kind kind, Doubles score, double limit) {
        double median = score.median();
        double bound = Math.min(limit, median / 2);
        return affected(
                kind,
                i -> score.get(i) < bound,
                score::get,
                Map.of("limit", bound, "median", median, "score-limit", limit));
    }

    private Observation lowInformation() {
        double median = entropy.median();
        double bound = median >= PHOTOGRAPHS_BITS ? ENTROPY_BITS : SIMPLE_SHARE * median;
        return affected(
                Kind.LOW_INFORMATION_IMAGES,
                i -> entropy.get(i) < bound || contrast.get(i) < FLAT,
                entropy::get,
                Map.of("limit", bound, "median", median));
    }

    private Observation blurry() {
        double median = edges.median();
        double bound = Math.min(BLURRY, median / 2);
        double[] sorted = sharpness.sorted();
        double usual = Doubles.quantile(sorted, 0.5);
        double fence = Math.min(Doubles.lowerFence(sorted), usual - Math.log(2));
        return affected(
                Kind.BLURRY_IMAGES,
                i -> contrast.get(i) >= FLAT && (edges.get(i) < bound || sharpness.get(i) < fence),
                i -> Math.exp(sharpness.get(i) - usual),
                Map.of("limit", bound, "median", median, "fence", Math.exp(fence - usual)));
    }

    private Observation oddSizes() {
        double[] sorted = size.sorted();
        double median = Doubles.quantile(sorted, 0.5);
        double low = Doubles.quantile(sorted, 0.25);
        double high = Doubles.quantile(sorted, 0.75);
        double reach = Math.log(SIZE_FACTOR);
        double least = Math.min(low - 3 * (high - low), median - reach);
        double most = Math.max(high + 3 * (high - low), median + reach);
        double shape = aspect.median();
        double bound = Math.min(ASPECT, shape / 2);
        IntPredicate ofSize = i -> size.get(i) < least || size.get(i) > most;
        IntPredicate ofShape = i -> aspect.get(i) < bound;
        long bySize = count(ofSize);
        long byShape = count(ofShape);
        long sizes = Arrays.stream(widthHeight.toArray()).distinct().count();
        Map<String, Double> numbers = Map.of(
                "odd-size", (double) bySize,
                "odd-aspect", (double) byShape,
                "sizes", (double) sizes,
                "median-side", Math.exp(median),
                "limit", bound);
        List<Observation.Example> examples = items.worst(
                ofSize.or(ofShape),
                i -> -Math.abs(size.get(i) - median) + Math.log(aspect.get(i)),
                i -> Math.exp(size.get(i) - median),
                i -> (widthHeight.get(i) >> 32) + "×" + (int) widthHeight.get(i) + " pixels");
        return observation(Kind.ODD_IMAGE_SIZES, count(ofSize.or(ofShape)), numbers, examples);
    }

    private Observation greyAmongColour() {
        long grays = count(i -> grey.get(i) == 1);
        long coloured = count(i -> grey.get(i) == 0);
        boolean fewer = grays <= coloured;
        long minority = Math.min(grays, coloured);
        int[] property = new int[rows()];
        for (int i = 0; i < property.length; i++) {
            property[i] = (int) grey.get(i);
        }
        Association tied = items.association(property);
        Map<String, Double> numbers = new HashMap<>();
        numbers.put("grey", (double) grays);
        numbers.put("colour", (double) coloured);
        tied.into(numbers);
        return observation(
                Kind.GREY_AMONG_COLOUR,
                minority,
                numbers,
                minority == 0
                        ? List.of()
                        : items.worst(
                                i -> grey.get(i) == (fewer ? 1 : 0), i -> 0, i -> 1, i -> fewer ? "grey" : "coloured"));
    }

    private int rows() {
        return dark.size();
    }

    private long count(IntPredicate which) {
        long count = 0;
        for (int i = 0; i < rows(); i++) {
            count += which.test(i) ? 1 : 0;
        }
        return count;
    }

    private Observation affected(
            Kind kind, IntPredicate which, IntToDoubleFunction score, Map<String, Double> numbers) {
        return observation(kind, count(which), numbers, items.worst(which, score, score, i -> ""));
    }

    private Observation observation(
            Kind kind, long affected, Map<String, Double> numbers, List<Observation.Example> examples) {
        return Items.observation(kind, split, rows(), affected, numbers, examples);
    }
}
