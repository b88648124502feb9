/** What a person sees of a repair: its story while it runs, the answer, the page. */
@NullMarked
package dev.auscult.app.fix;

import org.jspecify.annotations.NullMarked;
