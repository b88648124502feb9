package dev.auscult.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The one table that turns the name of a metric in any log into what it measures.
 *
 * <p>A name is cut into words; the words that tell the split ({@code val}), the grain ({@code epoch}) and an average
 * ({@code mean}) are taken off; what is left is looked up in {@code metric-names.txt}. A name without a split word is
 * about the split of its folder, else about the split that its row says: a bare {@code loss} is the training loss.
 */
public final class MetricVocabulary {
    private static final String TABLE = "metric-names.txt";

    /** Longer names are not names of measures. */
    private static final int MAX_LENGTH = 200;

    private static final int MAX_TOKENS = 24;

    /** Runs of one project share their names, so answers are kept; the bound is for logs that make names up. */
    private static final int MOST_ANSWERS = 4096;

    private static final Map<Question, MetricKey> ANSWERS = new ConcurrentHashMap<>();

    private static final Map<String, Split> SPLIT_WORDS = Map.ofEntries(
            Map.entry("train", Split.TRAIN),
            Map.entry("training", Split.TRAIN),
            Map.entry("val", Split.VALIDATION),
            Map.entry("valid", Split.VALIDATION),
            Map.entry("validation", Split.VALIDATION),
            Map.entry("validate", Split.VALIDATION),
            Map.entry("eval", Split.VALIDATION),
            Map.entry("evaluation", Split.VALIDATION),
            Map.entry("evaluate", Split.VALIDATION),
            Map.entry("heldout", Split.VALIDATION),
            Map.entry("holdout", Split.VALIDATION),
            Map.entry("test", Split.TEST),
            Map.entry("testing", Split.TEST));

    /** Words that name a split only at an end of the name. */
    private static final Map<String, Split> SPLIT_WORDS_AT_END = Map.of(
            "tr", Split.TRAIN,
            "trn", Split.TRAIN,
            "trainset", Split.TRAIN,
            "dev", Split.VALIDATION,
            "devset", Split.VALIDATION,
            "valset", Split.VALIDATION,
            "tst", Split.TEST,
            "testset", Split.TEST,
            "predict", Split.TEST);

    /** {@code std_dev} is no split. */
    private static final Set<String> BEFORE_DEVIATION = Set.of("std", "stand", "standard", "mean", "abs", "absolute");

    /** Words that say only that something was evaluated: {@code eval/test_acc} is about the test data. */
    private static final Set<String> WEAK_SPLIT_WORDS = Set.of("eval", "evaluation", "evaluate");

    private static final Map<String, Grain> GRAIN_WORDS = Map.of(
            "step", Grain.STEP,
            "iter", Grain.STEP,
            "iteration", Grain.STEP,
            "batch", Grain.STEP,
            "minibatch", Grain.STEP,
            "inner", Grain.STEP,
            "epoch", Grain.EPOCH);

    private static final Set<String> AVERAGE_WORDS = Set.of(
            "avg", "mean", "average", "averaged", "running", "moving", "smoothed", "current", "curr", "cur", "per");

    private static final Set<String> TRAILING_WORDS = Set.of("score", "metric", "value", "percent", "pct", "ms");

    /** Folders that only collect. */
    private static final Set<String> COLLECTING_FOLDERS = Set.of(
            "metrics",
            "metric",
            "rollout",
            "charts",
            "chart",
            "scalars",
            "scalar",
            "opt",
            "optim",
            "time",
            "timer",
            "timers",
            "perf",
            "performance",
            "runtime",
            "stats",
            "trainer",
            "summary",
            "monitor",
            "info",
            "log",
            "logs",
            "coco",
            "bbox",
            "system",
            "env",
            "episode");

    /** Folders of evaluators: scores in them are about held-out data. */
    private static final Set<String> EVALUATOR_FOLDERS = Set.of("metrics", "bbox", "segm", "keypoints", "coco");

