package dev.auscult.app;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

import dev.auscult.diagnose.Rule;
import dev.auscult.diagnose.RuleBook;
import dev.auscult.intake.Intake;
import dev.auscult.intake.ReadOptions;

/**
 * What the commands work with.
 *
 * @param here the folder that Auscult was started in
 * @param book the rules
 * @param source where runs come from
 */
record Workplace(Path here, List<Rule> book, Source source) {
    /** Finds and reads runs. */
    interface Source {
        void read(ReadOptions options, List<Path> paths, Consumer<Intake.Found> consumer);
    }

    /** The current folder, every rule, and every reader. */
    static Workplace usual() {
        return new Workplace(
                Path.of(""), RuleBook.rules(), (options, paths, consumer) -> new Intake(options).read(paths, consumer));
    }
}
