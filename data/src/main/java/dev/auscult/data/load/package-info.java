/** What happens to an example on its way into a batch: the order, and random changes. */
@NullMarked
package dev.auscult.data.load;

import org.jspecify.annotations.NullMarked;
