package dev.auscult.train.spec;

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Where a value stands in the text of a spec, and how the text looks with another in its place. */
final class YamlPlace {
    private final Node node;
    /** The key before the value; null for elements of a list and for the whole. */
    private final @Nullable Node key;

    private final @Nullable YamlPlace above;

    private YamlPlace(Node node, @Nullable Node key, @Nullable YamlPlace above) {
        this.node = node;
        this.key = key;
        this.above = above;
    }

    /** The whole text. */
    static YamlPlace of(String text) {
        LoadSettings settings = LoadSettings.builder().setUseMarks(true).build();
        return new YamlPlace(
                new Composer(settings, new ParserImpl(settings, new StreamReader(settings, text)))
                        .getSingleNode()
                        .orElseThrow(() -> new SpecException("found an empty spec, wanted one to change")),
                null,
                null);
    }

    boolean isMapping() {
        return node instanceof MappingNode;
    }

    YamlPlace parent() {
        return Objects.requireNonNull(above);
    }

    /** The value under a key or at an index; null if there is none. */
    @Nullable
    YamlPlace child(String step) {
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode name
                        && name.getValue().equals(step)) {
                    return new YamlPlace(tuple.getValueNode(), name, this);
                }
            }
        }
        if (node instanceof SequenceNode sequence && step.matches("\\d{1,6}")) {
            List<Node> items = sequence.getValue();
            int index = Integer.parseInt(step);
            return index < items.size() ? new YamlPlace(items.get(index), null, this) : null;
        }
        return null;
    }

    /** The text with another value here. */
    String replaced(String text, String value, String why) {
        int end = end(node);
        int begin = start(node);
        Node name = key;
        if (name != null) {
            // The value of a block begins on a line of its own; a missing one has no place at all.
            int colon = text.indexOf(':', end(name));
            return commented(
                    text.substring(0, colon + 1) + " " + value + text.substring(Math.max(end, colon + 1)),
                    start(name),
                    why);
        }
        return commented(text.substring(0, begin) + value + text.substring(end), begin, why);
    }

    /** The text with a further entry in this mapping. */
    String entered(String text, String name, String value, String why) {
        MappingNode mapping = (MappingNode) node;
        String entry = name + ": " + value;
        if (mapping.getFlowStyle() == FlowStyle.FLOW) {
            int close = end(node) - 1;
            String comma = mapping.getValue().isEmpty() ? "" : ", ";
            int last = mapping.getValue().isEmpty()
                    ? close
                    : end(mapping.getValue().get(mapping.getValue().size() - 1).getValueNode());
            return commented(text.substring(0, last) + comma + entry + text.substring(last), start(node), why);
        }
        Node first = mapping.getValue().get(0).getKeyNode();
        NodeTuple last = mapping.getValue().get(mapping.getValue().size() - 1);
        int line = endOfLine(text, Math.max(end(last.getValueNode()), end(last.getKeyNode())));
        String indent = " ".repeat(column(first));
        String fresh = "\n" + indent + entry;
        return commented(text.substring(0, line) + fresh + text.substring(line), line + 1 + indent.length(), why);
    }

    /** The text with a further element in this list, before the one with that index. */
    String inserted(String text, int index, String value, String why) {
        SequenceNode sequence = (SequenceNode) node;
        List<Node> items = sequence.getValue();
        if (sequence.getFlowStyle() == FlowStyle.FLOW) {
            int at = index < items.size()
                    ? start(items.get(index))
                    : items.isEmpty() ? end(node) - 1 : end(items.get(items.size() - 1));
            String fresh = items.isEmpty() ? value : index < items.size() ? value + ", " : ", " + value;
            return commented(text.substring(0, at) + fresh + text.substring(at), start(node), why);
        }
        if (index < items.size()) {
            int dash = text.lastIndexOf('-', start(items.get(index)) - 1);
            String indent = text.substring(text.lastIndexOf('\n', dash) + 1, dash);
            return commented(text.substring(0, dash) + "- " + value + "\n" + indent + text.substring(dash), dash, why);
        }
        int dash = text.lastIndexOf('-', start(items.get(items.size() - 1)) - 1);
        String indent = text.substring(text.lastIndexOf('\n', dash) + 1, dash);
        int line = endOfLine(text, end(items.get(items.size() - 1)));
        String fresh = "\n" + indent + "- " + value;
        return commented(text.substring(0, line) + fresh + text.substring(line), line + 1 + indent.length(), why);
    }

    /** The text without this value and its key. */
    String removed(String text, String why) {
        YamlPlace holder = parent();
        CollectionNode<?> all = (CollectionNode<?>) holder.node;
        boolean flow = all.getFlowStyle() == FlowStyle.FLOW;
        if (!flow && all.getValue().size() == 1) {
            return holder.replaced(text, holder.isMapping() ? "{}" : "[]", why);
        }
        int begin = key == null ? start(node) : start(key);
        int end = Math.max(end(node), key == null ? 0 : text.indexOf(':', end(key)) + 1);
        if (flow) {
            int after = skip(text, end, " ,");
            boolean last = text.charAt(after) == ']' || text.charAt(after) == '}';
            int from = last ? skipBack(text, begin, " ,") : begin;
            return commented(text.substring(0, from) + text.substring(last ? end : after), start(holder.node), why);
        }
        int dash = key == null ? text.lastIndexOf('-', begin - 1) : begin;
        int from = text.lastIndexOf('\n', dash) + 1;
        int to = Math.min(text.length(), endOfLine(text, end) + 1);
        String indent = text.substring(from, dash);
        String note = why.isEmpty() ? "" : indent + "# " + why + "\n";
        return text.substring(0, from) + note + text.substring(to);
    }

    private static int skip(String text, int from, String what) {
        int i = from;
        while (i < text.length() && what.indexOf(text.charAt(i)) >= 0) {
            i++;
        }
        return i;
    }

    private static int skipBack(String text, int from, String what) {
        int i = from;
        while (i > 0 && what.indexOf(text.charAt(i - 1)) >= 0) {
            i--;
        }
        return i;
    }

    /** A comment behind the line of a place, or above it where one stands there already. */
    private static String commented(String text, int place, String why) {
        if (why.isEmpty()) {
            return text;
        }
        int from = text.lastIndexOf('\n', Math.max(0, place - 1)) + 1;
        int to = endOfLine(text, place);
        String line = text.substring(from, to);
        if (line.contains(" #") || !isWhole(line)) {
            String indent = line.substring(0, skip(line, 0, " "));
            return text.substring(0, from) + indent + "# " + why + "\n" + text.substring(from);
        }
        return text.substring(0, to).stripTrailing() + "  # " + why + text.substring(to);
    }

    /** Whether a line leaves nothing open that goes on in the next, where a comment might change it. */
    private static boolean isWhole(String line) {
        int open = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            open += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
        }
        return open == 0 && !line.contains("\"") && !line.contains("'") && !line.endsWith("|") && !line.endsWith(">");
    }

    private static int endOfLine(String text, int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }

    private static int start(Node node) {
        return node.getStartMark().map(Mark::getIndex).orElse(0);
    }

    private static int column(Node node) {
        return node.getStartMark().map(Mark::getColumn).orElse(0);
    }

    /** Behind the last character; the mark of a block stands at whatever follows it. */
    private static int end(Node node) {
        if (node instanceof CollectionNode<?> collection
                && collection.getFlowStyle() == FlowStyle.BLOCK
                && !collection.getValue().isEmpty()) {
            Object last = collection.getValue().get(collection.getValue().size() - 1);
            if (last instanceof NodeTuple tuple) {
                return Math.max(end(tuple.getValueNode()), end(tuple.getKeyNode()) + 1);
            }
            return end((Node) last);
        }
        return node.getEndMark().map(Mark::getIndex).orElse(0);
    }
}
