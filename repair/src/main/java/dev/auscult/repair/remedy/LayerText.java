package dev.auscult.repair.remedy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import dev.auscult.train.spec.Block;
import dev.auscult.train.spec.InitializerSettings;
import dev.auscult.train.spec.LayerSettings;
import dev.auscult.train.spec.LayerVocabulary;
import dev.auscult.train.spec.Option;
import dev.auscult.train.spec.OptionKind;

/** Writes a layer as YAML on one line, as short as its author would: {@code dense: 64}, without what is default anyway. */
final class LayerText {
    private LayerText() {}

    /** An element of a list of layers: {@code relu}, {@code {dense: 64}}, {@code {residual: [{dense: 8}, relu]}}. */
    static String of(LayerSettings layer) {
        Block block = LayerVocabulary.find(layer.type())
                .orElseThrow(() -> new IllegalArgumentException("no layer is called " + layer.type()));
        List<String> keys = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (Option option : block.options()) {
            Object value = layer.options().get(option.name());
            if (option.kind() == OptionKind.LAYERS) {
                keys.add(option.name());
                values.add(list(layer.children()));
            } else if (value != null && !Objects.equals(value, option.fallback())) {
                keys.add(option.name());
                values.add(text(option, value));
            }
        }
        if (keys.isEmpty()) {
            return layer.type();
        }
        if (keys.equals(List.of(block.main()))) {
            return "{" + layer.type() + ": " + values.get(0) + "}";
        }
        List<String> entries = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            entries.add(keys.get(i) + ": " + values.get(i));
        }
        return "{" + layer.type() + ": {" + String.join(", ", entries) + "}}";
    }

    /** {@code [{dense: 8}, relu]}. */
    static String list(List<LayerSettings> layers) {
        return layers.stream().map(LayerText::of).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String text(Option option, Object value) {
        if (value instanceof InitializerSettings initializer) {
            boolean bare = !List.of("constant", "normal", "uniform").contains(initializer.type())
                    && !(initializer.type().equals("orthogonal") && initializer.amount() != 1);
            return bare
                    ? initializer.type()
                    : "{" + initializer.type() + ": " + Numbers.exact(initializer.amount()) + "}";
        }
        if (value instanceof List<?> list) {
            return list.size() == 1 && option.kind() != OptionKind.INTEGERS
                    ? String.valueOf(list.get(0))
                    : list.toString();
        }
        if (value instanceof Double number) {
            return Numbers.exact(number);
        }
        if (option.kind() == OptionKind.TEXT) {
            return "\"" + value.toString().replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        }
        return value.toString();
    }
}
