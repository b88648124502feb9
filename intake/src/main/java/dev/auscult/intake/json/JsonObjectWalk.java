package dev.auscult.intake.json;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.JacksonIOException;

/** Walks over one JSON object: the records of the lists right below it one by one, its scalars together. */
public final class JsonObjectWalk implements Closeable {
    private final JsonParser parser;
    private final JsonRow scalars = new JsonRow();
    private final JsonRow row = new JsonRow();
    private String list = "";
    private boolean inList;
    private boolean ended;
    private String problem = "";
    private long problemLine;

    /** Closing this closes the stream. */
    public JsonObjectWalk(InputStream in) {
        this.parser = Json.parser(in);
    }

    /** Moves to the next record of a list; false at the end, or where the file is cut off or broken. */
    public boolean next() throws IOException {
        if (ended) {
            return false;
        }
        try {
            if (advance()) {
                return true;
            }
        } catch (JacksonIOException e) {
            throw e.getCause();
        } catch (JacksonException e) {
            problemLine =
                    e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getLineNr());
            problem = "the JSON is cut off or broken here; what stands before it was read";
        }
        ended = true;
        return false;
    }

    private boolean advance() {
        while (true) {
            JsonToken token = parser.nextToken();
            if (token == null) {
                return false;
            }
            if (inList) {
                if (token == JsonToken.START_OBJECT) {
                    row.read(parser);
                    return true;
                }
                inList = token != JsonToken.END_ARRAY;
                parser.skipChildren();
            } else if (token == JsonToken.PROPERTY_NAME) {
                value(parser.currentName(), parser.nextToken());
            }
        }
    }

    private void value(String name, JsonToken token) {
        if (token == JsonToken.START_ARRAY) {
            list = name;
            inList = true;
        } else if (token == JsonToken.START_OBJECT) {
            parser.skipChildren();
        } else {
            scalars.addScalar(name, parser);
        }
    }

    /** Whether the record that was moved to stands in the list of this name. */
    public boolean isRecordOf(String name) {
        return list.equals(name);
    }

    /** The record; overwritten by the next one. */
    public JsonRow row() {
        return row;
    }

    /** The scalars read so far. */
    public JsonRow scalars() {
        return scalars;
    }

    /** What was wrong; empty if nothing was. */
    public String problem() {
        return problem;
    }

    /** Where, as a line number from 1. */
    public long problemLine() {
        return problemLine;
    }

    @Override
    public void close() {
        parser.close();
    }
}
