package dev.auscult.train.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The names of the ways in which weights start. */
final class Initializers {
    /** Those that need no number. */
    static final List<String> WORDS =
            List.of("default", "he", "he-uniform", "glorot", "glorot-uniform", "lecun", "orthogonal", "zeros", "ones");

    /** Those with a number, and which. */
    static final Map<String, Option> AMOUNTS = amounts();

    /** All of them. */
    static final List<String> NAMES = names();

    private Initializers() {}

    /** The amount of one that was named without a number. */
    static double amountOf(String word) {
        return word.equals("orthogonal") ? 1 : 0;
    }

    /** A sensible number for one that needs it. */
    static String example(String name) {
        return name.equals("constant") ? "0.5" : "0.01";
    }

    private static Map<String, Option> amounts() {
        Map<String, Option> amounts = new LinkedHashMap<>();
        amounts.put(
                "normal", Option.number("normal", 0.01, "standard deviation").in(Bounds.NOT_NEGATIVE));
        amounts.put("uniform", Option.number("uniform", 0.01, "half width").in(Bounds.NOT_NEGATIVE));
        amounts.put("constant", Option.number("constant", 0, "value of every weight"));
        amounts.put("orthogonal", Option.number("orthogonal", 1, "gain").in(Bounds.POSITIVE));
        return amounts;
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>(WORDS);
        AMOUNTS.keySet().stream().filter(n -> !names.contains(n)).forEach(names::add);
        return List.copyOf(names);
    }
}
