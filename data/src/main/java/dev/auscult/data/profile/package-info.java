/** What data look like: rows in memory, and the profile of each column over all rows. */
@NullMarked
package dev.auscult.data.profile;

import org.jspecify.annotations.NullMarked;
