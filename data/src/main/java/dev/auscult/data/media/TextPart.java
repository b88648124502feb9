package dev.auscult.data.media;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;

import dev.auscult.data.DataSettings;
import dev.auscult.run.Observation;
import dev.auscult.run.Observation.Kind;
import dev.auscult.run.Split;
import org.jspecify.annotations.Nullable;

/** The texts of one part, taken one after the other, and the looks at them beside one another. */
final class TextPart {
    private static final int MOST_EXAMPLES = 20;
    /** Beyond so many texts their likeness is not looked at. */
    private static final int MOST_COMPARED = 1 << 17;
    /** Longer than usual by this factor. */
    private static final double LONGER = 4;

    private final Split split;
    private final List<String> columns;
    private final Items items;
    private final DataSettings.@Nullable Text settings;
    private final boolean given;
    private final Tongue tongue = new Tongue();
    private final Words words = new Words();

    private final Longs counts = new Longs();
    private final Longs hashes = new Longs();
    private final FirstByHash first = new FirstByHash();
    private final Longs wordCounts = new Longs();
    private final FirstByHash wordPlaces = new FirstByHash();
    private final ShingleIndex shingles = new ShingleIndex();
    private final List<NearPair> near = new ArrayList<>();
    private final Map<String, Integer> tongues = new LinkedHashMap<>();
    private final Longs tongueOf = new Longs();
    private final List<Observation.Example> damaged = new ArrayList<>();
    private final List<Observation.Example> escaped = new ArrayList<>();
    private final Doubles tokens = new Doubles();
    private final List<Observation.Example> lacking = new ArrayList<>();
    private long missing;
    private long broken;
    private long mojibake;
    private long replaced;
    private long controls;
    private long entities;
    private long copies;

    /**
     * No text yet.
     *
     * @param settings how text becomes tokens; null where that is not known
     * @param given whether somebody said so
     */
    TextPart(Split split, List<String> columns, Items items, DataSettings.@Nullable Text settings, boolean given) {
        this.split = split;
        this.columns = columns;
        this.items = items;
        this.settings = settings;
        this.given = given;
    }

    /** The next text, which is the last of the items. */
    void add(String text) {
        int item = counts.size();
        words.take(text);
        counts.add(words.count());
        tokens.add(settings != null && settings.tokenizer().equals("bytes") ? (double) utf8(text) : words.count());
        Damage damage = Damage.of(text);
        damage(item, damage);
        String name = tongue.of(text, words);
        tongueOf.add(name.isEmpty() ? -1 : tongues.computeIfAbsent(name, n -> tongues.size()));
        for (int w = 0; w < words.count(); w++) {
            int place = wordPlaces.get(words.hash(w));
            if (place < 0) {
                wordPlaces.add(words.hash(w), wordCounts.size());
                wordCounts.add(1);
            } else {
                wordCounts.set(place, wordCounts.get(place) + 1);
            }
        }
        long hash = words.all();
        boolean fresh = words.count() > 0 && first.get(hash) < 0;
        if (words.count() > 0) {
            copies += fresh ? 0 : 1;
            first.add(hash, item);
        }
        hashes.add(hash);
        if (item < MOST_COMPARED) {
            long[] own = words.shingles(ShingleIndex.WORDS, ShingleIndex.MOST_SHINGLES);
            NearPair pair = fresh ? shingles.find(item, own) : null;
            if (pair != null) {
                near.add(pair);
            }
            shingles.add(own, fresh);
        }
    }

    /** A row without a text. */
    void lack(long row) {
        missing++;
        if (lacking.size() < MOST_EXAMPLES) {
            lacking.add(new Observation.Example(row, "", "", 0));
        }
    }

    private static long utf8(String text) {
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return bytes;
    }

    private void damage(int item, Damage damage) {
        mojibake += damage.mojibake() > 0 ? 1 : 0;
        replaced += damage.replaced() > 0 ? 1 : 0;
        controls += damage.controls() > 0 ? 1 : 0;
        entities += damage.entities() > 0 ? 1 : 0;
        broken += damage.broken() ? 1 : 0;
        List<Observation.Example> list = damage.broken() ? damaged : escaped;
        if ((damage.broken() || damage.entities() > 0) && list.size() < MOST_EXAMPLES) {
            double marks =
                    damage.broken() ? damage.mojibake() + damage.replaced() + damage.controls() : damage.entities();
            list.add(items.example(item, damage.first(), marks));
        }
    }

