/** What can be wrong with one set of rows: each look measures one thing, rules decide. */
@NullMarked
package dev.auscult.data.quality;

import org.jspecify.annotations.NullMarked;
