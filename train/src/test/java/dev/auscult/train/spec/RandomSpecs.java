package dev.auscult.train.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/** Draws specs from the vocabulary: any key may be there, with any value that it takes. */
final class RandomSpecs {
    private static final String[] TEXTS = {
        "a",
        "x y",
        "null",
        "true",
        "64",
        "0.5",
        "-",
        "- a",
        "a: b",
        "#c",
        "{",
        "}",
        "[x]",
        "\"",
        "'",
        "\\",
        "é",
        "日本",
        "\uD83D\uDE00",
        "\t",
        "a\nb",
        " lead",
        "trail ",
        "*a",
        "&a",
        "!t",
        "|",
        ">",
        "%",
        "@",
        "`",
        "~",
        "1e3",
        "0x10",
        ".inf",
        ".nan",
        "yes",
        "no",
        "../a/b.csv.gz",
        "name[0]",
        "a,b",
        "?",
        ":",
        "\u0085",
        "\u2028",
        "\u0000",
        "=",
        "<<"
    };

    private final Random random;
    private final Set<String> used = new TreeSet<>();

    RandomSpecs(long seed) {
        this.random = new Random(seed);
    }

    /** The keys that have been drawn so far, by path. */
    Set<String> used() {
        return used;
    }

    /** The YAML of a spec that may be refused for keys that do not go together. */
    String yaml() {
        return YamlText.of(section(SpecVocabulary.section("")));
    }

    private Map<String, @Nullable Object> section(Block block) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        String type = "";
        for (Option option : block.options()) {
            boolean isSelector = block.selector().filter(option::equals).isPresent();
            if ((!option.required() && random.nextInt(3) > 0) || (!type.isEmpty() && !option.belongsTo(type))) {
                if (isSelector && option.fallback() instanceof String fallback) {
                    type = fallback;
                }
                continue;
            }
            Object value = value(block, option, 0);
            if (isSelector) {
                type = (String) value;
            }
            map.put(option.name(), value);
            used.add(block.name() + "/" + option.name());
        }
        return map;
    }

    private Object value(Block block, Option option, int depth) {
        return switch (option.kind()) {
            case INTEGER, UNITS, BYTES -> integer(option);
            case NUMBER -> number(option.bounds());
            case TRUTH -> random.nextBoolean();
            case WORD -> word(option.words());
            case TEXT -> text();
            case EXTENT -> random.nextBoolean() ? integer(option) : List.of(integer(option), integer(option));
            case PADDING -> random.nextBoolean() ? word(option.words()) : integer(option);
            case INTEGERS -> List.of(integer(option), integer(option), integer(option));
            case NUMBERS -> rising();
            case TEXTS -> random.nextBoolean() ? text() : List.of("n" + random.nextInt(9), text());
            case WORDS -> List.of(word(option.words()));
            case WORD_BY_NAME -> Map.of(text(), word(option.words()));
            case INITIALIZER ->
                random.nextBoolean()
                        ? word(Initializers.WORDS)
                        : Map.of(word(new ArrayList<>(Initializers.AMOUNTS.keySet())), number(Bounds.POSITIVE));
            case SCALING -> random.nextBoolean() ? word(option.words()) : Map.of("divide", number(Bounds.POSITIVE));
            case SECTION -> section(SpecVocabulary.section(path(block, option)));
            case SECTIONS ->
                List.of(
                        section(SpecVocabulary.section(path(block, option))),
                        section(SpecVocabulary.section(path(block, option))));
            case AUGMENTS -> named(SpecVocabulary.augments(), depth);
            case LAYERS -> named(LayerVocabulary.types(), depth);
        };
    }

    private List<Object> named(List<Block> blocks, int depth) {
        List<Object> list = new ArrayList<>();
        int count = 1 + random.nextInt(4);
        while (list.size() < count) {
            Block block = blocks.get(random.nextInt(blocks.size()));
            if (depth > 2 && block.main().equals("layers")) {
                continue;
            }
            Map<String, Object> options = new LinkedHashMap<>();
            for (Option option : block.options()) {
                if (option.required() || random.nextInt(3) == 0) {
                    options.put(option.name(), value(block, option, depth + 1));
                    used.add(block.name() + "/" + option.name());
                }
            }
            list.add(block.options().isEmpty() || options.isEmpty() ? block.name() : Map.of(block.name(), options));
        }
        return list;
    }

    private Object integer(Option option) {
        if (option.kind() == OptionKind.UNITS && random.nextInt(4) == 0) {
            return word(option.words());
        }
        long least = option.bounds().least() == Double.NEGATIVE_INFINITY
                ? -5
                : (long) option.bounds().least();
        double most = Math.min(option.bounds().most(), 1e6);
        return least + (long) (random.nextDouble() * Math.min(most - least + 1, random.nextBoolean() ? 5 : 1e6));
    }

    private double number(Bounds bounds) {
        while (true) {
            double value = switch (random.nextInt(5)) {
                case 0 -> random.nextInt(4);
                case 1 -> random.nextDouble();
                case 2 -> Math.pow(10, -30 * random.nextDouble());
                case 3 -> Math.pow(10, 30 * random.nextDouble());
                default -> Double.longBitsToDouble(random.nextLong());
            };
            if (Double.isFinite(value) && bounds.contains(value)) {
                return value;
            }
        }
    }

    private List<Double> rising() {
        List<Double> list = new ArrayList<>();
        double value = 0;
        for (int i = 0; i <= random.nextInt(3); i++) {
            value += 1 + random.nextDouble();
            list.add(value);
        }
        return list;
    }

    private String text() {
        return TEXTS[random.nextInt(TEXTS.length)];
    }

    private String word(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }

    private static String path(Block block, Option option) {
        return block.name().isEmpty() ? option.name() : block.name() + "." + option.name();
    }
}
