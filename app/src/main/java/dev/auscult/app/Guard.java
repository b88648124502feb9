package dev.auscult.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.auscult.data.error.DataException;
import dev.auscult.train.checkpoint.CheckpointException;
import dev.auscult.train.engine.EngineException;
import dev.auscult.train.model.ModelException;
import dev.auscult.train.spec.SpecException;

/** Turns what is wrong with a spec, its data or the machine into lines for people and an exit code. */
final class Guard {
    /** A layer knows its line, but not the file. */
    private static final Pattern LINE = Pattern.compile("^line (\\d+): ");

    private Guard() {}

    /** Work that reads a spec and runs a network. */
    @FunctionalInterface
    interface Work {
        int run() throws IOException;
    }

    /**
     * Does the work.
     *
     * @param spec the file of the spec, as messages call it
     */
    static int run(Terminal terminal, Path spec, Work work) throws IOException {
        try {
            return work.run();
        } catch (SpecException e) {
            e.problems().forEach(terminal::warn);
            return ExitCode.USAGE;
        } catch (ModelException e) {
            terminal.warn(placed(spec, String.valueOf(e.getMessage())));
            return ExitCode.USAGE;
        } catch (CheckpointException e) {
            terminal.warn(e.getMessage() + "; it is not a checkpoint of this training");
            return ExitCode.UNREADABLE;
        } catch (DataException e) {
            terminal.warn(String.valueOf(e.getMessage()));
            return ExitCode.UNREADABLE;
        } catch (EngineException e) {
            terminal.warn(String.valueOf(e.getMessage()));
            return ExitCode.USAGE;
        }
    }

    /** {@code digits.yaml:12: conv wants …}, as for what the reader of the spec finds. */
    private static String placed(Path spec, String problem) {
        Matcher line = LINE.matcher(problem);
        return spec + ":" + (line.find() ? line.group(1) + ": " + problem.substring(line.end()) : " " + problem);
    }
}
