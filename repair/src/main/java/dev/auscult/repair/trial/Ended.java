package dev.auscult.repair.trial;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a trial ended, kept in its folder as {@code trial.json}: where it is, the trial need not be made again.
 *
 * @param identity of what was asked for: another spec or seed has another
 * @param ended as in {@link TrialResult}
 * @param whole whether it went as far as its spec says, or as far as it could; else it can go on
 * @param steps taken
 * @param planned by its spec
 * @param seconds it took
 * @param kept figures of the weights that were kept
 * @param reason why it ended before its plan
 */
record Ended(
        String identity,
        String ended,
        boolean whole,
        long steps,
        long planned,
        double seconds,
        Map<String, Double> kept,
        String reason) {
    private static final String FILE = "trial.json";
    private static final JsonMapper JSON = new JsonMapper();

    Ended {
        kept = Map.copyOf(kept);
    }

    /** A trial that could not be made. */
    static Ended failed(String identity, String reason, double seconds) {
        String line = reason.lines().findFirst().orElse("").strip();
        return new Ended(identity, "failed", true, 0, 0, seconds, Map.of(), line);
    }

    /** What the folder of a trial says; empty where it did not end, or ended as another trial. */
    static Optional<Ended> read(Path folder, String identity) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            JsonNode node = JSON.readTree(Files.readString(file, StandardCharsets.UTF_8));
            if (!node.path("identity").asString("").equals(identity)) {
                return Optional.empty();
            }
            Map<String, Double> kept = new LinkedHashMap<>();
            node.path("kept").properties().forEach(e -> kept.put(e.getKey(), number(e.getValue())));
            return Optional.of(new Ended(
                    identity,
                    node.path("ended").asString(""),
                    node.path("whole").asBoolean(false),
                    node.path("steps").asLong(0),
                    node.path("planned").asLong(0),
                    node.path("seconds").asDouble(0),
                    kept,
                    node.path("reason").asString("")));
        } catch (JacksonException | NumberFormatException e) {
            // Written by something else, or torn by a full disk: the trial is made again.
            return Optional.empty();
        }
    }

    /** JSON has no NaN: numbers are written as text. */
    private static double number(JsonNode node) {
        return Double.parseDouble(node.asString(""));
    }

    /** Writes it in one step. */
    void write(Path folder) throws IOException {
        ObjectNode node = JSON.createObjectNode();
        node.put("identity", identity);
        node.put("ended", ended);
        node.put("whole", whole);
        node.put("steps", steps);
        node.put("planned", planned);
        node.put("seconds", seconds);
        ObjectNode figures = node.putObject("kept");
        new TreeMap<>(kept).forEach((name, value) -> figures.put(name, String.valueOf(value)));
        node.put("reason", reason);
        Path fresh = folder.resolve(FILE + ".new");
        Files.writeString(fresh, JSON.writeValueAsString(node) + "\n", StandardCharsets.UTF_8);
        Files.move(fresh, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    static void remove(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(FILE));
    }
}
