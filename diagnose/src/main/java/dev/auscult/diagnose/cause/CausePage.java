package dev.auscult.diagnose.cause;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The page of a cause: Markdown under fixed headings, shown by {@code auscult cause} and by reports. */
public final class CausePage {
    /** The headings of every page, in order. */
    public static final List<String> HEADINGS =
            List.of("What it is", "What speaks for it", "What speaks against it", "What tells it apart", "Sources");

    private final String markdown;
    private final Map<String, String> sections = new LinkedHashMap<>();

    private CausePage(String markdown) {
        this.markdown = markdown;
        for (String block : ("\n" + markdown).split("\n## ", -1)) {
            int end = block.indexOf('\n');
            if (end > 0) {
                sections.put(
                        block.substring(0, end).trim(), block.substring(end).trim());
            }
        }
    }

    /** The page of a cause. */
    public static CausePage of(Cause cause) {
        String file = "pages/" + cause.label() + ".md";
        try (InputStream in = CausePage.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + file);
            }
            return new CausePage(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The whole page. */
    public String markdown() {
        return markdown;
    }

    /** The text under a heading, trimmed. */
    public String section(String heading) {
        return Objects.requireNonNull(sections.get(heading), heading);
    }
}
