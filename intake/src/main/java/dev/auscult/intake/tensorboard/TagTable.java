package dev.auscult.intake.tensorboard;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * The tags of an event file by their bytes: open addressing with linear probing.
 *
 * <p>A program writes its tags in the same order step after step, so the tag that followed last time is tried first.
 */
final class TagTable {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private @Nullable Tag[] slots = new @Nullable Tag[64];
    private int size;
    private Tag last = new Tag(new byte[0], 0);

    /** The tag with these bytes, made if it is new. */
    Tag find(byte[] source, int from, int to) {
        Tag guess = last.next;
        if (guess == null || !matches(guess.bytes, source, from, to)) {
            guess = search(source, from, to);
            last.next = guess;
        }
        last = guess;
        return guess;
    }

    Tag find(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return search(bytes, 0, bytes.length);
    }

    /** All tags, in no order. */
    Iterable<Tag> all() {
        return () -> Arrays.stream(slots).filter(tag -> tag != null).iterator();
    }

    private Tag search(byte[] source, int from, int to) {
        int hash = hash(source, from, to);
        int slot = hash & (slots.length - 1);
        for (Tag tag = slots[slot]; tag != null; tag = slots[slot]) {
            if (tag.hash == hash && matches(tag.bytes, source, from, to)) {
                return tag;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        Tag made = new Tag(Arrays.copyOfRange(source, from, to), hash);
        slots[slot] = made;
        if (++size * 2 > slots.length) {
            grow();
        }
        return made;
    }

    private void grow() {
        @Nullable Tag[] old = slots;
        slots = new @Nullable Tag[old.length * 2];
        for (Tag tag : old) {
            if (tag != null) {
                int slot = tag.hash & (slots.length - 1);
                while (slots[slot] != null) {
                    slot = (slot + 1) & (slots.length - 1);
                }
                slots[slot] = tag;
            }
        }
    }

    /** Eight bytes at a time: tags are too short for the call that {@link Arrays#equals} makes. */
    private static boolean matches(byte[] tag, byte[] source, int from, int to) {
        int length = to - from;
        if (tag.length != length) {
            return false;
        }
        if (length < Long.BYTES) {
            for (int i = 0; i < length; i++) {
                if (tag[i] != source[from + i]) {
                    return false;
                }
            }
            return true;
        }
        for (int i = 0; i < length - Long.BYTES; i += Long.BYTES) {
            if ((long) LONG.get(tag, i) != (long) LONG.get(source, from + i)) {
                return false;
            }
        }
        // The last eight bytes, which may overlap those before.
        return (long) LONG.get(tag, length - Long.BYTES) == (long) LONG.get(source, to - Long.BYTES);
    }

    private static int hash(byte[] source, int from, int to) {
        int hash = 1;
        for (int i = from; i < to; i++) {
            hash = hash * 31 + source[i];
        }
        return hash ^ (hash >>> 15);
    }
}
