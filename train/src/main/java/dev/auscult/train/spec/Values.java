package dev.auscult.train.spec;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** The values of one section as read, typed and with defaults, and what of it the spec said itself. */
final class Values {
    private final Place place;
    private final Map<String, Object> values = new HashMap<>();
    private final Map<String, YamlNode> nodes = new HashMap<>();
    private final Map<String, Place> said = new HashMap<>();

    Values(Place place) {
        this.place = place;
    }

    /** Where the section stands. */
    Place place() {
        return place;
    }

    void put(String key, Object value) {
        values.put(key, value);
    }

    /** Notes that the spec says a key, with a value other than null. */
    void say(String key, Place where, YamlNode node) {
        said.put(key, where);
        nodes.put(key, node);
    }

    /** Whether the spec says a key, with a value other than null. */
    boolean says(String key) {
        return said.containsKey(key);
    }

    /** Where the spec says a key; the place of the section where it does not. */
    Place placeOf(String key) {
        return said.getOrDefault(key, place);
    }

    /** The YAML of a nested section; null if the spec does not say it. */
    @Nullable
    YamlNode node(String key) {
        return nodes.get(key);
    }

    Map<String, Object> all() {
        return values;
    }

    double number(String key) {
        return values.get(key) instanceof Double d ? d : 0;
    }

    @Nullable
    Double optionalNumber(String key) {
        return values.get(key) instanceof Double d ? d : null;
    }

    int integer(String key) {
        return (int) longInteger(key);
    }

    long longInteger(String key) {
        return values.get(key) instanceof Long n ? n : 0;
    }

    boolean truth(String key) {
        return Boolean.TRUE.equals(values.get(key));
    }

    @Nullable
    Boolean optionalTruth(String key) {
        return values.get(key) instanceof Boolean b ? b : null;
    }

    String text(String key) {
        return values.get(key) instanceof String s ? s : "";
    }

    @Nullable
    String optionalText(String key) {
        return values.get(key) instanceof String s ? s : null;
    }

    List<String> texts(String key) {
        return values.get(key) instanceof List<?> list
                ? list.stream().map(String.class::cast).toList()
                : List.of();
    }

    @Nullable
    List<Double> optionalNumbers(String key) {
        return values.get(key) instanceof List<?> list
                ? list.stream().map(Double.class::cast).toList()
                : null;
    }
}
