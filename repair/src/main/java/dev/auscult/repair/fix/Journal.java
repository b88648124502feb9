package dev.auscult.repair.fix;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

import dev.auscult.diagnose.Finding;
import dev.auscult.diagnose.Severity;
import dev.auscult.diagnose.cause.Cause;
import dev.auscult.diagnose.cause.Differential;
import dev.auscult.diagnose.cause.Suspect;
import dev.auscult.repair.experiment.ExperimentResult;
import dev.auscult.repair.trial.TrialResult;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a loop did, one JSON object per line, each on disk before the next begins.
 *
 * <p>A loop that is resumed runs through its decisions again with the trials that are there; as long as it does what the
 * journal says, nothing is written. Experiments and range tests are read from here.
 */
final class Journal implements AutoCloseable {
    private static final String FILE = "journal.jsonl";
    private static final JsonMapper JSON = new JsonMapper();

    private final FileChannel channel;
    private final List<String> known;
    private int at;

    private Journal(FileChannel channel, List<String> known) {
        this.channel = channel;
        this.known = known;
    }

    /** Opens the journal of a folder; a torn last line is dropped. */
    static Journal open(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(FILE);
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            lock(channel, folder);
            // Not by another channel: where that is closed, POSIX gives up the locks of the process on the file.
            byte[] bytes = Channels.newInputStream(channel).readAllBytes();
            List<String> whole = lines(bytes);
            long length = 0;
            for (String line : whole) {
                length += line.getBytes(StandardCharsets.UTF_8).length + 1L;
            }
            if (channel.size() > length) {
                channel.truncate(length);
            }
            channel.position(length);
            return new Journal(channel, whole);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Two loops in one folder would clear and copy each other's trials; the lock ends with the process, however it ends. */
    private static void lock(FileChannel channel, Path folder) throws IOException {
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            throw new IOException("another repair is at work in " + folder
                    + "; wait until it ends, or have the recordings of this one in another folder");
        }
    }

