package dev.auscult.app.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlTest {
    private static String markup(Html html) throws IOException {
        StringWriter out = new StringWriter();
        html.write(out);
        return out.toString();
    }

    @Test
    void whatComesFromDataIsText() throws IOException {
        Element cell =
                Html.of("td", "<script>alert('1')</script>&amp;").with("title", "\"><img src=x onerror=alert(1)>");
        assertThat(markup(cell))
                .isEqualTo("<td title=\"&quot;&gt;&lt;img src=x onerror=alert(1)&gt;\">"
                        + "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;amp;</td>");
    }

    @Test
    void whatWouldSteerTheReaderIsReplaced() throws IOException {
        assertThat(markup(Html.of("p", "a\u0000b\u202ec\ud800d\ud83d\ude00")))
                .isEqualTo("<p>a\ufffdb\ufffdc\ufffdd\ud83d\ude00</p>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"script", "iframe", "STYLE", "a b", "p>", ""})
    void nothingThatRunsOrFetchesCanBeMade(String name) {
        assertThatThrownBy(() -> Html.of(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void attributesAreWords() {
        Element p = Html.of("p");
        assertThatThrownBy(() -> p.with("onclick", "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> p.with("style", "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> p.with("a=\"b", "x")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.org/x.png",
                "javascript:alert(1)",
                "data:text/html;base64,AAAA",
                "data:image/png;base64,AA\"AA",
                "//example.org",
                "file.png"
            })
    void addressesLeadNowhereElse(String address) {
        assertThatThrownBy(() -> Html.of("img").with("src", address)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPageForbidsWhatIsNotInIt() throws IOException {
        StringWriter out = new StringWriter();
        Page.write(out, "<t>", "body { color: red; }", Html.of("body"));
        assertThat(out.toString())
                .startsWith("<!DOCTYPE html>\n<html lang=\"en\">")
                .contains("default-src 'none'; style-src 'sha256-", "<title>&lt;t&gt;</title>")
                .doesNotContain("<script");
    }

    @Test
    void everyBarHasItsShareOfTheHeight() throws IOException {
        String svg = markup(Bars.of("two", List.of(List.of(0.5, 0.25), List.of(0.0, 1.0)), List.of("a", "b")));
        assertThat(svg)
                .contains(
                        "aria-label=\"two\"",
                        "height=\"31\"",
                        "height=\"15.50\"",
                        "<title>a</title>",
                        "class=\"other other-1\"");
        assertThat(markup(Bars.of("none", List.of(List.of(0.0)), List.of("a")))).doesNotContain("NaN");
    }
}