    int rows() {
        return counts.size();
    }

    List<Observation> observe() {
        List<Observation> made = new ArrayList<>();
        if (rows() == 0) {
            return made;
        }
        made.add(empty());
        made.add(tooLong());
        made.add(encoding());
        made.add(languages());
        if (settings != null && !settings.tokenizer().endsWith(".json")) {
            made.add(waste());
        }
        made.add(nearDuplicates());
        return made;
    }

    private Observation empty() {
        long wordless = Arrays.stream(counts.toArray()).filter(c -> c == 0).count();
        List<Observation.Example> examples = new ArrayList<>(lacking);
        examples.addAll(items.worst(i -> counts.get(i) == 0, i -> i, i -> 0, i -> ""));
        return Items.observation(
                Kind.EMPTY_TEXTS,
                split,
                columns,
                rows() + missing,
                wordless + missing,
                Map.of("missing", (double) missing),
                Map.of(),
                examples.subList(0, Math.min(MOST_EXAMPLES, examples.size())));
    }

    private Observation tooLong() {
        Doubles lengths = new Doubles();
        Doubles logs = new Doubles();
        for (int i = 0; i < rows(); i++) {
            lengths.add(tokens.get(i));
            logs.add(tokens.get(i) > 0 ? Math.log(tokens.get(i)) : Double.NaN);
        }
        double[] sorted = lengths.sorted();
        double[] sortedLogs = logs.sorted();
        double median = Doubles.quantile(sortedLogs, 0.5);
        double fence = Math.max(Doubles.upperFence(sortedLogs), median + Math.log(LONGER));
        Map<String, Double> numbers = new HashMap<>();
        numbers.put("median", Math.exp(median));
        numbers.put("p95", Doubles.quantile(sorted, 0.95));
        numbers.put("longest", sorted[sorted.length - 1]);
        numbers.put("limit", Math.exp(fence));
        DataSettings.Text way = settings;
        if (way != null && !way.tokenizer().endsWith(".json")) {
            long cut = 0;
            double lost = 0;
            double all = 0;
            for (int i = 0; i < rows(); i++) {
                cut += tokens.get(i) > way.length() ? 1 : 0;
                lost += Math.max(0, tokens.get(i) - way.length());
                all += tokens.get(i);
            }
            numbers.put("length", (double) way.length());
            numbers.put("given", given ? 1.0 : 0.0);
            numbers.put("cut", (double) cut);
            numbers.put("cut-share", (double) cut / rows());
            numbers.put("lost-share", all == 0 ? 0 : lost / all);
        }
        return affected(
                Kind.LONG_TEXTS,
                i -> logs.get(i) > fence,
                i -> -logs.get(i),
                lengths::get,
                i -> String.format(Locale.ROOT, "%,.0f tokens", tokens.get(i)),
                numbers);
    }

    private Observation encoding() {
        List<Observation.Example> examples = new ArrayList<>(damaged);
        examples.addAll(escaped);
        return Items.observation(
                Kind.DAMAGED_ENCODING,
                split,
                columns,
                rows(),
                broken,
                Map.of(
                        "mojibake",
                        (double) mojibake,
                        "replaced",
                        (double) replaced,
                        "controls",
                        (double) controls,
                        "entities",
                        (double) entities),
                Map.of(),
                examples.subList(0, Math.min(MOST_EXAMPLES, examples.size())));
    }

    private Observation languages() {
        long[] sizes = new long[tongues.size()];
        long told = 0;
        for (int i = 0; i < rows(); i++) {
            if (tongueOf.get(i) >= 0) {
                sizes[(int) tongueOf.get(i)]++;
                told++;
            }
        }
        List<String> names = List.copyOf(tongues.keySet());
        List<Integer> order = new ArrayList<>();
        for (int t = 0; t < sizes.length; t++) {
            order.add(t);
        }
        order.sort(Comparator.comparingLong(t -> -sizes[t]));
        int usual = order.isEmpty() ? -1 : order.get(0);
        long others = told - (usual < 0 ? 0 : sizes[usual]);
        Map<String, Double> numbers = new HashMap<>();
        numbers.put("told", (double) told);
        numbers.put("languages", (double) sizes.length);
        numbers.put("other-share", told == 0 ? 0 : (double) others / told);
        Map<String, String> notes = new HashMap<>();
        if (usual >= 0) {
            notes.put("usual", names.get(usual));
            notes.put(
                    "others",
                    String.join(
                            ", ",
                            order.stream().skip(1).limit(5).map(names::get).toList()));
        }
        IntPredicate other = i -> tongueOf.get(i) >= 0 && tongueOf.get(i) != usual;
        return Items.observation(
                Kind.MIXED_LANGUAGES,
                split,
                columns,
                rows(),
                others,
                numbers,
                notes,
                items.worst(other, i -> i, i -> 1, i -> names.get((int) tongueOf.get(i))));
    }

