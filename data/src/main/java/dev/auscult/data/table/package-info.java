/** Tables in files: CSV, TSV, JSON lines and Parquet, read row by row or into columns in memory. */
@NullMarked
package dev.auscult.data.table;

import org.jspecify.annotations.NullMarked;
