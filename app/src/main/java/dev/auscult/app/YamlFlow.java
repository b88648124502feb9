package dev.auscult.app;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Values as YAML on one line. */
final class YamlFlow {
    private YamlFlow() {}

    /** A text, a number, a truth value, a list or a mapping of them. */
    static String of(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(e -> of(String.valueOf(e.getKey())) + ": " + of(e.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(YamlFlow::of).collect(Collectors.joining(", ", "[", "]"));
        }
        return value instanceof String text ? text(text) : String.valueOf(value);
    }

    /** A word as it is where YAML takes it for that word and nothing else, else in double quotes. */
    private static String text(String text) {
        boolean plain = text.matches("[A-Za-z_][\\w./ -]*[\\w./]|[A-Za-z_]")
                && !text.matches("(?i)true|false|null|yes|no|on|off|y|n|nan|inf|none|last");
        if (plain) {
            return text;
        }
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (Character.isISOControl(c)) {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
