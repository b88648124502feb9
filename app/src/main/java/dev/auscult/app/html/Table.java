package dev.auscult.app.html;

import java.util.List;

/** A table with a caption and headers, in a frame that scrolls by itself on a narrow screen. */
public final class Table {
    private final Element rows = Html.of("tbody");
    private final Element frame;

    /**
     * An empty table.
     *
     * @param caption what it shows
     * @param columns the headers
     */
    public Table(String caption, List<String> columns) {
        Element head = Html.of("tr");
        columns.forEach(c -> head.add(Html.of("th", c).with("scope", "col")));
        this.frame = Html.of("div")
                .style("scroll")
                .with("tabindex", "0")
                .with("role", "region")
                .with("aria-label", caption)
                .add(Html.of("table")
                        .add(Html.of("caption", caption))
                        .add(Html.of("thead").add(head))
                        .add(rows));
    }

    /** Adds a row; the first cell is its header. */
    public Table row(List<Html> cells) {
        Element row = Html.of("tr");
        for (int i = 0; i < cells.size(); i++) {
            row.add(
                    i == 0
                            ? Html.of("th").with("scope", "row").add(cells.get(i))
                            : Html.of("td").add(cells.get(i)));
        }
        rows.add(row);
        return this;
    }

    /** The table as HTML. */
    public Html html() {
        return frame;
    }
}
