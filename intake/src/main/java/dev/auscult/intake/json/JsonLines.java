package dev.auscult.intake.json;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

import dev.auscult.intake.RunSink;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The objects of a file of JSON lines, one after the other; a broken line is told to the sink and left out. */
public final class JsonLines implements Closeable {
    /** Broken lines that are named one by one; the rest is counted. */
    private static final int NAMED_PROBLEMS = 3;

    private final ByteLines lines;
    private final RunSink sink;
    private final JsonRow row = new JsonRow();
    private @Nullable JsonParser parser;
    private long rows;
    private long broken;
    private boolean finished;

    /** Closing this closes the stream. */
    public JsonLines(InputStream in, RunSink sink) {
        this.lines = new ByteLines(in);
        this.sink = sink;
    }

    /** Moves to the next object; false at the end. */
    public boolean next() throws IOException {
        while (true) {
            if (parser == null) {
                if (!lines.next()) {
                    finish();
                    return false;
                }
                parser = Json.parser(lines.buffer(), lines.from(), lines.length());
            }
            try {
                if (nextOfLine(parser)) {
                    rows++;
                    return true;
                }
            } catch (JacksonException e) {
                broken(lines.isUnfinished() ? "the last line is cut off" : "the line is no JSON object");
            }
            parser.close();
            parser = null;
        }
    }

    /** A line holds an object, or a list of them. */
    private boolean nextOfLine(JsonParser line) {
        for (JsonToken token = line.nextToken(); token != null; token = line.nextToken()) {
            if (token == JsonToken.START_OBJECT) {
                row.read(line);
                return true;
            }
            if (token.isScalarValue()) {
                broken("the line is no JSON object");
                return false;
            }
        }
        return false;
    }

    private void broken(String what) {
        broken++;
        if (broken <= NAMED_PROBLEMS) {
            sink.problem(lines.line(), what + "; it was left out");
        }
    }

    private void finish() {
        if (finished) {
            return;
        }
        finished = true;
        if (broken > NAMED_PROBLEMS) {
            sink.problem(0, (broken - NAMED_PROBLEMS) + " more lines are no JSON objects; they were left out");
        }
        if (lines.tooLong() > 0) {
            sink.problem(0, lines.tooLong() + " lines are longer than 16 MiB; they were left out");
        }
    }

    /** The object; overwritten by the next one. */
    public JsonRow row() {
        return row;
    }

    /** Number of the line of the object, from 1. */
    public long line() {
        return lines.line();
    }

    /** How many objects were read so far. */
    public long rows() {
        return rows;
    }

    /** How many lines were left out so far. */
    public long brokenLines() {
        return broken + lines.tooLong();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
