/** Reads tables of numbers (CSV and its relatives) in whatever shape people leave them, and turns rows into points. */
@NullMarked
package dev.auscult.intake.table;

import org.jspecify.annotations.NullMarked;
