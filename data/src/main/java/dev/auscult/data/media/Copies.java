package dev.auscult.data.media;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.auscult.run.Observation;
import dev.auscult.run.Observation.Kind;
import dev.auscult.run.Split;
import org.jspecify.annotations.Nullable;

/** Items of a part by hash and likeness: which are there twice, and which another part holds too. */
final class Copies {
    private static final int MOST_EXAMPLES = 20;

    private final Split split;
    private final Items items;
    private final Longs exact = new Longs();
    private final Longs hashes = new Longs();
    private final Thumbnails thumbnails = new Thumbnails();
    private final FirstByHash first = new FirstByHash();

    private @Nullable LikenessIndex index;
    private @Nullable List<NearPair> pairs;

    Copies(Split split, Items items) {
        this.split = split;
        this.items = items;
    }

    /**
     * The next item.
     *
     * @param hash of all that it is
     * @param thumbnail what it looks like [32, 32]; not kept beyond {@link Thumbnails#MOST}; null for none
     */
    void add(long hash, byte @Nullable [] thumbnail) {
        int item = exact.size();
        exact.add(hash);
        first.add(hash, item);
        if (thumbnail != null && thumbnails.size() == item && item < Thumbnails.MOST) {
            thumbnails.add(thumbnail);
            hashes.add(PerceptualHash.of(thumbnail));
        }
    }

    /** Whether likeness can be told: every item has a thumbnail. */
    private boolean compared() {
        return exact.size() > 0 && thumbnails.size() == exact.size();
    }

    private LikenessIndex index() {
        LikenessIndex known = index;
        if (known == null) {
            boolean[] indexed = new boolean[exact.size()];
            for (int i = 0; i < indexed.length; i++) {
                indexed[i] = first.get(exact.get(i)) == i;
            }
            known = new LikenessIndex(hashes.toArray(), thumbnails, indexed);
            index = known;
        }
        return known;
    }

    /** Items that repeat an earlier one exactly or nearly. */
    List<Observation> within() {
        int rows = exact.size();
        List<Observation> made = new ArrayList<>();
        if (rows == 0) {
            return made;
        }
        List<Observation.Example> examples = new ArrayList<>();
        List<Observation.Example> conflicts = new ArrayList<>();
        int[] sizes = new int[rows];
        boolean[] mixed = new boolean[rows];
        long copies = 0;
        for (int i = 0; i < rows; i++) {
            int earlier = first.get(exact.get(i));
            sizes[earlier]++;
            if (earlier < i) {
                copies++;
                if (differ(i, earlier)) {
                    mixed[earlier] = true;
                    if (conflicts.size() < MOST_EXAMPLES) {
                        conflicts.add(items.example(i, "the same as " + items.name(earlier) + ", other label", 1));
                    }
                }
                if (examples.size() < MOST_EXAMPLES) {
                    examples.add(items.example(i, "the same as " + items.name(earlier), 1));
                }
            }
        }
        long groups = 0;
        int largest = 0;
        long conflicting = 0;
        long contradictions = 0;
        for (int i = 0; i < rows; i++) {
            groups += sizes[i] > 1 ? 1 : 0;
            largest = Math.max(largest, sizes[i]);
            contradictions += mixed[i] ? 1 : 0;
            conflicting += mixed[i] ? sizes[i] : 0;
        }
        Map<String, Double> numbers = new HashMap<>();
        numbers.put("duplicates", (double) copies);
        numbers.put("groups", (double) groups);
        numbers.put("largest", (double) largest);
        numbers.put("natural-share", 0.0);
        made.add(Items.observation(Kind.DUPLICATES, split, rows, copies, numbers, examples));
        if (items.labelled()) {
            made.add(Items.observation(
                    Kind.CONFLICTING_LABELS,
                    split,
                    rows,
                    conflicting,
                    Map.of(
                            "conflicting",
                            (double) conflicting,
                            "groups",
                            (double) contradictions,
                            "cost",
                            (double) contradictions / rows,
                            "natural-part",
                            0.0),
                    conflicts));
        }
        if (compared()) {
            made.add(near());
        }
        return made;
    }

    private List<NearPair> nearPairs() {
        List<NearPair> known = pairs;
        if (known == null) {
            known = index().within();
            pairs = known;
        }
        return known;
    }

    private Observation near() {
        List<NearPair> pairs = nearPairs();
        long differ = pairs.stream().filter(p -> differ(p.item(), p.like())).count();
        Set<Integer> later = new HashSet<>();
        Set<Integer> roots = new HashSet<>();
        for (NearPair pair : pairs) {
            later.add(pair.item());
            if (!later.contains(pair.like())) {
                roots.add(pair.like());
            }
        }
        return Items.observation(
                Kind.NEAR_DUPLICATES,
                split,
                exact.size(),
                pairs.size(),
                Map.of("groups", (double) roots.size(), "labels-differ", (double) differ),
                pairs.stream()
                        .sorted((a, b) -> Double.compare(b.likeness(), a.likeness()))
                        .limit(MOST_EXAMPLES)
                        .map(p -> items.example(p.item(), "almost the same as " + items.name(p.like()), p.likeness()))
                        .toList());
    }

    private boolean differ(int item, int other) {
        return items.label(item) >= 0 && items.label(other) >= 0 && items.label(item) != items.label(other);
    }

    /** Items of another part that are here too: exactly, and nearly where likeness can be told. */
    List<Observation> leaked(Copies other) {
        int rows = other.exact.size();
        if (rows == 0 || exact.size() == 0) {
            return List.of();
        }
        List<Observation.Example> same = new ArrayList<>();
        List<NearPair> near = new ArrayList<>();
        long exactly = 0;
        boolean compare = compared() && other.compared();
        for (int i = 0; i < rows; i++) {
            int here = first.get(other.exact.get(i));
            if (here >= 0) {
                exactly++;
                if (same.size() < MOST_EXAMPLES) {
                    same.add(other.items.example(i, split.label() + " " + items.name(here), 1));
                }
            } else if (compare) {
                NearPair pair = index().find(other.hashes.get(i), other.thumbnails, i);
                if (pair != null) {
                    near.add(pair);
                }
            }
        }
        List<Observation> made = new ArrayList<>();
        made.add(Leaks.observation("exact", other.split, List.of(), exact.size(), rows, exactly, repeated(), same));
        if (compare) {
            made.add(Leaks.observation(
                    "near",
                    other.split,
                    List.of(),
                    exact.size(),
                    rows,
                    near.size(),
                    2L * nearPairs().size(),
                    near.stream()
                            .limit(MOST_EXAMPLES)
                            .map(p -> other.items.example(
                                    p.item(), split.label() + " " + items.name(p.like()), p.likeness()))
                            .toList()));
        }
        return made;
    }

    /** Items that have an exact copy in their own part. */
    private long repeated() {
        long[] sorted = exact.toArray();
        Arrays.sort(sorted);
        long repeated = 0;
        for (int i = 0; i < sorted.length; i++) {
            boolean same =
                    (i > 0 && sorted[i] == sorted[i - 1]) || (i + 1 < sorted.length && sorted[i] == sorted[i + 1]);
            repeated += same ? 1 : 0;
        }
        return repeated;
    }
}
