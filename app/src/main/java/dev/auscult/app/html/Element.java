package dev.auscult.app.html;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An element of HTML or SVG with its attributes and what is in it.
 *
 * <p>Nothing that runs or fetches can be made of it: no scripts, no handlers, no styles but those of the page, no address but
 * a place in the page or data in the address itself.
 */
public final class Element implements Html {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9-]*");
    private static final Pattern ADDRESS =
            Pattern.compile("#[\\w-]+|data:(image/png|audio/wav);base64,[A-Za-z0-9+/]*={0,2}");
    private static final Set<String> FORBIDDEN =
            Set.of("script", "style", "iframe", "object", "embed", "base", "form", "link", "meta");
    private static final Set<String> ADDRESSES = Set.of("href", "src");
    private static final Set<String> EMPTY = Set.of("img", "br", "hr");

    private final String name;
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final List<Html> children = new ArrayList<>();

    Element(String name) {
        if (!NAME.matcher(name).matches() || FORBIDDEN.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("no element of a report: " + name);
        }
        this.name = name;
    }

    /** Sets an attribute; its value may come from data. */
    public Element with(String attribute, String value) {
        String lower = attribute.toLowerCase(Locale.ROOT);
        if (!NAME.matcher(attribute).matches() || lower.startsWith("on") || lower.equals("style")) {
            throw new IllegalArgumentException("no attribute of a report: " + attribute);
        }
        if (ADDRESSES.contains(lower) && !ADDRESS.matcher(value).matches()) {
            throw new IllegalArgumentException("no address inside the report: " + value);
        }
        attributes.put(attribute, value);
        return this;
    }

    /** Sets an attribute to a number with at most two decimals. */
    public Element with(String attribute, double value) {
        String text = String.format(Locale.ROOT, "%.2f", value);
        return with(attribute, text.endsWith(".00") ? text.substring(0, text.length() - 3) : text);
    }

    /** Sets the class. */
    public Element style(String classes) {
        return with("class", classes);
    }

    /** Puts something in. */
    public Element add(Html child) {
        children.add(child);
        return this;
    }

    /** Puts several things in. */
    public Element addAll(List<? extends Html> more) {
        children.addAll(more);
        return this;
    }

    /** Puts text in. */
    public Element text(String text) {
        return add(new Text(text));
    }

    @Override
    public void write(Writer out) throws IOException {
        out.write('<');
        out.write(name);
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            out.write(' ');
            out.write(attribute.getKey());
            out.write("=\"");
            Html.escape(attribute.getValue(), out);
            out.write('"');
        }
        out.write('>');
        if (EMPTY.contains(name)) {
            return;
        }
        for (Html child : children) {
            child.write(out);
        }
        out.write("</");
        out.write(name);
        out.write('>');
    }
}
