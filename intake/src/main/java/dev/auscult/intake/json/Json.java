package dev.auscult.intake.json;

import java.io.InputStream;

import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/** The JSON that training programs write: standard JSON plus the bare tokens NaN and Infinity of Python. */
public final class Json {
    /** Deeper documents are no logs; recursion stays far below the depth of a thread's stack. */
    static final int MAX_DEPTH = 64;

    private static final int MAX_STRING_CHARS = 4 << 20;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_STRING_CHARS)
                    .build())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private Json() {}

    /** A streaming parser; closing it closes the stream. */
    public static JsonParser parser(InputStream in) {
        return FACTORY.createParser(ObjectReadContext.empty(), in);
    }

    /** A streaming parser of a part of a buffer. */
    public static JsonParser parser(byte[] buffer, int from, int length) {
        return FACTORY.createParser(ObjectReadContext.empty(), buffer, from, length);
    }
}
