package dev.auscult.intake;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.auscult.run.Settings;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * The settings that a program writes beside its log, as YAML or JSON (which is YAML); only the text of values is taken,
 * nothing that a tag names is ever built.
 */
public final class SettingsFiles {
    /** The most specific first: what a run was given goes before defaults and models. */
    private static final List<String> NAMES = List.of(
            "args.yaml",
            "opt.yaml",
            "hparams.yaml",
            "hparams.json",
            "training_args.json",
            "args.json",
            "params.yaml",
            "params.json",
            "hyp.yaml",
            "config.yaml",
            "config.yml",
            "config.json");

    /** Lists of maps in a training spec whose entries are settings, by number: {@code data.augment.0.noise.deviation}. */
    private static final List<String> NUMBERED = List.of("data.augment", "optimizer.groups");

    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_NODES = 5_000;
    private static final int LONGEST_VALUE = 300;
    private static final int DEEPEST = 12;

    private SettingsFiles() {}

    static boolean isSettings(String name) {
        return NAMES.contains(name);
    }

    /** The settings files of a folder, the most specific first. */
    static List<Path> in(@Nullable Path folder) {
        List<Path> found = new ArrayList<>();
        for (String name : NAMES) {
            Path file = folder == null ? Path.of(name) : folder.resolve(name);
            if (Files.isRegularFile(file)) {
                found.add(file);
            }
        }
        return found;
    }

    /** Reads one file; tells the sink what could not be read. */
    public static Settings read(Path file, RunSink sink) {
        Settings.Builder settings = Settings.builder();
        String name = LogNames.of(file);
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                sink.problem(0, name + " is larger than 1 MiB: not read as settings");
            } else if (bytes.length > 0) {
                parse(new String(bytes, StandardCharsets.UTF_8), settings);
            }
        } catch (IOException e) {
            sink.problem(0, name + " cannot be read: settings in it are unknown");
        } catch (YamlEngineException | StringIndexOutOfBoundsException e) {
            // The engine's scanner runs over the end of some broken documents.
            sink.problem(0, name + " is neither YAML nor JSON: settings in it are unknown");
        }
        return settings.build();
    }

    private static void parse(String text, Settings.Builder settings) {
        LoadSettings load = LoadSettings.builder()
                .setMaxAliasesForCollections(20)
                .setCodePointLimit(MOST_BYTES)
                .setAllowDuplicateKeys(true)
                .setAllowRecursiveKeys(false)
                .build();
        // Nodes are as far as parsing goes: constructing values is where tags would matter.
        Optional<Node> root =
                new Composer(load, new ParserImpl(load, new StreamReader(load, tolerant(text)))).getSingleNode();
        int[] left = {MOST_NODES};
        root.ifPresent(node -> flatten("", node, 0, left, settings));
    }

    /** Flow collections nested thousands deep would exhaust the composer's stack; such a document has no settings. */
    private static String tolerant(String text) {
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
            if (depth > 200) {
                return "{}";
            }
        }
        int indent = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            indent = c == '\n' ? 0 : indent < 0 ? indent : c == ' ' || c == '-' ? indent + 1 : -1;
            if (indent > 1_000) {
                return "{}";
            }
        }
        return text;
    }

    private static void flatten(String name, Node node, int depth, int[] left, Settings.Builder settings) {
        // Every visit counts: aliases make a small document a huge one.
        if (depth > DEEPEST || left[0]-- <= 0) {
            return;
        }
        if (node instanceof ScalarNode scalar) {
            if (!name.isEmpty() && scalar.getValue().length() <= LONGEST_VALUE) {
                settings.put(name, scalar.getValue());
            }
        } else if (node instanceof MappingNode mapping) {
            for (NodeTuple entry : mapping.getValue()) {
                if (entry.getKeyNode() instanceof ScalarNode key) {
                    String full = name.isEmpty() ? key.getValue() : name + "." + key.getValue();
                    flatten(full, entry.getValueNode(), depth + 1, left, settings);
                }
            }
        } else if (node instanceof SequenceNode sequence && !name.isEmpty()) {
            List<String> values = new ArrayList<>();
            for (Node item : sequence.getValue()) {
                if (item instanceof ScalarNode scalar) {
                    values.add(scalar.getValue());
                }
            }
            String text = String.join(", ", values);
            if (values.size() == sequence.getValue().size() && text.length() <= LONGEST_VALUE) {
                settings.put(name, "[" + text + "]");
            } else if (NUMBERED.contains(name)) {
                int number = 0;
                for (Node item : sequence.getValue()) {
                    flatten(name + "." + number++, item, depth + 1, left, settings);
                }
            }
        }
    }
}