    /** What YOLO writes behind a score: boxes, oriented boxes, masks, poses. */
    private static final Map<String, String> DECORATIONS =
            Map.of("(B)", "", "(O)", "", "(M)", "segm", "(P)", "keypoints");

    /** Names that mean something only with their folder: {@code step} alone is a counter. */
    private static final Map<String, String> WITH_FOLDER = Map.of("time/step", "step_time");

    private static final List<MetricRow> ROWS = readRows();
    private static final Map<List<String>, MetricRow> PHRASES = phrases(ROWS);
    private static final Set<String> WORDS = words(ROWS);
    private static final Set<String> PREFIXES = prefixes();

    private MetricVocabulary() {}

    /** A name, and the split that its folder tells. */
    private record Question(String name, Split splitOfFolder) {
        Question {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(splitOfFolder, "splitOfFolder");
        }
    }

    /** What a metric of this name measures. */
    public static MetricKey resolve(String name) {
        return resolve(name, Split.NONE);
    }

    /** What a metric of this name measures in a folder or section that names the split; the name itself goes first. */
    public static MetricKey resolve(String name, Split splitOfFolder) {
        Question question = new Question(name, splitOfFolder);
        MetricKey known = ANSWERS.get(question);
        if (known == null) {
            known = look(name, splitOfFolder);
            if (ANSWERS.size() < MOST_ANSWERS) {
                ANSWERS.put(question, known);
            }
        }
        return known;
    }

    private static MetricKey look(String name, Split splitOfFolder) {
        Decorated decorated = Decorated.of(name);
        String plain = WITH_FOLDER.getOrDefault(decorated.plain(), decorated.plain());
        Reading reading = Reading.of(plain);
        MetricRow.Match match = reading.match().map(MetricVocabulary::nounLast).orElse(null);
        Split stated = reading.split() != Split.NONE ? reading.split() : splitOfFolder;
        if (match == null) {
            return new MetricKey(stated, Quantity.OTHER, "", reading.grain(), Direction.UNKNOWN, name);
        }
        MetricRow row = match.row();
        String part = joined(decorated.part(), joined(match.part(), reading.number()));
        Split split = stated != Split.NONE ? stated : unstated(plain, row);
        if (row.quantity() == Quantity.LEARNING_RATE || row.quantity() == Quantity.GRADIENT_NORM) {
            split = Split.NONE;
        }
        return new MetricKey(split, row.quantity(), part, reading.grain(), row.direction(), name);
    }

    /** The table, in its order. */
    static List<MetricRow> rows() {
        return ROWS;
    }

    /** The rows that a name is for: the one that it fits, and the one that it fits with the noun last. */
    static List<MetricRow> rowsOf(String name) {
        return Reading.of(Decorated.of(name).plain())
                .match()
                .map(match -> List.of(match.row(), nounLast(match).row()))
                .orElse(List.of());
    }

    private static Split unstated(String name, MetricRow row) {
        int slash = name.indexOf('/');
        boolean evaluator =
                slash > 0 && EVALUATOR_FOLDERS.contains(name.substring(0, slash).toLowerCase(Locale.ROOT));
        return evaluator && row.split() == Split.TRAIN && row.quantity().isScore() ? Split.VALIDATION : row.split();
    }

    /** Reads {@code loss_rpn_cls} as {@code rpn_cls_loss} and {@code Loss/cls_loss} as {@code cls_loss}. */
    private static MetricRow.Match nounLast(MetricRow.Match match) {
        if (!match.row().isTurned()) {
            return match;
        }
        List<String> phrase = new ArrayList<>(match.caught());
        phrase.removeIf(word -> match.words().contains(word) || word.equals("losses"));
        for (int i = phrase.size() - 1; i > 0; i--) {
            if (phrase.get(i).equals(phrase.get(i - 1))) {
                phrase.remove(i);
            }
        }
        phrase.addAll(match.words());
        return find(phrase)
                .filter(other -> other.row().quantity() == match.row().quantity())
                .orElse(match);
    }

