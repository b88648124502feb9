package dev.auscult.intake.recording;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

import dev.auscult.run.DataProfile;
import dev.auscult.run.ModelGraph;
import dev.auscult.run.Probe;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The small files of a run directory beside its event files; each is replaced whole, so that it is never half written. */
public final class RecordingFiles {
    static final String MODEL = "model.json";
    static final String DATA = "data.json";
    static final String CHECKS = "checks.json";

    /** A larger one was not written by us. */
    private static final long MOST_BYTES = 256L << 20;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT, SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private RecordingFiles() {}

    /** Writes {@code spec.yaml}: exactly what ran, with every default filled in. */
    public static void spec(Path folder, String yaml) throws IOException {
        replace(folder.resolve(RecordingReader.SPEC), yaml.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes {@code model.json}. */
    public static void model(Path folder, ModelGraph graph) throws IOException {
        write(folder.resolve(MODEL), graph);
    }

    /** Writes {@code data.json}. */
    public static void data(Path folder, DataProfile profile) throws IOException {
        write(folder.resolve(DATA), profile);
    }

    /** Reads {@code data.json}; empty if there is none. */
    public static Optional<DataProfile> data(Path folder) throws IOException {
        return read(folder.resolve(DATA), DataProfile.class);
    }

    /** Writes a profile to a file of any name, as {@code data.json} holds it. */
    public static void profile(Path file, DataProfile profile) throws IOException {
        write(file, profile);
    }

    /** A profile as {@code data.json} holds it. */
    public static String text(DataProfile profile) {
        return JSON.writeValueAsString(profile);
    }

    /** Writes {@code checks.json}: the outcomes of active checks in the order in which they were made. */
    public static void checks(Path folder, List<Probe> probes) throws IOException {
        write(folder.resolve(CHECKS), probes);
    }

    private static void write(Path file, Object content) throws IOException {
        replace(file, JSON.writeValueAsBytes(content));
    }

    private static void replace(Path file, byte[] bytes) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.write(fresh, bytes);
            try {
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /** Reads one of the JSON files; empty if there is none. */
    static <T> Optional<T> read(Path file, Class<T> type) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        if (Files.size(file) > MOST_BYTES) {
            throw new IOException("larger than " + (MOST_BYTES >> 20) + " MiB");
        }
        try {
            return Optional.ofNullable(JSON.readValue(Files.readAllBytes(file), type));
        } catch (JacksonException e) {
            throw new IOException(e.getOriginalMessage(), e);
        }
    }
}
