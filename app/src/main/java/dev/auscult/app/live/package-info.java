/** What a person sees while a network trains: a view that redraws itself, or plain lines. */
@NullMarked
package dev.auscult.app.live;

import org.jspecify.annotations.NullMarked;
