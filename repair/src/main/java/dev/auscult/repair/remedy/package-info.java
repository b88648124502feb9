/** What can be done about each cause, in words, as code, and as edits of a spec. */
@NullMarked
package dev.auscult.repair.remedy;

import org.jspecify.annotations.NullMarked;
