/**
 * The engine on libtorch: the only place that knows it. It owns scopes, casts, threads, random generators, operators and
 * errors.
 */
@NullMarked
package dev.auscult.train.torch;

import org.jspecify.annotations.NullMarked;
