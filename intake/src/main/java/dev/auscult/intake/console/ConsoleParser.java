package dev.auscult.intake.console;

import java.util.List;

import dev.auscult.intake.RunSink;

/** Takes the lines of one log, one after the other. */
final class ConsoleParser {
    /** Settings stand before the training; a log without any metric may be as long as it likes. */
    private static final long LAST_SETTINGS_LINE = 2_000;

    /** From the most particular form to the most general one. */
    private final List<LineForm> forms =
            List.of(new ScoreForm(), new KerasForm(), new TableForm(), new DictForm(), new PlainForm());

    private final Output out;
    private long taken;

    ConsoleParser(RunSink sink) {
        this.out = new Output(sink);
    }

    void accept(String line, long number) {
        if (line.startsWith("Namespace(")) {
            SettingsLines.take(line, out.run());
            return;
        }
        boolean first = out.points() == 0 && number < LAST_SETTINGS_LINE;
        for (LineForm form : forms) {
            if (form.accept(line, out)) {
                taken++;
                return;
            }
        }
        if (first) {
            SettingsLines.take(line, out.run());
        }
    }

    /** The text is at its end: what was running is final. */
    void finish() {
        out.flush();
    }

    long points() {
        return out.points();
    }

    /** Number of lines that were of some form. */
    long linesTaken() {
        return taken;
    }
}
