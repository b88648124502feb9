package dev.auscult.intake.json;

import java.io.IOException;
import java.io.InputStream;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.JacksonIOException;

/** A small JSON document read at once. */
public final class JsonDocument {
    private JsonDocument() {}

    /** The document laid flat, as far as it can be read; empty if it is no object. */
    public static JsonRow flat(InputStream in) throws IOException {
        JsonRow row = new JsonRow();
        try (JsonParser parser = Json.parser(in)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                row.read(parser);
            }
        } catch (JacksonIOException e) {
            throw e.getCause();
        } catch (JacksonException cutOrBroken) {
            return row;
        }
        return row;
    }
}
