package dev.auscult.diagnose;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The page of a rule: Markdown under fixed headings, shown by {@code auscult rule}, by the report and by the site, and run
 * as a test case by case.
 */
public final class RulePage {
    /** The headings of every page, in order. */
    public static final List<String> HEADINGS =
            List.of("What it sees", "Why it matters", "What to do", "When it is wrong", "Cases");

    private final String markdown;
    private final Map<String, String> sections;

    private RulePage(String markdown) {
        this.markdown = markdown;
        this.sections = sections(markdown);
    }

    /** The page of a rule. */
    public static RulePage of(RuleInfo rule) {
        String file = "pages/" + rule.name() + ".md";
        try (InputStream in = RulePage.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("rule " + rule.code() + " has no page: no resource " + file);
            }
            return new RulePage(new String(in.readAllBytes(), StandardCharsets.UTF_8));
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

    /** The first paragraph of why it matters, on one line. */
    public String why() {
        return oneLine(section("Why it matters").split("\n\\s*\n", -1)[0]);
    }

    /** The numbered advice, in order of preference, each on one line. */
    public List<String> advice() {
        List<String> items = new ArrayList<>();
        for (String line : section("What to do").lines().toList()) {
            if (line.matches("\\d+\\. .*")) {
                items.add(line.substring(line.indexOf(' ') + 1));
            } else if (!items.isEmpty() && line.startsWith("   ")) {
                items.set(items.size() - 1, items.get(items.size() - 1) + " " + line.trim());
            }
        }
        return items.stream().map(RulePage::oneLine).toList();
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ").trim();
    }

    private static Map<String, String> sections(String markdown) {
        Map<String, String> found = new LinkedHashMap<>();
        for (String block : ("\n" + markdown).split("\n## ", -1)) {
            int end = block.indexOf('\n');
            if (end > 0) {
                found.put(block.substring(0, end).trim(), block.substring(end).trim());
            }
        }
        return found;
    }
}
