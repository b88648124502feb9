package dev.auscult.train.spec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Makes a tree with places out of YAML 1.2.
 *
 * <p>It reads the events of the parser itself and not its object tree, since only so depth, aliases and duplicate keys are
 * in our hands: aliases are written out, and what they grow into is bounded.
 */
final class YamlTree {
    /** Deepest nesting: far beyond any network, far below what a stack holds. */
    static final int DEEPEST = 64;

    /** Most scalars, lists and mappings, aliases written out. */
    static final int MOST_NODES = 20_000;

    private final String source;
    private final @Nullable Place override;
    private final Iterator<Event> events;
    private final Map<Anchor, YamlNode> anchors = new HashMap<>();
    private int nodes;

    private YamlTree(String source, @Nullable Place override, String text) {
        this.source = source;
        this.override = override;
        LoadSettings settings = LoadSettings.builder().setLabel(source).build();
        this.events = new ParserImpl(settings, new StreamReader(settings, text));
    }

    /** The tree of a file. */
    static YamlNode read(String source, String text) {
        return new YamlTree(source, null, text).document(new Place(source, 1, 1));
    }

    /** The tree of what stands behind the equals sign of an override. */
    static YamlNode readOverride(Place place, String text) {
        return new YamlTree(place.source(), place, text).document(place);
    }

    private YamlNode document(Place start) {
        try {
            next(); // start of the stream
            if (next().getEventId() == Event.ID.StreamEnd) {
                return new YamlNode.Scalar(start, "", true);
            }
            YamlNode root = node(next(), 0);
            next(); // end of the document
            Event after = next();
            if (after.getEventId() != Event.ID.StreamEnd) {
                throw refused(after, "found a second document, wanted one spec per file");
            }
            return root;
        } catch (MarkedYamlEngineException e) {
            Place place = e.getProblemMark().map(this::place).orElse(start);
            throw new SpecException(place + ": not YAML: " + oneLine(e.getProblem()));
        } catch (YamlEngineException e) {
            throw new SpecException(start + ": not YAML: " + oneLine(String.valueOf(e.getMessage())));
        }
    }

    private Event next() {
        return events.next();
    }

    private YamlNode node(Event event, int depth) {
        if (depth > DEEPEST) {
            throw refused(event, "found YAML nested deeper than " + DEEPEST + ", wanted less");
        }
        count(event, 1);
        if (event instanceof AliasEvent alias) {
            YamlNode target = anchors.get(alias.getAlias());
            if (target == null) {
                throw refused(event, "found alias *" + alias.getAlias() + " inside its own anchor or before it");
            }
            return copy(event, target);
        }
        YamlNode node;
        if (event instanceof ScalarEvent scalar) {
            refuseTag(event, scalar.getTag());
            node = new YamlNode.Scalar(place(event), scalar.getValue(), scalar.isPlain());
        } else if (event instanceof SequenceStartEvent sequence) {
            refuseTag(event, sequence.getTag());
            node = sequence(event, depth);
        } else if (event instanceof MappingStartEvent mapping) {
            refuseTag(event, mapping.getTag());
            node = mapping(event, depth);
        } else {
            throw refused(event, "found " + event.getEventId() + ", wanted a value");
        }
        if (event instanceof NodeEvent named) {
            named.getAnchor().ifPresent(anchor -> anchors.put(anchor, node));
        }
        return node;
    }

    private YamlNode sequence(Event start, int depth) {
        List<YamlNode> items = new ArrayList<>();
        for (Event event = next(); event.getEventId() != Event.ID.SequenceEnd; event = next()) {
            items.add(node(event, depth + 1));
        }
        return new YamlNode.Sequence(place(start), items);
    }

    private YamlNode mapping(Event start, int depth) {
        LinkedHashMap<String, YamlNode.Entry> entries = new LinkedHashMap<>();
        for (Event event = next(); event.getEventId() != Event.ID.MappingEnd; event = next()) {
            YamlNode key = node(event, depth + 1);
            YamlNode value = node(next(), depth + 1);
            if (!(key instanceof YamlNode.Scalar name)) {
                throw new SpecException(key.place() + ": found " + key.describe() + " as a key, wanted a name");
            }
            YamlNode.Entry earlier = entries.putIfAbsent(name.text(), new YamlNode.Entry(name.place(), value));
            if (earlier != null) {
                throw new SpecException(name.place() + ": found key " + Problems.quote(name.text())
                        + " a second time, wanted it once (first at line "
                        + earlier.place().line() + ")");
            }
        }
        return new YamlNode.Mapping(place(start), entries);
    }

    /** A copy, so that an override of one use leaves the others as they are. */
    private YamlNode copy(Event event, YamlNode node) {
        count(event, 1);
        if (node instanceof YamlNode.Sequence sequence) {
            List<YamlNode> items = new ArrayList<>();
            for (YamlNode item : sequence.items()) {
                items.add(copy(event, item));
            }
            return new YamlNode.Sequence(node.place(), items);
        }
        if (node instanceof YamlNode.Mapping mapping) {
            LinkedHashMap<String, YamlNode.Entry> entries = new LinkedHashMap<>();
            mapping.entries()
                    .forEach((key, entry) ->
                            entries.put(key, new YamlNode.Entry(entry.place(), copy(event, entry.value()))));
            return new YamlNode.Mapping(node.place(), entries);
        }
        return node;
    }

    private void count(Event event, int more) {
        nodes += more;
        if (nodes > MOST_NODES) {
            throw refused(event, "found more than " + MOST_NODES + " values (aliases written out), wanted fewer");
        }
    }

    private void refuseTag(Event event, Optional<String> tag) {
        if (tag.isPresent()) {
            throw refused(event, "found tag " + Problems.quote(tag.get()) + ", wanted a value without a tag");
        }
    }

    private SpecException refused(Event event, String message) {
        return new SpecException(place(event) + ": " + message);
    }

    private Place place(Event event) {
        return event.getStartMark().map(this::place).orElse(new Place(source, 1, 1));
    }

    private Place place(Mark mark) {
        return override != null ? override : new Place(source, mark.getLine() + 1, mark.getColumn() + 1);
    }

    private static String oneLine(String message) {
        return message.strip().replaceAll("\\s+", " ");
    }
}
