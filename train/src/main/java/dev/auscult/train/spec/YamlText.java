package dev.auscult.train.spec;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** Writes nested mappings and lists as YAML 1.2 for people: one line for a layer, indented blocks for sections. */
final class YamlText {
    /** Text that is itself without quotes, in blocks and between braces. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_./][A-Za-z0-9_./+-]*");

    private static final List<String> RESERVED = List.of("null", "true", "false", "yes", "no", "on", "off", "y", "n");

    private final StringBuilder out = new StringBuilder();

    private YamlText() {}

    /** The YAML of a mapping. */
    static String of(Map<String, ? extends @Nullable Object> mapping) {
        YamlText text = new YamlText();
        text.block(mapping, 0);
        return text.out.toString();
    }

    /** One value on one line. */
    static String inline(@Nullable Object value) {
        YamlText text = new YamlText();
        text.flow(value);
        return text.out.toString();
    }

    /** A node on one line, its scalars as they were written. */
    static String flow(YamlNode node) {
        if (node instanceof YamlNode.Scalar scalar) {
            if (!scalar.plain()) {
                return quoted(scalar.text());
            }
            return scalar.isNull() ? "null" : scalar.text();
        }
        if (node instanceof YamlNode.Sequence list) {
            return "["
                    + String.join(
                            ", ", list.items().stream().map(YamlText::flow).toList()) + "]";
        }
        YamlNode.Mapping map = (YamlNode.Mapping) node;
        return "{"
                + String.join(
                        ", ",
                        map.entries().entrySet().stream()
                                .map(e -> scalar(e.getKey()) + ": "
                                        + flow(e.getValue().value()))
                                .toList())
                + "}";
    }

    private void block(Map<?, ? extends @Nullable Object> mapping, int indent) {
        mapping.forEach((key, value) -> {
            out.append(" ".repeat(indent)).append(scalar(key)).append(':');
            value(value, indent);
        });
    }

    /** What follows a key and its colon. */
    private void value(@Nullable Object value, int indent) {
        if (value instanceof Map<?, ?> map && !map.isEmpty() && !isOneNumber(map)) {
            out.append('\n');
            block(map, indent + 2);
        } else if (value instanceof List<?> list && list.stream().anyMatch(YamlText::isMapping)) {
            out.append('\n');
            for (Object item : list) {
                out.append(" ".repeat(indent + 2)).append("- ");
                item(item, indent + 4);
            }
        } else {
            out.append(' ');
            flow(value);
            out.append('\n');
        }
    }

    private void item(@Nullable Object item, int indent) {
        if (item instanceof Map<?, ?> map && map.size() == 1 && isDeep(map)) {
            Map.Entry<?, ?> only = map.entrySet().iterator().next();
            out.append(scalar(only.getKey())).append(':');
            value(only.getValue(), indent);
        } else if (item instanceof Map<?, ?> map && map.size() == 1) {
            Map.Entry<?, ?> only = map.entrySet().iterator().next();
            out.append(scalar(only.getKey())).append(": ");
            flow(only.getValue());
            out.append('\n');
        } else {
            flow(item);
            out.append('\n');
        }
    }

    private void flow(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            out.append('{');
            String comma = "";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.append(comma).append(scalar(entry.getKey())).append(": ");
                flow(entry.getValue());
                comma = ", ";
            }
            out.append('}');
        } else if (value instanceof List<?> list) {
            out.append('[');
            String comma = "";
            for (Object item : list) {
                out.append(comma);
                flow(item);
                comma = ", ";
            }
            out.append(']');
        } else {
            out.append(scalar(value));
        }
    }

    private static boolean isMapping(@Nullable Object value) {
        return value instanceof Map<?, ?>;
    }

    /** {@code {normal: 0.01}}. */
    private static boolean isOneNumber(Map<?, ?> map) {
        return map.size() == 1 && map.values().iterator().next() instanceof Double;
    }

    /** Whether there are layers inside. */
    private static boolean isDeep(Map<?, ?> map) {
        return map.values().iterator().next() instanceof Map<?, ?> options
                && options.values().stream()
                        .anyMatch(v -> v instanceof List<?> list
                                && list.stream().anyMatch(i -> i instanceof Map<?, ?> || i instanceof String));
    }

    private static String scalar(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof Double number) {
            return number(number);
        }
        if (value instanceof String text) {
            boolean plain = PLAIN.matcher(text).matches()
                    && !RESERVED.contains(text.toLowerCase(Locale.ROOT))
                    && Double.isNaN(ValueReader.decimal(text))
                    && !text.toLowerCase(Locale.ROOT).startsWith(".inf")
                    && !text.toLowerCase(Locale.ROOT).startsWith(".nan");
            return plain ? text : quoted(text);
        }
        return value.toString();
    }

    /** The shortest text that reads back as the same number. */
    static String number(double value) {
        double size = Math.abs(value);
        if (size == 0 || (size >= 1e-3 && size < 1e15)) {
            return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
        }
        return Double.toString(value).toLowerCase(Locale.ROOT).replace(".0e", "e");
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' '
                    || (c >= 0x7f && c < 0xa0)
                    || Character.isSurrogate(c)
                    || c >= 0xfe00
                    || c == 0x2028
                    || c == 0x2029) {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
