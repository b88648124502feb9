package dev.auscult.app;

import java.util.List;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Adds options to commands, each kind in one call. */
final class Options {
    private Options() {}

    /** An option with one value. */
    static void one(CommandSpec spec, String name, String label, String description) {
        spec.addOption(OptionSpec.builder(name)
                .type(String.class)
                .paramLabel(label)
                .description(description)
                .build());
    }

    /** An option whose value is one of the known; {@code %s} in the description stands for them. */
    static void choice(CommandSpec spec, String name, String label, String description, List<String> known) {
        String named = String.join(", ", known.subList(0, known.size() - 1)) + " or " + known.get(known.size() - 1);
        spec.addOption(OptionSpec.builder(name)
                .type(String.class)
                .paramLabel(label)
                .completionCandidates(known)
                .description(description.replace("%s", named))
                .build());
    }

    /** An option that may be given several times. */
    static void many(CommandSpec spec, String name, String label, String description) {
        spec.addOption(OptionSpec.builder(name)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .paramLabel(label)
                .description(description)
                .build());
    }

    /** An option without a value. */
    static void flag(CommandSpec spec, String name, String description) {
        spec.addOption(OptionSpec.builder(name)
                .type(boolean.class)
                .description(description)
                .build());
    }
}
