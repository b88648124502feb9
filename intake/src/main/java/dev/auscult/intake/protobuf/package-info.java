/** Reads protocol buffer messages in place and writes them, without generated classes. */
@NullMarked
package dev.auscult.intake.protobuf;

import org.jspecify.annotations.NullMarked;
