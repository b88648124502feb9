package dev.auscult.intake;

import java.util.Map;

/**
 * How to read.
 *
 * @param verify whether to check the checksums of event payloads
 * @param columns meaning of columns by what they mean ({@code loss}, {@code val_loss}) to the name in the file; used by
 *     the generic table and JSON readers, empty to let the vocabulary decide
 */
public record ReadOptions(boolean verify, Map<String, String> columns) {
    /** Checksums on, meaning of names from the vocabulary. */
    public static final ReadOptions DEFAULT = new ReadOptions(true, Map.of());

    public ReadOptions {
        columns = Map.copyOf(columns);
    }
}
