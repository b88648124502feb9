package dev.auscult.train.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import dev.auscult.data.DataSettings;
import org.jspecify.annotations.Nullable;

/** Reads sections, layers and augmentations by the tables of the vocabulary. */
final class SectionReader {
    private final Problems problems;
    private final ValueReader reader;

    SectionReader(Problems problems) {
        this.problems = problems;
        this.reader = new ValueReader(problems);
    }

    /**
     * Reads a section with its defaults.
     *
     * @param node its YAML; null if the spec is silent
     * @param outer place of what it stands in
     * @param path how messages call it
     */
    Values section(@Nullable YamlNode node, Place outer, Block block, String path) {
        Values values = new Values(node == null ? outer : node.place());
        Map<String, YamlNode.Entry> entries = entries(node, block, path);
        String type = selected(entries, block, path, values);
        entries.forEach((key, entry) -> {
            Optional<Option> found = block.option(key);
            if (found.isEmpty()) {
                problems.add(
                        entry.place(),
                        "found key " + Problems.quote(key) + in(path) + ", " + Problems.wanted(key, block.keys()));
                return;
            }
            Option option = found.get();
            if (isNull(entry.value())) {
                return;
            }
            values.say(key, entry.place(), entry.value());
            if (!type.isEmpty() && !option.belongsTo(type)) {
                problems.add(
                        entry.place(),
                        "found " + join(path, key) + " with type " + type + ", which has none; wanted it with "
                                + String.join(", ", option.types()) + " only");
            } else if (!values.all().containsKey(key) && isValue(option)) {
                Object value = reader.read(option, entry.value(), join(path, key));
                if (value != null) {
                    values.put(key, value);
                }
            }
        });
        for (Option option : block.options()) {
            Object fallback = option.fallback(type);
            if (option.required() && !values.says(option.name())) {
                problems.add(
                        values.place(),
                        "found no " + join(path, option.name()) + ", wanted " + Wanted.of(option) + ": "
                                + option.doc());
            } else if (fallback != null && !values.all().containsKey(option.name())) {
                values.put(option.name(), fallback);
            }
        }
        return values;
    }

    /** Reads a list of sections; null stands for an empty one. */
    List<Values> sections(@Nullable YamlNode node, Block block, String path) {
        List<Values> all = new ArrayList<>();
        for (YamlNode item : items(node, path, "a list of mappings")) {
            all.add(section(item, item.place(), block, path + "." + all.size()));
        }
        return all;
    }

    /** Reads a list of layers; null stands for an empty one. */
    List<LayerSettings> layers(@Nullable YamlNode node, String path) {
        List<LayerSettings> layers = new ArrayList<>();
        List<YamlNode> items = items(node, path, "a list of layers");
        for (int i = 0; i < items.size(); i++) {
            YamlNode item = items.get(i);
            String at = path + "." + i;
            named(item, at, "layer", LayerVocabulary.names(), LayerVocabulary::find)
                    .ifPresent(named -> {
                        Block block = named.block();
                        String inside = at + "." + block.name();
                        Values values = section(named.options(), item.place(), block, inside);
                        List<LayerSettings> children = List.of();
                        if (block.option("layers").isPresent() && values.says("layers")) {
                            children = layers(values.node("layers"), inside + ".layers");
                            if (children.isEmpty()) {
                                problems.add(item.place(), "found no layers in " + inside + ", wanted at least one");
                            }
                        }
                        layers.add(new LayerSettings(
                                block.name(),
                                values.all(),
                                children,
                                item.place().line()));
                    });
        }
        return layers;
    }

    /** Reads a list of augmentations; null stands for an empty one. */
    List<DataSettings.Augment> augments(@Nullable YamlNode node, String path) {
        List<DataSettings.Augment> all = new ArrayList<>();
        List<String> names = SpecVocabulary.augments().stream().map(Block::name).toList();
        for (YamlNode item : items(node, path, "a list of changes")) {
            String at = path + "." + all.size();
            named(item, at, "change", names, SpecVocabulary::augment).ifPresent(named -> {
                Block block = named.block();
                Values values = section(named.options(), item.place(), block, at + "." + block.name());
                double amount = amount(values.all().get(block.main()));
                all.add(new DataSettings.Augment(block.name(), amount, values.number("probability")));
            });
        }
        return all;
    }