    private static Optional<MetricRow.Match> find(List<String> phrase) {
        MetricRow known = PHRASES.get(phrase);
        if (known != null) {
            return known.match(phrase, phrase);
        }
        int last = phrase.size() - 1;
        if (last > 0 && TRAILING_WORDS.contains(phrase.get(last))) {
            return find(phrase.subList(0, last));
        }
        for (MetricRow row : ROWS) {
            for (List<String> pattern : row.patterns()) {
                if (!MetricRow.isPhrase(pattern)) {
                    Optional<MetricRow.Match> match = row.match(pattern, phrase);
                    if (match.isPresent()) {
                        return match;
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static String joined(String a, String b) {
        return a.isEmpty() || b.isEmpty() ? a + b : a + "_" + b;
    }

    /** A name without what YOLO writes behind it, and the part that this stands for. */
    private record Decorated(String plain, String part) {
        static Decorated of(String name) {
            String plain = name.strip();
            for (Map.Entry<String, String> decoration : DECORATIONS.entrySet()) {
                if (plain.endsWith(decoration.getKey())) {
                    int end = plain.length() - decoration.getKey().length();
                    return new Decorated(plain.substring(0, end), decoration.getValue());
                }
            }
            return new Decorated(plain, "");
        }
    }

    /**
     * What the words of a name say.
     *
     * @param split the split that the name states
     * @param grain the grain that it states
     * @param match the row that the rest fits
     * @param number a number at an end of the rest that no row knows: one measure of several ({@code mae_1})
     */
    private record Reading(Split split, Grain grain, Optional<MetricRow.Match> match, String number) {
        static Reading of(String name) {
            List<String> all = name.length() > MAX_LENGTH ? List.of() : NameTokens.of(name, WORDS, PREFIXES);
            if (all.isEmpty() || all.size() > MAX_TOKENS) {
                return new Reading(Split.NONE, Grain.UNKNOWN, Optional.empty(), "");
            }
            Split split = splitOf(all);
            List<String> rest = withoutSplit(NameTokens.of(withoutFolders(name), WORDS, PREFIXES));
            for (List<String> phrase : List.of(all, withoutSplit(all), rest)) {
                MetricRow row = PHRASES.get(phrase);
                if (row != null) {
                    return new Reading(split, Grain.UNKNOWN, row.match(phrase, phrase), "");
                }
            }

            int end = rest.size() - 1;
            if (end > 0 && AVERAGE_WORDS.contains(rest.get(0)) && NameTokens.isNumber(rest.get(end))) {
                List<String> phrase = rest.subList(0, end);
                MetricRow row = PHRASES.get(phrase);
                if (row != null) {
                    return new Reading(split, Grain.UNKNOWN, row.match(phrase, phrase), rest.get(end));
                }
            }

            Peeled peeled = Peeled.of(rest);
            List<String> phrase = peeled.rest();
            Optional<MetricRow.Match> match = find(phrase);
            int last = phrase.size() - 1;
            if (match.isEmpty() && last > 0 && NameTokens.isNumber(phrase.get(last))) {
                return new Reading(split, peeled.grain(), find(phrase.subList(0, last)), phrase.get(last));
            }
            if (match.isEmpty() && last > 0 && NameTokens.isNumber(phrase.get(0))) {
                return new Reading(split, peeled.grain(), find(phrase.subList(1, last + 1)), phrase.get(0));
            }
            return new Reading(split, peeled.grain(), match, "");
        }
    }

    /** What is left of a phrase without the words for grain and average at its ends. */
    private record Peeled(Grain grain, List<String> rest) {
        static Peeled of(List<String> phrase) {
            Grain grain = Grain.UNKNOWN;
            int from = 0;
            int to = phrase.size();
            while (to - from > 1) {
                String first = phrase.get(from);
                String last = phrase.get(to - 1);
                Grain known = GRAIN_WORDS.getOrDefault(last, GRAIN_WORDS.get(first));
                if (GRAIN_WORDS.containsKey(last) || AVERAGE_WORDS.contains(last)) {
                    to--;
                } else if (GRAIN_WORDS.containsKey(first) || AVERAGE_WORDS.contains(first)) {
                    from++;
                } else {
                    break;
                }
                grain = known != null && grain == Grain.UNKNOWN ? known : grain;
            }
            return new Peeled(grain, phrase.subList(from, to));
        }
    }

    private static Split splitOf(List<String> tokens) {
        Split strong = Split.NONE;
        Split weak = Split.NONE;
        for (int i = 0; i < tokens.size(); i++) {
            Split split = splitAt(tokens, i);
            if (split != Split.NONE) {
                if (WEAK_SPLIT_WORDS.contains(tokens.get(i))) {
                    weak = split;
                } else {
                    strong = split;
                }
            }
        }
        return strong != Split.NONE ? strong : weak;
    }

    /** The words but those for the split and those behind {@code vs}, which name the axis. */
    private static List<String> withoutSplit(List<String> tokens) {
        List<String> rest = new ArrayList<>();
        for (int i = 0; i < tokens.size() && !(i > 0 && tokens.get(i).equals("vs")); i++) {
            if (splitAt(tokens, i) == Split.NONE) {
                rest.add(tokens.get(i));
            }
        }
        return rest;
    }

    private static Split splitAt(List<String> tokens, int index) {
        String token = tokens.get(index);
        Split split = SPLIT_WORDS.get(token);
        if (split != null) {
            return split;
        }
        boolean atEnd = index == 0 || index == tokens.size() - 1;
        boolean deviation = index > 0 && BEFORE_DEVIATION.contains(tokens.get(index - 1));
        return atEnd && !deviation ? SPLIT_WORDS_AT_END.getOrDefault(token, Split.NONE) : Split.NONE;
    }

    private static String withoutFolders(String name) {
        String[] folders = name.split("/", -1);
        StringBuilder rest = new StringBuilder();
        for (int i = 0; i < folders.length; i++) {
            boolean leaf = i == folders.length - 1;
            if (leaf || !COLLECTING_FOLDERS.contains(folders[i].toLowerCase(Locale.ROOT))) {
                rest.append(folders[i]).append(leaf ? "" : "/");
            }
        }
        return rest.toString();
    }

    private static List<MetricRow> readRows() {
        List<MetricRow> rows = new ArrayList<>();
        try (InputStream table = MetricVocabulary.class.getResourceAsStream(TABLE)) {
            if (table == null) {
                throw new IllegalStateException("missing from the program: " + TABLE);
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(table, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    rows.add(MetricRow.parse(line));
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(TABLE, broken);
        }
        return List.copyOf(rows);
    }

    private static Map<List<String>, MetricRow> phrases(List<MetricRow> rows) {
        Map<List<String>, MetricRow> phrases = new HashMap<>();
        for (MetricRow row : rows) {
            for (List<String> pattern : row.patterns()) {
                if (MetricRow.isPhrase(pattern) && phrases.put(pattern, row) != null) {
                    throw new IllegalStateException("twice in " + TABLE + ": " + String.join(" ", pattern));
                }
            }
        }
        return Map.copyOf(phrases);
    }

    private static Set<String> words(List<MetricRow> rows) {
        Set<String> words = new HashSet<>(GRAIN_WORDS.keySet());
        rows.stream().flatMap(row -> row.patterns().stream()).forEach(words::addAll);
        return Set.copyOf(words);
    }

    private static Set<String> prefixes() {
        Set<String> prefixes = new HashSet<>();
        for (Collection<String> some : List.of(SPLIT_WORDS.keySet(), SPLIT_WORDS_AT_END.keySet(), AVERAGE_WORDS)) {
            prefixes.addAll(some);
        }
        return Set.copyOf(prefixes);
    }
}
