package dev.auscult.train.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The JSON Schema (2020-12) of a training spec, for editors; made from the vocabulary. */
public final class SpecSchema {
    private static final String INTEGER = "integer";

    private SpecSchema() {}

    /** The text of the schema. */
    public static String text() {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter()
                .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                .withArrayIndenter(DefaultPrettyPrinter.NopIndenter.instance());
        return JsonMapper.builder()
                        .defaultPrettyPrinter(printer)
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .build()
                        .writeValueAsString(schema())
                + "\n";
    }

    private static Map<String, Object> schema() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "Auscult training spec");
        schema.putAll(object(SpecVocabulary.section("")));
        Map<String, Object> definitions = new LinkedHashMap<>();
        for (Block section : SpecVocabulary.sections()) {
            if (!section.name().isEmpty()) {
                definitions.put(section.name(), shortOrLong(section));
            }
        }
        for (Block layer : LayerVocabulary.types()) {
            definitions.put("layer." + layer.name(), shortOrLong(layer));
        }
        for (Block augment : SpecVocabulary.augments()) {
            definitions.put("augment." + augment.name(), shortOrLong(augment));
        }
        definitions.put("layer", named("layer.", LayerVocabulary.types()));
        definitions.put("augment", named("augment.", SpecVocabulary.augments()));
        schema.put("$defs", definitions);
        return schema;
    }

    /** A mapping, or the bare value of its main key. */
    private static Map<String, Object> shortOrLong(Block block) {
        List<Object> forms = new ArrayList<>();
        forms.add(object(block));
        if (!block.main().isEmpty()) {
            forms.add(value(block.option(block.main()).orElseThrow()));
        }
        if (block.name().equals("data.validation")) {
            forms.add(Map.of("const", "none"));
        }
        if (block.options().stream().noneMatch(Option::required)) {
            forms.add(Map.of("type", "null"));
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("description", block.doc());
        schema.put("anyOf", forms);
        return schema;
    }

    private static Map<String, Object> object(Block block) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (Option option : block.options()) {
            properties.put(option.name(), property(block, option));
            if (option.required()) {
                required.add(option.name());
            }
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("additionalProperties", false);
        schema.put("properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        return schema;
    }

    private static Map<String, Object> property(Block block, Option option) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("description", SpecGuide.meaning(option));
        if (option.fallback() != null) {
            schema.put("default", plain(option.fallback()));
        }
        Map<String, Object> value = switch (option.kind()) {
            case SECTION -> reference(path(block, option));
            case SECTIONS -> listOf(reference(path(block, option)));
            default -> value(option);
        };
        if (option.required()) {
            schema.putAll(value);
        } else {
            schema.put("anyOf", List.of(value, Map.of("type", "null")));
        }
        return schema;
    }

    private static Map<String, Object> value(Option option) {
        return switch (option.kind()) {
            case INTEGER -> number(INTEGER, option.bounds());
            case NUMBER -> number("number", option.bounds());
            case TRUTH -> Map.of("type", "boolean");
            case WORD -> words(option.words());
            case TEXT -> anyText();
            case UNITS -> anyOf(number(INTEGER, option.bounds()), words(option.words()));
            case BYTES ->
                anyOf(number(INTEGER, option.bounds()), pattern("^[0-9]+(\\.[0-9]+)? ?(B|kB|MB|GB|KiB|MiB|GiB)$"));
            case EXTENT -> extent(option);
            case PADDING -> anyOf(words(option.words()), extent(option));
            case INTEGERS -> listOf(number(INTEGER, option.bounds()));
            case NUMBERS -> listOf(number("number", option.bounds()));
            case TEXTS -> anyOf(anyText(), listOf(anyText()));
            case WORDS -> {
                Map<String, Object> list = new LinkedHashMap<>(listOf(words(option.words())));
                list.put("uniqueItems", true);
                yield list;
            }
            case WORD_BY_NAME -> {
                Map<String, Object> map = new LinkedHashMap<>();
                map.put("type", "object");
                map.put("additionalProperties", words(option.words()));
                yield map;
            }
            case INITIALIZER -> initializer();
            case SCALING -> anyOf(words(option.words()), one(Map.of("divide", number("number", Bounds.POSITIVE))));
            case LAYERS -> listOf(reference("layer"));
            case AUGMENTS -> listOf(reference("augment"));
            case SECTION, SECTIONS -> throw new IllegalArgumentException(option.name() + " needs its section");
        };
    }

    /** A name alone, or a mapping from one name to its options. */
    private static Map<String, Object> named(String prefix, List<Block> blocks) {
        List<String> bare = blocks.stream()
                .filter(b -> b.options().stream().noneMatch(Option::required))
                .map(Block::name)
                .toList();
        Map<String, Object> properties = new LinkedHashMap<>();
        blocks.forEach(block -> properties.put(block.name(), reference(prefix + block.name())));
        return anyOf(words(bare), one(properties));
    }

    private static Map<String, Object> initializer() {
        Map<String, Object> properties = new LinkedHashMap<>();
        Initializers.AMOUNTS.forEach((name, amount) -> properties.put(name, number("number", amount.bounds())));
        return anyOf(words(Initializers.WORDS), one(properties));
    }

    private static Map<String, Object> one(Map<String, Object> properties) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("additionalProperties", false);
        schema.put("minProperties", 1);
        schema.put("maxProperties", 1);
        schema.put("properties", properties);
        return schema;
    }

    private static Map<String, Object> extent(Option option) {
        Map<String, Object> list = new LinkedHashMap<>(listOf(number(INTEGER, option.bounds())));
        list.put("minItems", 1);
        list.put("maxItems", 2);
        return anyOf(number(INTEGER, option.bounds()), list);
    }

    private static Map<String, Object> number(String type, Bounds bounds) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", type);
        if (bounds.least() != Double.NEGATIVE_INFINITY) {
            schema.put(bounds.leastIncluded() ? "minimum" : "exclusiveMinimum", plain(bounds.least()));
        }
        if (bounds.most() != Double.POSITIVE_INFINITY) {
            schema.put(bounds.mostIncluded() ? "maximum" : "exclusiveMaximum", plain(bounds.most()));
        }
        return schema;
    }

    private static Map<String, Object> pattern(String pattern) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "string");
        schema.put("pattern", pattern);
        return schema;
    }

    /** Texts may look like numbers: {@code target: 64}. */
    private static Map<String, Object> anyText() {
        return Map.of("type", List.of("string", "number", "boolean"));
    }

    private static Map<String, Object> words(List<String> words) {
        return Map.of("enum", words);
    }

    private static Map<String, Object> anyOf(Object... forms) {
        return Map.of("anyOf", List.of(forms));
    }

    private static Map<String, Object> reference(String definition) {
        return Map.of("$ref", "#/$defs/" + definition);
    }

    private static Map<String, Object> listOf(Map<String, Object> items) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "array");
        schema.put("items", items);
        return schema;
    }

    private static String path(Block block, Option option) {
        return block.name().isEmpty() ? option.name() : block.name() + "." + option.name();
    }

    /** A default as the schema shows it. */
    private static Object plain(Object value) {
        if (value instanceof Double number && number == Math.rint(number)) {
            return number.longValue();
        }
        if (value instanceof InitializerSettings initializer) {
            return initializer.type();
        }
        return value instanceof List<?> list && list.size() == 1 && list.get(0) instanceof Long only ? only : value;
    }
}