    /** The keys of a section, whichever way it is written. */
    private Map<String, YamlNode.Entry> entries(@Nullable YamlNode node, Block block, String path) {
        if (node == null || isNull(node)) {
            return Map.of();
        }
        if (node instanceof YamlNode.Mapping mapping) {
            return mapping.entries();
        }
        if (block.main().isEmpty()) {
            problems.add(
                    node.place(),
                    "found " + node.describe() + " for " + (path.isEmpty() ? "the spec" : path) + ", wanted "
                            + (block.options().isEmpty()
                                    ? "nothing: it has no options"
                                    : "a mapping with keys such as "
                                            + block.options().get(0).name()));
            return Map.of();
        }
        Map<String, YamlNode.Entry> single = new LinkedHashMap<>();
        single.put(block.main(), new YamlNode.Entry(node.place(), node));
        return single;
    }

    /** The type of the section, read first since the other keys depend on it; empty if it has none or it is derived. */
    private String selected(Map<String, YamlNode.Entry> entries, Block block, String path, Values values) {
        Optional<Option> selector = block.selector();
        if (selector.isEmpty()) {
            return "";
        }
        Option option = selector.get();
        YamlNode.Entry entry = entries.get(option.name());
        if (entry == null || isNull(entry.value())) {
            return option.fallback() instanceof String word ? word : "";
        }
        Object read = reader.read(option, entry.value(), join(path, option.name()));
        // An unknown type is noted once, and none of the keys that depend on it is blamed.
        values.put(option.name(), read == null ? "" : read);
        return read instanceof String word ? word : "";
    }

    private Optional<Named> named(
            YamlNode item, String path, String what, List<String> names, Function<String, Optional<Block>> find) {
        String name;
        Place place = item.place();
        YamlNode options = null;
        if (item instanceof YamlNode.Scalar scalar && !scalar.isNull()) {
            name = scalar.text();
        } else if (item instanceof YamlNode.Mapping mapping && mapping.entries().size() == 1) {
            Map.Entry<String, YamlNode.Entry> only =
                    mapping.entries().entrySet().iterator().next();
            name = only.getKey();
            place = only.getValue().place();
            options = only.getValue().value();
        } else if (item instanceof YamlNode.Mapping mapping && mapping.entries().size() > 1) {
            problems.add(
                    place,
                    "found keys "
                            + String.join(
                                    ", ",
                                    mapping.entries().keySet().stream()
                                            .map(Problems::quote)
                                            .toList()) + " in " + path + ", wanted one " + what
                            + " with its options indented under it");
            return Optional.empty();
        } else {
            problems.add(place, "found " + item.describe() + " for " + path + ", wanted the name of a " + what);
            return Optional.empty();
        }
        Optional<Block> block = find.apply(name);
        if (block.isEmpty()) {
            problems.add(
                    place,
                    "found " + what + " " + Problems.quote(name) + " at " + path + ", " + Problems.wanted(name, names));
            return Optional.empty();
        }
        return Optional.of(new Named(block.get(), options));
    }

    private List<YamlNode> items(@Nullable YamlNode node, String path, String wanted) {
        if (node == null || isNull(node)) {
            return List.of();
        }
        if (node instanceof YamlNode.Sequence sequence) {
            return sequence.items();
        }
        problems.add(node.place(), "found " + node.describe() + " for " + path + ", wanted " + wanted);
        return List.of();
    }

    private static double amount(@Nullable Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        return "vertical".equals(value) ? 1 : 0;
    }

    private static boolean isNull(YamlNode node) {
        return node instanceof YamlNode.Scalar scalar && scalar.isNull();
    }

    private static boolean isValue(Option option) {
        return switch (option.kind()) {
            case SECTION, SECTIONS, AUGMENTS, LAYERS -> false;
            default -> true;
        };
    }

    private static String in(String path) {
        return path.isEmpty() ? "" : " in " + path;
    }

    private static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** An element of a list that names its kind. */
    private record Named(Block block, @Nullable YamlNode options) {}
}
