package dev.auscult.data.media;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;

import dev.auscult.data.audio.Wav;
import dev.auscult.run.Observation;
import dev.auscult.run.Observation.Kind;
import dev.auscult.run.Split;

/** What was measured of all sounds of a part, and the looks at them beside one another. */
final class SoundTable {
    /** 60 dB below full scale: the noise of a quiet room recorded at a usual level; speech is 40 dB above it. */
    private static final double SILENCE = -60;
    /** Share of clipped samples from which a sound counts: one in a thousand. */
    private static final double CLIPPED = 0.001;
    /** One window of the usual spectrum. */
    private static final double WINDOW_SECONDS = 0.025;
    /** Shorter by this factor than usual. */
    private static final double SHORTER = 3;

    private final Split split;
    private final Items items;
    private final Doubles seconds = new Doubles();
    private final Doubles logSeconds = new Doubles();
    private final Doubles level = new Doubles();
    private final Doubles clipped = new Doubles();
    private final List<Wav> heads = new ArrayList<>();

    SoundTable(Split split, Items items) {
        this.split = split;
        this.items = items;
    }

    void add(Wav head, SoundMeasures sound) {
        heads.add(head);
        seconds.add(sound.seconds());
        logSeconds.add(sound.seconds() > 0 ? Math.log(sound.seconds()) : Double.NaN);
        level.add(sound.seconds() > 0 ? sound.level() : Double.NaN);
        clipped.add(sound.clippedShare());
    }

    List<Observation> observe() {
        if (heads.isEmpty()) {
            return List.of();
        }
        return List.of(silent(), clipped(), brief(), rates());
    }

    private Observation silent() {
        return affected(
                Kind.SILENT_SOUNDS,
                i -> level.get(i) < SILENCE,
                level::get,
                i -> Math.max(level.get(i), -200),
                i -> Double.isInfinite(level.get(i))
                        ? "constant"
                        : String.format(Locale.ROOT, "%.0f dBFS", level.get(i)),
                Map.of("limit", SILENCE, "median", level.median()));
    }

    private Observation clipped() {
        return affected(
                Kind.CLIPPED_SOUNDS,
                i -> clipped.get(i) >= CLIPPED,
                i -> -clipped.get(i),
                clipped::get,
                i -> String.format(Locale.ROOT, "%.1f %% of the samples", 100 * clipped.get(i)),
                Map.of("limit", CLIPPED));
    }

    private Observation brief() {
        double[] sorted = logSeconds.sorted();
        double median = Doubles.quantile(sorted, 0.5);
        double fence = Math.min(Doubles.lowerFence(sorted), median - Math.log(SHORTER));
        double limit = sorted.length == 0 ? WINDOW_SECONDS : Math.max(WINDOW_SECONDS, Math.exp(fence));
        long empty = Arrays.stream(seconds.toArray()).filter(s -> s == 0).count();
        return affected(
                Kind.SHORT_SOUNDS,
                i -> seconds.get(i) < limit,
                seconds::get,
                seconds::get,
                i -> seconds.get(i) == 0 ? "no sample" : String.format(Locale.ROOT, "%.3f s", seconds.get(i)),
                Map.of("empty", (double) empty, "limit", limit, "median", Math.exp(median)));
    }

    /** Sounds of another rate or another number of channels than most. */
    private Observation rates() {
        Map<String, Integer> forms = new LinkedHashMap<>();
        int[] form = new int[heads.size()];
        for (int i = 0; i < form.length; i++) {
            Wav head = heads.get(i);
            String name = String.format(
                    Locale.ROOT,
                    "%,d Hz %s",
                    head.rate(),
                    head.channels() == 1 ? "mono" : head.channels() == 2 ? "stereo" : head.channels() + " channels");
            form[i] = forms.computeIfAbsent(name, n -> forms.size());
        }
        long[] counts = new long[forms.size()];
        for (int f : form) {
            counts[f]++;
        }
        int usual = 0;
        for (int f = 1; f < counts.length; f++) {
            usual = counts[f] > counts[usual] ? f : usual;
        }
        int most = usual;
        List<String> names = List.copyOf(forms.keySet());
        Map<String, Double> numbers = new HashMap<>();
        numbers.put("rates", (double) heads.stream().map(Wav::rate).distinct().count());
        numbers.put("channels", (double)
                heads.stream().map(Wav::channels).distinct().count());
        items.association(form).into(numbers);
        IntPredicate other = i -> form[i] != most;
        long affected = heads.size() - counts[most];
        return Items.observation(
                Kind.MIXED_RATES,
                split,
                List.of(),
                heads.size(),
                affected,
                numbers,
                Map.of("usual", names.get(most)),
                items.worst(other, i -> heads.get(i).rate(), i -> heads.get(i).rate(), i -> names.get(form[i])));
    }

    private Observation affected(
            Kind kind,
            IntPredicate which,
            IntToDoubleFunction order,
            IntToDoubleFunction score,
            IntFunction<String> value,
            Map<String, Double> numbers) {
        long count = 0;
        for (int i = 0; i < heads.size(); i++) {
            count += which.test(i) ? 1 : 0;
        }
        return Items.observation(kind, split, heads.size(), count, numbers, items.worst(which, order, score, value));
    }
}
