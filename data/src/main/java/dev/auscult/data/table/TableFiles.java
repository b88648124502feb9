package dev.auscult.data.table;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import dev.auscult.data.error.DataException;
import org.jspecify.annotations.Nullable;

/** Which files are tables or texts, and how each is read. */
public final class TableFiles {
    private static final List<String> TABLES = List.of("csv", "tsv", "parquet", "jsonl");
    private static final List<String> FORMATS =
            List.of("csv", "tsv", "parquet", "jsonl", "text", "npy", "npz", "idx", "image-folder", "wav-folder");

    private TableFiles() {}

    /**
     * Opens a table.
     *
     * @param format what it is; null: by its extension, else by its first bytes
     * @param separator between the cells of a text; null: derived
     * @param header whether the file begins with column names; null: derived
     */
    public static Rows open(Path file, @Nullable String format, @Nullable String separator, @Nullable Boolean header) {
        if (Files.isDirectory(file)) {
            throw new DataException(
                    file + " is a folder; wanted a table, or say data.format: image-folder or wav-folder");
        }
        return switch (format(file, format)) {
            case "parquet" -> ParquetRows.of(file);
            case "jsonl" -> JsonRows.of(file);
            case "tsv" -> DelimitedRows.of(file, separator == null ? "tab" : separator, header);
            default -> DelimitedRows.of(file, separator, header);
        };
    }

    /**
     * Opens a table like {@link #open}, but where it is text between separators, by its beginning alone: for one who looks at
     * all of its bytes while reading.
     */
    public static Rows openByItsBeginning(
            Path file, @Nullable String format, @Nullable String separator, @Nullable Boolean header) {
        if (Files.isDirectory(file)) {
            return open(file, format, separator, header);
        }
        return switch (format(file, format)) {
            case "csv" -> DelimitedRows.byItsBeginning(file, separator, header);
            case "tsv" -> DelimitedRows.byItsBeginning(file, separator == null ? "tab" : separator, header);
            default -> open(file, format, separator, header);
        };
    }

    /** Whether the asked format or the extension calls a file a table, so that its content need not be looked at. */
    public static boolean isNamedTable(@Nullable String asked, Path file) {
        return asked != null ? TABLES.contains(asked) : !Files.isDirectory(file) && byExtension(file) != null;
    }

    private static String format(Path file, @Nullable String asked) {
        if (asked != null) {
            if (!FORMATS.contains(asked)) {
                throw new DataException("data.format is '" + asked + "', wanted one of " + String.join(", ", FORMATS));
            }
            return asked;
        }
        String named = byExtension(file);
        return named == null ? byContent(file) : named;
    }

    private static @Nullable String byExtension(Path file) {
        String name = name(file);
        if (name.endsWith(".tsv") || name.endsWith(".tab")) {
            return "tsv";
        }
        if (name.endsWith(".csv")) {
            return "csv";
        }
        if (name.endsWith(".parquet")) {
            return "parquet";
        }
        if (name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
            return "jsonl";
        }
        return null;
    }

    /** The name in lower case, without {@code .gz}. */
    public static String name(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
    }

    private static String byContent(Path file) {
        try (InputStream in = TextFile.unpacked(file)) {
            String start = new String(in.readNBytes(64), StandardCharsets.ISO_8859_1);
            if (start.startsWith("PAR1")) {
                return "parquet";
            }
            return start.stripLeading().startsWith("{") ? "jsonl" : "csv";
        } catch (IOException e) {
            throw TextFile.unreadable(file, e);
        }
    }
}
