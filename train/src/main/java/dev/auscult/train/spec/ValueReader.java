package dev.auscult.train.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** Reads one value by the kind of its option; what does not fit is noted as a problem. */
final class ValueReader {
    private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]{1,19}");
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]{1,4})?");
    private static final Pattern BYTES = Pattern.compile("([0-9]{1,18}(?:\\.[0-9]{1,6})?) ?(B|kB|MB|GB|KiB|MiB|GiB)");

    private static final Map<String, Long> BYTE_UNITS = Map.of(
            "B",
            1L,
            "kB",
            1_000L,
            "MB",
            1_000_000L,
            "GB",
            1_000_000_000L,
            "KiB",
            1L << 10,
            "MiB",
            1L << 20,
            "GiB",
            1L << 30);

    /** Largest magnitude below which a double holds every whole number: 2⁵³. */
    private static final double EXACT = 9_007_199_254_740_992.0;

    private final Problems problems;

    ValueReader(Problems problems) {
        this.problems = problems;
    }

    /** The value in the Java type of the option's kind; null if it does not fit, which is then noted. */
    @Nullable
    Object read(Option option, YamlNode node, String path) {
        return switch (option.kind()) {
            case INTEGER -> integer(option, node, path);
            case NUMBER -> number(option, node, path);
            case TRUTH -> truth(option, node, path);
            case WORD -> word(option, node, path);
            case TEXT -> text(option, node, path);
            case UNITS -> isWord(option, node) ? word(option, node, path) : integer(option, node, path);
            case BYTES -> bytes(option, node, path);
            case EXTENT -> extent(option, node, path);
            case PADDING -> isWord(option, node) ? word(option, node, path) : extent(option, node, path);
            case INTEGERS -> list(option, node, path, item -> integer(option, item, path));
            case NUMBERS -> list(option, node, path, item -> number(option, item, path));
            case TEXTS -> texts(option, node, path);
            case WORDS -> list(option, node, path, item -> word(option, item, path));
            case WORD_BY_NAME -> wordByName(option, node, path);
            case INITIALIZER -> initializer(option, node, path);
            case SCALING -> scaling(option, node, path);
            case SECTION, SECTIONS, AUGMENTS, LAYERS ->
                throw new IllegalArgumentException(path + " is no single value");
        };
    }

    private @Nullable Object refuse(Option option, YamlNode node, String path) {
        problems.add(node.place(), "found " + node.describe() + " for " + path + ", wanted " + Wanted.of(option));
        return null;
    }

    private static boolean isWord(Option option, YamlNode node) {
        return node instanceof YamlNode.Scalar scalar
                && !NUMBER.matcher(scalar.text()).matches()
                && !option.words().isEmpty();
    }

    private @Nullable Object integer(Option option, YamlNode node, String path) {
        if (!(node instanceof YamlNode.Scalar scalar) || !scalar.plain()) {
            return refuse(option, node, path);
        }
        double value = decimal(scalar.text());
        if (!(value == Math.rint(value))
                || Math.abs(value) > EXACT
                || !option.bounds().contains(value)) {
            return refuse(option, node, path);
        }
        if (value > Integer.MAX_VALUE && option.bounds().most() == Double.POSITIVE_INFINITY) {
            problems.add(
                    node.place(),
                    "found " + node.describe() + " for " + path + ", wanted at most " + Integer.MAX_VALUE);
            return null;
        }
        return (long) value;
    }

    private @Nullable Object number(Option option, YamlNode node, String path) {
        if (node instanceof YamlNode.Scalar scalar && scalar.plain()) {
            double value = decimal(scalar.text());
            if (Double.isFinite(value) && option.bounds().contains(value)) {
                return value;
            }
        }
        return refuse(option, node, path);
    }

    /** The number that a scalar is by the core schema of YAML 1.2, without the infinities; NaN for others. */
    static double decimal(String text) {
        return text.length() <= 400 && NUMBER.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
    }

    private @Nullable Object truth(Option option, YamlNode node, String path) {
        if (node instanceof YamlNode.Scalar scalar && scalar.plain()) {
            switch (scalar.text()) {
                case "true", "True", "TRUE" -> {
                    return true;
                }
                case "false", "False", "FALSE" -> {
                    return false;
                }
                default -> {
                    return refuse(option, node, path);
                }
            }
        }
        return refuse(option, node, path);
    }

    private @Nullable Object word(Option option, YamlNode node, String path) {
        if (!(node instanceof YamlNode.Scalar scalar)) {
            return refuse(option, node, path);
        }
        if (option.words().contains(scalar.text())) {
            return scalar.text();
        }
        if (option.kind() == OptionKind.WORD
                || option.kind() == OptionKind.WORDS
                || option.kind() == OptionKind.WORD_BY_NAME) {
            problems.add(
                    node.place(),
                    "found " + node.describe() + " for " + path + ", "
                            + Problems.wanted(scalar.text(), option.words()));
            return null;
        }
        return refuse(option, node, path);
    }

    private @Nullable Object text(Option option, YamlNode node, String path) {
        return node instanceof YamlNode.Scalar scalar
                        && !scalar.isNull()
                        && !scalar.text().isEmpty()
                ? scalar.text()
                : refuse(option, node, path);
    }

    private @Nullable Object texts(Option option, YamlNode node, String path) {
        if (node instanceof YamlNode.Scalar) {
            Object text = text(option, node, path);
            return text == null ? null : List.of(text);
        }
        return list(option, node, path, item -> text(option, item, path));
    }

    private @Nullable Object bytes(Option option, YamlNode node, String path) {
        if (node instanceof YamlNode.Scalar scalar) {
            Matcher matcher = BYTES.matcher(scalar.text());
            if (matcher.matches()) {
                double value = Double.parseDouble(matcher.group(1))
                        * BYTE_UNITS.getOrDefault(matcher.group(2), 1L).doubleValue();
                if (value >= 1 && value < EXACT) {
                    return (long) value;
                }
            } else if (scalar.plain() && WHOLE.matcher(scalar.text()).matches()) {
                double value = decimal(scalar.text());
                if (value < EXACT && option.bounds().contains(value)) {
                    return (long) value;
                }
            }
        }
        return refuse(option, node, path);
    }

    private @Nullable Object extent(Option option, YamlNode node, String path) {
        if (node instanceof YamlNode.Scalar) {
            Object one = integer(option, node, path);
            return one == null ? null : List.of(one);
        }
        if (node instanceof YamlNode.Sequence sequence
                && (sequence.items().isEmpty() || sequence.items().size() > 2)) {
            return refuse(option, node, path);
        }
        return list(option, node, path, item -> integer(option, item, path));
    }

    private @Nullable Object list(
            Option option, YamlNode node, String path, Function<YamlNode, @Nullable Object> read) {
        if (!(node instanceof YamlNode.Sequence sequence)) {
            return refuse(option, node, path);
        }
        List<Object> items = new ArrayList<>();
        for (YamlNode item : sequence.items()) {
            Object value = read.apply(item);
            if (value == null) {
                return null;
            }
            if (option.kind() == OptionKind.WORDS && items.contains(value)) {
                problems.add(item.place(), "found " + item.describe() + " twice in " + path + ", wanted it once");
                return null;
            }
            items.add(value);
        }
        return List.copyOf(items);
    }

    private @Nullable Object wordByName(Option option, YamlNode node, String path) {
        if (!(node instanceof YamlNode.Mapping mapping)) {
            return refuse(option, node, path);
        }
        Map<String, Object> words = new LinkedHashMap<>();
        for (Map.Entry<String, YamlNode.Entry> entry : mapping.entries().entrySet()) {
            Object word = word(option, entry.getValue().value(), path + "." + entry.getKey());
            if (word == null) {
                return null;
            }
            words.put(entry.getKey(), word);
        }
        return words;
    }

    private @Nullable Object initializer(Option option, YamlNode node, String path) {
        if (node instanceof YamlNode.Scalar scalar) {
            if (Initializers.WORDS.contains(scalar.text())) {
                return new InitializerSettings(scalar.text(), Initializers.amountOf(scalar.text()));
            }
            if (Initializers.AMOUNTS.containsKey(scalar.text())) {
                problems.add(
                        node.place(),
                        String.format(
                                Locale.ROOT,
                                "found %s for %s, wanted it with a number: {%s: %s}",
                                node.describe(),
                                path,
                                scalar.text(),
                                Initializers.example(scalar.text())));
                return null;
            }
            problems.add(
                    node.place(),
                    "found " + node.describe() + " for " + path + ", "
                            + Problems.wanted(scalar.text(), Initializers.NAMES));
            return null;
        }
        if (!(node instanceof YamlNode.Mapping mapping) || mapping.entries().size() != 1) {
            return refuse(option, node, path);
        }
        Map.Entry<String, YamlNode.Entry> only =
                mapping.entries().entrySet().iterator().next();
        Option amount = Initializers.AMOUNTS.get(only.getKey());
        if (amount == null) {
            problems.add(
                    only.getValue().place(),
                    "found key " + Problems.quote(only.getKey()) + " in " + path + ", "
                            + Problems.wanted(only.getKey(), Initializers.AMOUNTS.keySet()));
            return null;
        }
        Object value = number(amount, only.getValue().value(), path + "." + only.getKey());
        return value == null ? null : new InitializerSettings(only.getKey(), (Double) value);
    }

    private @Nullable Object scaling(Option option, YamlNode node, String path) {
        if (node instanceof YamlNode.Scalar scalar) {
            if (option.words().contains(scalar.text())) {
                return scalar.text();
            }
        } else if (node instanceof YamlNode.Mapping mapping && mapping.entries().size() == 1) {
            YamlNode.Entry divide = mapping.entries().get("divide");
            if (divide != null) {
                Option divisor =
                        Option.number("divide", 1, "what is divided by").in(Bounds.POSITIVE);
                return number(divisor, divide.value(), path + ".divide");
            }
        }
        return refuse(option, node, path);
    }
}
