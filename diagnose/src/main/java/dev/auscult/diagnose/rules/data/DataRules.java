package dev.auscult.diagnose.rules.data;

import java.util.List;

import dev.auscult.diagnose.Rule;

/** Every rule on data, one line each, by code. */
public final class DataRules {
    private DataRules() {}

    /** All rules on data, by code. */
    public static List<Rule> rules() {
        return List.of();
    }
}
