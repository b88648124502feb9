package dev.auscult.intake.console;

import dev.auscult.run.RunBuilder;

/** Settings that a program prints before it trains: {@code Namespace(lr=20, epochs=6)}, {@code batch_size = 20}. */
final class SettingsLines {
    private static final int LONGEST_VALUE = 200;

    private SettingsLines() {}

    static void take(String line, RunBuilder run) {
        int namespace = line.indexOf("Namespace(");
        if (namespace >= 0) {
            takeNamespace(line, namespace + "Namespace(".length(), run);
            return;
        }
        int cut = line.indexOf('=');
        int colon = line.indexOf(':');
        cut = cut < 0 || (colon >= 0 && colon < cut) ? colon : cut;
        if (cut < 1 || line.length() > LONGEST_VALUE) {
            return;
        }
        String name = line.substring(0, cut).strip();
        String value = line.substring(cut + 1).strip();
        boolean word = !value.isEmpty() && value.indexOf(' ') < 0 && value.indexOf('=') < 0;
        if (word && isName(name)) {
            run.settings().put(name, value);
        }
    }

    /** Takes {@code name=value} apart at commas outside of quotes and brackets. */
    private static void takeNamespace(String line, int from, RunBuilder run) {
        int depth = 0;
        char quote = 0;
        int start = from;
        for (int i = from; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == '(' || c == '[' || c == '{') {
                depth++;
            } else if (depth > 0 && (c == ')' || c == ']' || c == '}')) {
                depth--;
            } else if ((c == ',' && depth == 0) || c == ')') {
                takeEntry(line.substring(start, i), run);
                start = i + 1;
                if (c == ')') {
                    return;
                }
            }
        }
    }

    private static void takeEntry(String entry, RunBuilder run) {
        int cut = entry.indexOf('=');
        if (cut < 1) {
            return;
        }
        String name = entry.substring(0, cut).strip();
        String value = entry.substring(cut + 1).strip();
        if (value.length() > 1 && "'\"".indexOf(value.charAt(0)) >= 0) {
            value = value.substring(1, value.length() - 1);
        }
        if (isName(name) && value.length() <= LONGEST_VALUE) {
            run.settings().put(name, value);
        }
    }

    private static boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
            if (!letter && (i == 0 || "0123456789-.".indexOf(c) < 0)) {
                return false;
            }
        }
        return !name.isEmpty() && name.length() <= 40;
    }
}
