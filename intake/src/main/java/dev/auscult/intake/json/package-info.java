/** What the JSON-shaped logs share, and the readers of JSON documents and JSON lines that no framework claims. */
@NullMarked
package dev.auscult.intake.json;

import org.jspecify.annotations.NullMarked;
