package dev.auscult.app;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import dev.auscult.run.Nearest;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** The file {@code auscult.yaml} of a project: options for everyone who works on it. */
final class ProjectFile {
    static final String NAME = "auscult.yaml";
    private static final int LARGEST = 1 << 20;
    private static final List<String> KEYS =
            List.of("fail-on", "format", "only", "except", "preview", "baseline", "set");

    private final @Nullable Path file;
    private final Map<String, Node> values;

    private ProjectFile(@Nullable Path file, Map<String, Node> values) {
        this.file = file;
        this.values = values;
    }

    /** The file in this folder or the nearest one above it; without one, a file that says nothing. */
    static ProjectFile above(Path folder) {
        for (Path at = folder.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
            Path file = at.resolve(NAME);
            if (Files.isRegularFile(file)) {
                return read(file);
            }
        }
        return new ProjectFile(null, Map.of());
    }

    private static ProjectFile read(Path file) {
        String text;
        try {
            if (Files.size(file) > LARGEST) {
                throw new UsageException(file + " is larger than 1 MiB; wanted a short list of options");
            }
            text = Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new UsageException(file + " is not UTF-8; save it as UTF-8");
        } catch (IOException e) {
            throw new UsageException(file + " cannot be read; make it readable or move it away");
        }
        try {
            LoadSettings settings = LoadSettings.builder()
                    .setLabel(NAME)
                    // Refused below, with its line.
                    .setAllowNonScalarKeys(true)
                    .build();
            Optional<Node> root =
                    new Composer(settings, new ParserImpl(settings, new StreamReader(settings, text))).getSingleNode();
            return new ProjectFile(file, root.isEmpty() ? Map.of() : keys(root.get()));
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(m -> m.getLine() + 1).orElse(1);
            throw new UsageException(NAME + ":" + line + ": this is not YAML (" + e.getProblem() + ")");
        } catch (YamlEngineException e) {
            throw new UsageException(NAME + ": this is not YAML");
        }
    }

    private static Map<String, Node> keys(Node root) {
        if (isNull(root)) {
            return Map.of();
        }
        if (!(root instanceof MappingNode mapping)) {
            throw at(root, "found " + kind(root) + "; wanted keys such as fail-on: high");
        }
        Map<String, Node> values = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String key = scalar(tuple.getKeyNode(), "a key");
            if (!KEYS.contains(key)) {
                throw at(
                        tuple.getKeyNode(),
                        "unknown key " + key + Nearest.hint(key, KEYS) + "; wanted one of " + String.join(", ", KEYS));
            }
            if (values.put(key, tuple.getValueNode()) != null) {
                throw at(tuple.getKeyNode(), "key " + key + " occurs twice; keep one");
            }
        }
        values.values().removeIf(ProjectFile::isNull);
        return values;
    }

    /** The folder of the file; paths in it are meant from there. */
    Path folder() {
        Path parent = file == null ? null : file.getParent();
        return parent == null ? Path.of("") : parent;
    }

    Optional<String> text(String key) {
        Node node = values.get(key);
        return node == null ? Optional.empty() : Optional.of(scalar(node, "a value for " + key));
    }

    /** A value and where it stands, to name the place when it is wrong. */
    <T> Optional<T> parsed(String key, Function<String, T> parse) {
        Node node = values.get(key);
        if (node == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse.apply(scalar(node, "a value for " + key)));
        } catch (UsageException e) {
            throw at(node, e.getMessage());
        }
    }

    Optional<Boolean> flag(String key) {
        return parsed(key, text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new UsageException("found " + text + " for " + key + "; wanted true or false");
        });
    }

    /** A list, or a text with commas. */
    List<String> list(String key) {
        Node node = values.get(key);
        if (node == null) {
            return List.of();
        }
        if (node instanceof SequenceNode sequence) {
            List<String> items = new ArrayList<>();
            sequence.getValue().forEach(item -> items.add(scalar(item, "an item of " + key)));
            return items;
        }
        return Lists.ofCommas(scalar(node, "a list for " + key));
    }

    Map<String, String> map(String key) {
        Node node = values.get(key);
        Map<String, String> map = new LinkedHashMap<>();
        if (node == null) {
            return map;
        }
        if (!(node instanceof MappingNode mapping)) {
            throw at(node, "found " + kind(node) + " for " + key + "; wanted lines such as overfitting.rise: 0.2");
        }
        for (NodeTuple tuple : mapping.getValue()) {
            map.put(scalar(tuple.getKeyNode(), "a key"), scalar(tuple.getValueNode(), "a number"));
        }
        return map;
    }

    /** An error in the value of a key, with its line. */
    UsageException wrong(String key, String message) {
        Node node = values.get(key);
        return node == null ? new UsageException(NAME + ": " + message) : at(node, message);
    }

    private static String scalar(Node node, String wanted) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw at(node, "found " + kind(node) + "; wanted " + wanted);
    }

    private static boolean isNull(Node node) {
        return node instanceof ScalarNode scalar
                && (scalar.getValue().isEmpty()
                        || scalar.getValue().equals("null")
                        || scalar.getValue().equals("~"))
                && scalar.isPlain();
    }

    private static String kind(Node node) {
        return node instanceof MappingNode ? "a mapping" : node instanceof SequenceNode ? "a list" : "plain text";
    }

    private static UsageException at(Node node, String message) {
        int line = node.getStartMark().map(m -> m.getLine() + 1).orElse(1);
        return new UsageException(NAME + ":" + line + ": " + message);
    }
}
