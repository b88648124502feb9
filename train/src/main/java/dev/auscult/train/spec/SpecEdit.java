package dev.auscult.train.spec;

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Changes single values in the text of a spec and leaves all else as it stands: order, comments, blanks.
 *
 * <p>What it writes was read back and compared: the new text means what the old one means with the changes as overrides.
 */
public final class SpecEdit {
    private final String source;
    private String text;

    private SpecEdit(String source, String text) {
        this.source = source;
        this.text = text;
    }

    /**
     * A change of one key.
     *
     * @param key dotted path: {@code data.normalize}, {@code model.layers.2}
     * @param value YAML on one line; what follows a {@code +} is added: to the list or map that is there, or, where the key
     *     ends in an index, as a new element before that one; {@code -} alone removes the key or element
     * @param why what a comment beside it says; empty for no comment
     */
    public record Change(String key, String value, String why) {
        public Change {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(value, "value");
            Objects.requireNonNull(why, "why");
        }
    }

    /**
     * The text with the changes, made one after the other.
     *
     * @param source how messages call it
     * @param text YAML of a spec
     * @throws SpecException where a change does not fit, or what comes out is no spec
     */
    public static String apply(String source, String text, List<Change> changes) {
        SpecEdit edit = new SpecEdit(source, text);
        for (Change change : changes) {
            edit.make(change);
        }
        SpecFile.parse(source, edit.text, "run", List.of());
        return edit.text;
    }

    private void make(Change change) {
        YamlNode wanted = wanted(change);
        List<String> path = List.of(change.key().split("\\.", -1));
        YamlPlace root = YamlPlace.of(text);
        String before = text;
        int depth = 0;
        YamlPlace place = root;
        while (depth < path.size() && place.child(path.get(depth)) != null && isReal(wanted, path, depth)) {
            place = Objects.requireNonNull(place.child(path.get(depth)));
            depth++;
        }
        boolean removes = change.value().strip().equals("-");
        boolean inserts = change.value().strip().startsWith("+") && isIndex(path.get(path.size() - 1));
        if (removes) {
            text = depth == path.size() ? place.removed(text, change.why()) : text;
        } else if (inserts) {
            YamlPlace list = depth == path.size() ? place.parent() : place;
            int index = Integer.parseInt(path.get(path.size() - 1));
            text = list.inserted(text, index, YamlText.flow(at(wanted, path, path.size())), change.why());
        } else if (depth == path.size()) {
            text = place.replaced(text, YamlText.flow(at(wanted, path, depth)), change.why());
        } else if (place.isMapping()) {
            text = place.entered(text, path.get(depth), YamlText.flow(at(wanted, path, depth + 1)), change.why());
        } else {
            text = place.replaced(text, YamlText.flow(at(wanted, path, depth)), change.why());
        }
        check(before, wanted, change);
    }

    /** The tree as it is to be. */
    private YamlNode wanted(Change change) {
        YamlNode tree = YamlTree.read(source, text);
        String value = change.value().strip();
        List<String> path = List.of(change.key().split("\\.", -1));
        if (value.equals("-")) {
            remove(tree, path);
            return tree;
        }
        if (!value.startsWith("+")) {
            return Overrides.apply(tree, change.key() + "=" + value);
        }
        YamlNode more = YamlTree.readOverride(Place.ofOverride(change.key()), value.substring(1));
        String last = path.get(path.size() - 1);
        if (isIndex(last)) {
            List<String> parent = path.subList(0, path.size() - 1);
            if (find(tree, parent) instanceof YamlNode.Sequence list
                    && Integer.parseInt(last) <= list.items().size()) {
                list.items().add(Integer.parseInt(last), more);
                return tree;
            }
            throw new SpecException(source + ": found no element " + last + " in " + String.join(".", parent));
        }
        YamlNode old = find(tree, path);
        if (old instanceof YamlNode.Sequence list && more instanceof YamlNode.Sequence added) {
            List<String> known = list.items().stream().map(YamlText::flow).toList();
            added.items().stream()
                    .filter(i -> !known.contains(YamlText.flow(i)))
                    .forEach(list.items()::add);
            return tree;
        }
        if (old instanceof YamlNode.Mapping map && more instanceof YamlNode.Mapping added) {
            map.entries().putAll(added.entries());
            return tree;
        }
        return Overrides.apply(tree, change.key() + "=" + value.substring(1));
    }

    private static boolean isIndex(String step) {
        return step.matches("\\d{1,6}");
    }

    private static @Nullable YamlNode find(YamlNode tree, List<String> path) {
        YamlNode node = tree;
        for (String step : path) {
            YamlNode next = child(node, step);
            if (next == null) {
                return null;
            }
            node = next;
        }
        return node;
    }

    private static @Nullable YamlNode child(YamlNode node, String step) {
        if (node instanceof YamlNode.Mapping map) {
            YamlNode.Entry entry = map.entries().get(step);
            return entry == null ? null : entry.value();
        }
        if (node instanceof YamlNode.Sequence list && isIndex(step)) {
            int index = Integer.parseInt(step);
            return index < list.items().size() ? list.items().get(index) : null;
        }
        return null;
    }

    private void remove(YamlNode tree, List<String> path) {
        YamlNode parent = find(tree, path.subList(0, path.size() - 1));
        String last = path.get(path.size() - 1);
        if (parent instanceof YamlNode.Mapping map && map.entries().remove(last) != null) {
            return;
        }
        if (parent instanceof YamlNode.Sequence list
                && isIndex(last)
                && Integer.parseInt(last) < list.items().size()) {
            list.items().remove(Integer.parseInt(last));
            return;
        }
        throw new SpecException(source + ": found no " + String.join(".", path) + " to remove");
    }

    private static YamlNode at(YamlNode tree, List<String> path, int depth) {
        return Objects.requireNonNull(find(tree, path.subList(0, depth)));
    }

    /** Whether the wanted tree goes on under the same node at this step, rather than writing a short form out. */
    private static boolean isReal(YamlNode wanted, List<String> path, int depth) {
        return depth + 1 == path.size() || find(wanted, path.subList(0, depth + 1)) != null;
    }

    private void check(String before, YamlNode wanted, Change change) {
        String found = YamlText.flow(YamlTree.read(source, text));
        if (!found.equals(YamlText.flow(wanted))) {
            text = before;
            throw new SpecException(source + ": cannot change " + change.key()
                    + " in its place (anchors or unusual layout); write it out and try again");
        }
    }
}
