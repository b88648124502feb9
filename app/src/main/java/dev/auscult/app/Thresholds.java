package dev.auscult.app;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.auscult.diagnose.Rule;
import dev.auscult.run.Nearest;

/** Checks thresholds that a user sets as {@code rule.threshold=value}. */
final class Thresholds {
    private Thresholds() {}

    /** The thresholds by {@code rule-name.key}; a rule may be given by its code. */
    static Map<String, Double> of(Map<String, String> given, List<Rule> book) {
        Map<String, String> known = new LinkedHashMap<>();
        Set<String> signed = new HashSet<>();
        for (Rule rule : book) {
            rule.thresholds().forEach(t -> {
                String key = rule.info().name() + "." + t.key();
                known.put(key, key);
                if (t.standard() < 0) {
                    signed.add(key);
                }
                known.put(rule.info().code() + "." + t.key(), key);
            });
        }
        Map<String, Double> thresholds = new LinkedHashMap<>();
        given.forEach((key, value) -> {
            String full = known.get(key);
            if (full == null) {
                throw new UsageException("unknown threshold " + key + "; wanted rule.threshold=value"
                        + Nearest.hint(key, new ArrayList<>(known.keySet()))
                        + "; auscult rule RULE lists the thresholds of a rule");
            }
            thresholds.put(full, number(key, value, signed.contains(full)));
        });
        return thresholds;
    }

    /** A finite number; below zero only where the rule's own is, as on a logarithmic scale. */
    private static double number(String key, String value, boolean signed) {
        double number;
        try {
            number = Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw wrong(key, value, signed);
        }
        if (!Double.isFinite(number) || (number < 0 && !signed)) {
            throw wrong(key, value, signed);
        }
        return number;
    }

    private static UsageException wrong(String key, String value, boolean signed) {
        return new UsageException("found " + value + " for threshold " + key + "; wanted a number"
                + (signed ? "" : " of 0 or more") + ", as in " + key + "=0.5");
    }
}
