package dev.auscult.intake.console;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;

import dev.auscult.intake.FollowableReader;
import dev.auscult.intake.LogCursor;
import dev.auscult.intake.LogFile;
import dev.auscult.intake.ReadOptions;
import dev.auscult.intake.RunSink;
import dev.auscult.intake.TextLines;
import dev.auscult.intake.UnreadableLogException;
import dev.auscult.run.Run;
import dev.auscult.run.RunBuilder;

/** Reads the text that a training program printed. */
public final class ConsoleReader implements FollowableReader {
    /** Texts of other kinds, in which lines may look like progress. */
    private static final Set<String> OTHER_TEXTS = Set.of("json", "jsonl", "yaml", "yml", "xml", "html", "py", "ipynb");

    @Override
    public String format() {
        return "stdout";
    }

    @Override
    public int recognise(LogFile file) {
        String name = file.name().toLowerCase(Locale.ROOT);
        String extension = name.substring(name.lastIndexOf('.') + 1);
        if (OTHER_TEXTS.contains(extension) || name.contains("tfevents") || isBinary(file)) {
            return 0;
        }
        Scratch scratch = new Scratch();
        ConsoleParser parser = new ConsoleParser(scratch);
        try (TextLines lines = new TextLines(new ByteArrayInputStream(file.head()), scratch::problem)) {
            while (lines.next()) {
                parser.accept(lines.line(), lines.number());
            }
        } catch (IOException impossible) {
            return 0; // no bytes in memory fail to be read
        }
        parser.finish();
        boolean text = Set.of("log", "out", "stdout", "txt", "err").contains(extension);
        boolean table = extension.equals("csv") || extension.equals("tsv");
        if (parser.points() >= 2
                && (!table || 2 * parser.linesTaken() > file.lines().size())) {
            return name.startsWith("readme") || name.startsWith("changelog") ? 10 : 50;
        }
        if (extension.equals("log") || extension.equals("out") || extension.equals("stdout")) {
            return 30; // hours of set-up may stand before the first metric
        }
        boolean program =
                text && (file.text().contains("import torch") || file.text().contains("import sys"));
        return program ? 30 : text ? 15 : parser.points() > 0 ? 10 : 0;
    }

    private static boolean isBinary(LogFile file) {
        byte[] head = file.head();
        boolean wide = head.length > 1 && ((head[0] == -1 && head[1] == -2) || (head[0] == -2 && head[1] == -1));
        return file.isBinary() && !wide;
    }

    @Override
    public void read(LogFile file, ReadOptions options, RunSink sink) throws IOException, UnreadableLogException {
        ConsoleParser parser = new ConsoleParser(sink);
        try (TextLines lines = TextLines.of(file.path(), sink::problem)) {
            while (lines.next()) {
                parser.accept(lines.line(), lines.number());
            }
        }
        parser.finish();
        if (parser.points() == 0) {
            throw new UnreadableLogException(
                    file.text().contains("Traceback (most recent call last)")
                            ? "Python traceback and no line with a metric: the program crashed before it logged one"
                            : "text without lines that name an epoch or step and a metric");
        }
    }

    @Override
    public LogCursor follow(LogFile file, ReadOptions options, RunSink sink) {
        return new Cursor(file, sink);
    }

    /** Reads whole lines only; the line that is still being written waits for its end. */
    private static final class Cursor implements LogCursor {
        private final LogFile file;
        private final RunSink sink;
        private final ConsoleParser parser;
        private long offset;
        private long number;

        Cursor(LogFile file, RunSink sink) {
            this.file = file;
            this.sink = sink;
            this.parser = new ConsoleParser(sink);
        }

        @Override
        public boolean advance() throws IOException {
            long before = offset;
            try (TextLines lines = TextLines.at(file.path(), offset, number, sink::problem)) {
                while (lines.next() && lines.isTerminated()) {
                    parser.accept(lines.line(), lines.number());
                    offset = lines.offset();
                    number = lines.number();
                }
            }
            return offset > before;
        }
    }

    /** Takes what a look at the first lines finds. */
    private static final class Scratch implements RunSink {
        private final RunBuilder run = Run.builder("");

        @Override
        public RunBuilder run() {
            return run;
        }

        @Override
        public RunBuilder nextRun(String reason) {
            return run;
        }

        @Override
        public void problem(long line, String problem) {
            run.problem("", line, problem);
        }
    }
}
