/** Networks: layers, initializers, and how a spec becomes a network that can be listened to. */
@NullMarked
package dev.auscult.train.model;

import org.jspecify.annotations.NullMarked;
