package dev.auscult.train.spec;

import java.util.LinkedHashMap;
import java.util.List;

/** A piece of YAML with its place; collections can be changed, since overrides are written into them. */
sealed interface YamlNode {
    Place place();

    /** What it is, for messages: {@code a list}. */
    String describe();

    /**
     * A scalar.
     *
     * @param plain whether it stands without quotes, so that it may be a number, a truth value or null
     */
    record Scalar(Place place, String text, boolean plain) implements YamlNode {
        /** Whether it says null. */
        boolean isNull() {
            return plain
                    && (text.isEmpty()
                            || text.equals("~")
                            || text.equals("null")
                            || text.equals("Null")
                            || text.equals("NULL"));
        }

        @Override
        public String describe() {
            if (isNull()) {
                return "null";
            }
            return (plain ? "" : "the text ") + Problems.quote(text);
        }
    }

    /** A list. */
    record Sequence(Place place, List<YamlNode> items) implements YamlNode {
        @Override
        public String describe() {
            return "a list";
        }
    }

    /** A mapping in the order of the file. */
    record Mapping(Place place, LinkedHashMap<String, Entry> entries) implements YamlNode {
        @Override
        public String describe() {
            return "a mapping";
        }
    }

    /**
     * A key with its value.
     *
     * @param place of the key
     */
    record Entry(Place place, YamlNode value) {}
}
