package dev.auscult.train.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** The tables of the guide to the spec, in Markdown; made from the vocabulary. */
public final class SpecGuide {
    private SpecGuide() {}

    /** The table of the keys of a section, or of all layers ({@code layers}) or augmentations ({@code augment}). */
    public static String table(String name) {
        return switch (name) {
            case "layers" -> named(LayerVocabulary.types(), "layer");
            case "data.augment" -> named(SpecVocabulary.augments(), "change");
            default -> section(SpecVocabulary.section(name.equals("spec") ? "" : name));
        };
    }

    /** The names of all tables, in the order of the guide. */
    public static List<String> tables() {
        List<String> names = new ArrayList<>();
        for (Block section : SpecVocabulary.sections()) {
            names.add(section.name().isEmpty() ? "spec" : section.name());
        }
        names.add("data.augment");
        names.add("layers");
        return names;
    }

    /** What an option means, and which types of its section have it. */
    static String meaning(Option option) {
        return option.types().isEmpty() ? option.doc() : option.doc() + "; for " + String.join(", ", option.types());
    }

    private static String section(Block block) {
        StringBuilder table = new StringBuilder("| key | takes | default | meaning |\n|---|---|---|---|\n");
        for (Option option : block.options()) {
            table.append(row(List.of("`" + option.name() + "`", Wanted.of(option), fallback(option), meaning(option))));
        }
        return table.toString();
    }

    private static String named(List<Block> blocks, String what) {
        StringBuilder table =
                new StringBuilder("| " + what + " | key | takes | default | meaning |\n|---|---|---|---|---|\n");
        for (Block block : blocks) {
            table.append(row(List.of("`" + block.name() + "`", "", "", "", block.doc())));
            for (Option option : block.options()) {
                String key = "`" + option.name() + "`" + (option.name().equals(block.main()) ? " (bare value)" : "");
                table.append(row(List.of("", key, Wanted.of(option), fallback(option), meaning(option))));
            }
        }
        return table.toString();
    }

    private static String row(List<String> cells) {
        return "| "
                + String.join(
                        " | ", cells.stream().map(c -> c.replace("|", "\\|")).toList()) + " |\n";
    }

    private static String fallback(Option option) {
        if (option.required()) {
            return "required";
        }
        Object fallback = option.fallback();
        StringBuilder text = new StringBuilder("`").append(value(fallback)).append('`');
        option.fallbackByType().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(e -> text.append("; ")
                        .append(e.getKey())
                        .append(": `")
                        .append(value(e.getValue()))
                        .append('`'));
        return text.toString();
    }

    private static String value(@Nullable Object value) {
        if (value instanceof InitializerSettings initializer) {
            return initializer.type();
        }
        return value instanceof List<?> list && list.size() == 1 && list.get(0) instanceof Long only
                ? only.toString()
                : YamlText.inline(value);
    }
}
