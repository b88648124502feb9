package dev.auscult.train.spec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Writes {@code optimizer.learning-rate=0.01} into the tree of a spec, before it is read. Short forms on the way are
 * written out: with {@code optimizer: adam} it becomes {@code optimizer: {type: adam, learning-rate: 0.01}}.
 */
final class Overrides {
    private final Place place;
    private final List<String> path;
    private final YamlNode value;

    private Overrides(Place place, List<String> path, YamlNode value) {
        this.place = place;
        this.path = path;
        this.value = value;
    }

    /**
     * The tree with an override in it; the tree given may be changed.
     *
     * @param override dotted path, equals sign, YAML
     */
    static YamlNode apply(YamlNode root, String override) {
        Place place = Place.ofOverride(override);
        int equals = override.indexOf('=');
        if (equals <= 0) {
            throw new SpecException(place + ": found no key with an equals sign, wanted key=value");
        }
        List<String> path = List.of(override.substring(0, equals).strip().split("\\.", -1));
        YamlNode value = YamlTree.readOverride(place, override.substring(equals + 1));
        return new Overrides(place, path, value).walk(root, Slot.section(SpecVocabulary.section("")), 0);
    }

    private YamlNode walk(YamlNode node, Slot slot, int depth) {
        if (depth == path.size()) {
            return value;
        }
        String step = path.get(depth);
        YamlNode open = open(node, slot, step, depth);
        if (open instanceof YamlNode.Sequence sequence) {
            int index = index(step, sequence, depth);
            sequence.items().set(index, walk(sequence.items().get(index), slot.item(), depth + 1));
        } else if (open instanceof YamlNode.Mapping mapping) {
            YamlNode.Entry entry = mapping.entries().get(step);
            YamlNode old = entry == null ? new YamlNode.Scalar(place, "", true) : entry.value();
            mapping.entries().put(step, new YamlNode.Entry(place, walk(old, slot.under(step), depth + 1)));
        }
        return open;
    }

    /** The list or mapping that a value stands for, where it was written short. */
    private YamlNode open(YamlNode node, Slot slot, String step, int depth) {
        if (slot.kind == Kind.CHOICE) {
            return mapping();
        }
        if (node instanceof YamlNode.Mapping) {
            return node;
        }
        String main = slot.block == null ? "" : slot.block.main();
        if (node instanceof YamlNode.Scalar scalar) {
            boolean none = slot.is("data.validation") && scalar.text().equals("none");
            if (none || scalar.isNull()) {
                return mapping();
            }
            if (slot.kind == Kind.ITEM) {
                return mapping(scalar.text(), new YamlNode.Scalar(place, "", true));
            }
        }
        if (node instanceof YamlNode.Sequence && (main.isEmpty() || isNumber(step))) {
            return node;
        }
        if (!main.isEmpty()) {
            return mapping(main, node);
        }
        throw new SpecException(place + ": found " + node.describe() + " for " + soFar(depth)
                + ", which has nothing inside to set; wanted an override of " + soFar(depth) + " itself");
    }

    private int index(String step, YamlNode.Sequence sequence, int depth) {
        int size = sequence.items().size();
        if (isNumber(step) && step.length() <= 6 && Integer.parseInt(step) < size) {
            return Integer.parseInt(step);
        }
        throw new SpecException(place + ": found index " + Problems.quote(step) + " for " + soFar(depth)
                + (size == 0 ? ", which is empty" : ", wanted 0 to " + (size - 1)));
    }

    private String soFar(int depth) {
        return depth == 0 ? "the spec" : String.join(".", path.subList(0, depth));
    }

    private YamlNode.Mapping mapping() {
        return new YamlNode.Mapping(place, new LinkedHashMap<>());
    }

    private YamlNode.Mapping mapping(String key, YamlNode inside) {
        YamlNode.Mapping mapping = mapping();
        mapping.entries().put(key, new YamlNode.Entry(inside.place(), inside));
        return mapping;
    }

    private static boolean isNumber(String step) {
        return !step.isEmpty() && step.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private enum Kind {
        /** A section, or the options of a layer. */
        SECTION,
        /** A list of layers or of augmentations. */
        LIST,
        /** An element of such a list: a name, or a mapping from a name to its options. */
        ITEM,
        /** A value that is either a word or a mapping with one key. */
        CHOICE,
        /** Anything else. */
        VALUE
    }

    /** What the vocabulary says about a place in the tree. */
    private record Slot(Kind kind, @Nullable Block block, boolean augments) {
        static Slot section(Block block) {
            return new Slot(Kind.SECTION, block, false);
        }

        boolean is(String name) {
            return block != null && block.name().equals(name);
        }

        Slot item() {
            if (kind == Kind.SECTION && block != null) {
                return block.option(block.main())
                        .map(this::of)
                        .map(Slot::item)
                        .orElse(new Slot(Kind.VALUE, null, false));
            }
            return kind == Kind.LIST && block == null
                    ? new Slot(Kind.ITEM, null, augments)
                    : new Slot(Kind.SECTION, block, false);
        }

        Slot under(String key) {
            if (kind == Kind.ITEM) {
                Optional<Block> named = augments ? SpecVocabulary.augment(key) : LayerVocabulary.find(key);
                return named.map(Slot::section).orElse(new Slot(Kind.VALUE, null, false));
            }
            if (block == null) {
                return new Slot(Kind.VALUE, null, false);
            }
            return block.option(key).map(this::of).orElse(new Slot(Kind.VALUE, null, false));
        }

        private Slot of(Option option) {
            String path = block == null || block.name().isEmpty() ? option.name() : block.name() + "." + option.name();
            return switch (option.kind()) {
                case SECTION -> section(SpecVocabulary.section(path));
                case SECTIONS -> new Slot(Kind.LIST, SpecVocabulary.section(path), false);
                case LAYERS -> new Slot(Kind.LIST, null, false);
                case AUGMENTS -> new Slot(Kind.LIST, null, true);
                case INITIALIZER, SCALING -> new Slot(Kind.CHOICE, null, false);
                default -> new Slot(Kind.VALUE, null, false);
            };
        }
    }
}
