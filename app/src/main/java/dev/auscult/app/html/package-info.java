/** Reports as one HTML file that needs nothing else: no script, no request, nothing from data that is not escaped. */
@NullMarked
package dev.auscult.app.html;

import org.jspecify.annotations.NullMarked;