    /** The lines up to the first that is not a whole JSON object of whole characters. */
    private static List<String> lines(byte[] bytes) {
        List<String> whole = new ArrayList<>();
        String text = new String(bytes, StandardCharsets.UTF_8);
        int from = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
            String line = text.substring(from, end);
            // Bytes that are no characters would make the line another length than it has on disk.
            if (line.indexOf('\uFFFD') >= 0 || !isObject(line)) {
                break;
            }
            whole.add(line);
            from = end + 1;
        }
        return whole;
    }

    private static boolean isObject(String line) {
        try {
            return JSON.readTree(line).isObject();
        } catch (JacksonException torn) {
            return false;
        }
    }

    /** What the journal of a folder says that its loop is for; empty where there is none. */
    static Optional<String> identity(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        List<String> lines = Files.isRegularFile(file) ? lines(Files.readAllBytes(file)) : List.of();
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(JSON.readTree(lines.get(0)).path("identity").asString(""));
    }

    private static ObjectNode event(String name) {
        ObjectNode node = JSON.createObjectNode();
        node.put("event", name);
        return node;
    }

    private void write(ObjectNode node) throws IOException {
        String line = JSON.writeValueAsString(node);
        if (at < known.size()) {
            if (known.get(at).equals(line)) {
                at++;
                return;
            }
            // It goes another way from here on, as with another limit of time.
            at = known.size();
        }
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(false);
    }

    void begins(String identity) throws IOException {
        ObjectNode node = event("begin");
        node.put("identity", identity);
        write(node);
    }

    void trial(TrialResult result) throws IOException {
        ObjectNode node = event("trial");
        node.put("name", result.request().name());
        node.put("ended", result.ended());
        node.put("steps", result.steps());
        write(node);
    }

    void diagnosed(Differential differential, TrialResult result) throws IOException {
        ObjectNode node = event("diagnosed");
        node.put("name", result.request().name());
        var findings = node.putArray("findings");
        result.diagnosis().findings().stream()
                .filter(f -> f.severity().isAtLeast(Severity.MEDIUM))
                .map(Finding::rule)
                .forEach(rule -> findings.add(rule.code()));
        var causes = node.putObject("causes");
        differential.suspects().stream()
                .limit(3)
                .forEach(s -> causes.put(s.cause().label(), String.format(Locale.ROOT, "%.4f", s.probability())));
        write(node);
    }

    void decided(FixStep step) throws IOException {
        ObjectNode node = event("decided");
        node.put("treatment", step.treatment().name());
        node.put("cause", step.treatment().cause().label());
        node.put("decision", step.decision().name().toLowerCase(Locale.ROOT));
        step.comparison().ifPresent(c -> {
            node.put("metric", c.metric());
            node.put("p", String.valueOf(c.p()));
            node.put("gain", String.valueOf(c.gain()));
            node.put("effect", String.valueOf(c.effect()));
        });
        node.put("reason", step.reason());
        write(node);
    }

    void ended(FixResult.Ending ending) throws IOException {
        ObjectNode node = event("end");
        node.put("ending", ending.name().toLowerCase(Locale.ROOT));
        write(node);
    }

    /** The learning rate that a range test of a variant suggested, where it was made before. */
    Optional<OptionalDouble> rate(Variant variant) {
        return known.stream()
                .map(line -> JSON.readTree(line))
                .filter(node -> isOf(node, "range-test", variant))
                .map(node -> node.has("rate") ? OptionalDouble.of(number(node.path("rate"))) : OptionalDouble.empty())
                // What no range test suggests was written by something else: it is made again.
                .filter(rate -> rate.isEmpty() || (rate.getAsDouble() > 0 && Double.isFinite(rate.getAsDouble())))
                .findFirst();
    }

    /** A number, which is written as text; NaN where it is none. */
    private static double number(JsonNode node) {
        try {
            return Double.parseDouble(node.asString(""));
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    void rate(Variant variant, OptionalDouble rate) throws IOException {
        ObjectNode node = event("range-test");
        node.put("variant", variant.label());
        rate.ifPresent(r -> node.put("rate", String.valueOf(r)));
        write(node);
    }

    /** What experiments on a variant showed, where all of them were made before; else empty. */
    List<ExperimentResult> experiments(Variant variant, Differential from) {
        List<ExperimentResult> made = new ArrayList<>();
        Differential before = from;
        for (String line : known) {
            JsonNode node = JSON.readTree(line);
            if (isOf(node, "experiment", variant)) {
                ExperimentResult result = result(node, before);
                if (!isDistribution(result.after())) {
                    return List.of();
                }
                made.add(result);
                if (node.path("last").asBoolean(false)) {
                    return made;
                }
                before = result.after();
            }
        }
        return List.of();
    }

    /** What is no distribution was not written by a loop. */
    private static boolean isDistribution(Differential differential) {
        double sum = 0;
        for (Suspect suspect : differential.suspects()) {
            sum += suspect.probability() >= 0 ? suspect.probability() : Double.NaN;
        }
        return Math.abs(sum - 1) < 1e-6;
    }

    private static ExperimentResult result(JsonNode node, Differential before) {
        Map<Cause, Double> after = new EnumMap<>(Cause.class);
        node.path("after")
                .properties()
                .forEach(e -> Cause.named(e.getKey()).ifPresent(cause -> after.put(cause, number(e.getValue()))));
        List<Suspect> suspects = before.suspects().stream()
                .map(s -> s.withProbability(after.getOrDefault(s.cause(), 0.0)))
                .toList();
        return new ExperimentResult(
                node.path("name").asString(""),
                node.path("reason").asString(""),
                node.path("outcome").asString(""),
                node.path("observation").asString(""),
                node.path("steps").asLong(0),
                before,
                new Differential(before.signals(), suspects, before.tellsApart()));
    }

    void experiment(Variant variant, ExperimentResult result, boolean last) throws IOException {
        ObjectNode node = event("experiment");
        node.put("variant", variant.label());
        node.put("name", result.name());
        node.put("reason", result.reason());
        node.put("outcome", result.outcome());
        node.put("observation", result.observation());
        node.put("steps", result.steps());
        node.put("last", last);
        var after = node.putObject("after");
        result.after().suspects().forEach(s -> after.put(s.cause().label(), String.valueOf(s.probability())));
        write(node);
    }

    private static boolean isOf(JsonNode node, String event, Variant variant) {
        return node.path("event").asString("").equals(event)
                && node.path("variant").asString("").equals(variant.label());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