    /** Padding and unknown words of the tokens that the settings make. */
    private Observation waste() {
        DataSettings.Text way = settings;
        int length = way == null ? 1 : way.length();
        double padding = 0;
        for (int i = 0; i < rows(); i++) {
            padding += Math.max(0, length - tokens.get(i)) / (double) length;
        }
        Map<String, Double> numbers = new HashMap<>();
        numbers.put("length", (double) length);
        numbers.put("padding-share", padding / rows());
        numbers.put("given", given ? 1.0 : 0.0);
        if (way != null && way.tokenizer().equals("words")) {
            numbers.put("unknown-share", unknown(way.vocabulary()));
            numbers.put("words", (double) wordCounts.size());
            numbers.put("vocabulary", (double) way.vocabulary());
        }
        return Items.observation(Kind.TOKEN_WASTE, split, columns, rows(), 0, numbers, Map.of(), List.of());
    }

    /** Share of the words that a vocabulary of the most frequent ones lacks. */
    private double unknown(int vocabulary) {
        long[] sorted = wordCounts.toArray();
        Arrays.sort(sorted);
        double all = 0;
        double lacking = 0;
        for (int i = 0; i < sorted.length; i++) {
            all += sorted[i];
            lacking += i < sorted.length - vocabulary ? sorted[i] : 0;
        }
        return all == 0 ? 0 : lacking / all;
    }

    private Observation nearDuplicates() {
        long differ = near.stream()
                .filter(p -> items.label(p.item()) >= 0
                        && items.label(p.like()) >= 0
                        && items.label(p.item()) != items.label(p.like()))
                .count();
        return Items.observation(
                Kind.NEAR_DUPLICATES,
                split,
                columns,
                Math.min(rows(), MOST_COMPARED),
                near.size(),
                Map.of("labels-differ", (double) differ, "exact", (double) copies),
                Map.of(),
                near.stream()
                        .sorted(Comparator.comparingDouble(p -> -p.likeness()))
                        .limit(MOST_EXAMPLES)
                        .map(p -> items.example(p.item(), "almost the same as " + items.name(p.like()), p.likeness()))
                        .toList());
    }

    /** Texts of another part that are here too. */
    List<Observation> leaked(TextPart other, IntFunction<String> otherText) {
        long exactly = 0;
        List<Observation.Example> same = new ArrayList<>();
        List<Observation.Example> alike = new ArrayList<>();
        long nearly = 0;
        for (int i = 0; i < other.rows(); i++) {
            if (other.counts.get(i) == 0) {
                continue;
            }
            int here = first.get(other.hashes.get(i));
            if (here >= 0) {
                exactly++;
                if (same.size() < MOST_EXAMPLES) {
                    same.add(other.items.example(i, split.label() + " " + items.name(here), 1));
                }
                continue;
            }
            words.take(otherText.apply(i));
            NearPair pair = shingles.find(i, words.shingles(ShingleIndex.WORDS, ShingleIndex.MOST_SHINGLES));
            if (pair != null) {
                nearly++;
                if (alike.size() < MOST_EXAMPLES) {
                    alike.add(other.items.example(i, split.label() + " " + items.name(pair.like()), pair.likeness()));
                }
            }
        }
        if (rows() == 0 || other.rows() == 0) {
            return List.of();
        }
        return List.of(
                Leaks.observation("exact", other.split, columns, rows(), other.rows(), exactly, 2 * copies, same),
                Leaks.observation("near", other.split, columns, rows(), other.rows(), nearly, 2L * near.size(), alike));
    }

    private Observation affected(
            Kind kind,
            IntPredicate which,
            IntToDoubleFunction order,
            IntToDoubleFunction score,
            IntFunction<String> value,
            Map<String, Double> numbers) {
        long count = 0;
        for (int i = 0; i < rows(); i++) {
            count += which.test(i) ? 1 : 0;
        }
        return Items.observation(
                kind, split, columns, rows(), count, numbers, Map.of(), items.worst(which, order, score, value));
    }
}
