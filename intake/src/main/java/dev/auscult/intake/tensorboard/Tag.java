package dev.auscult.intake.tensorboard;

import java.nio.charset.StandardCharsets;

import dev.auscult.intake.tensors.TensorNames;
import dev.auscult.run.SeriesBuilder;
import org.jspecify.annotations.Nullable;

/** A tag of an event file and where its values go. */
final class Tag {
    /** What the scalars of a tag are. */
    enum Role {
        /** None was seen yet. */
        NEW,
        SERIES,
        /** The epoch of every other series at the same step. */
        EPOCH,
        /** A count that belongs to a tensor. */
        EXTRA,
        IGNORED
    }

    final byte[] bytes;
    final int hash;
    final String name;

    /** The plugin named by the first value; empty if none was named. */
    String plugin = "";

    Role role = Role.NEW;
    boolean stepIsEpoch;
    int session;

    @Nullable
    SeriesBuilder series;

    @Nullable
    TensorTrack tensor;

    TensorNames.@Nullable Extra extra;
    boolean noTensor;

    /** The tag that followed this one last time. */
    @Nullable
    Tag next;

    Tag(byte[] bytes, int hash) {
        this.bytes = bytes;
        this.hash = hash;
        this.name = new String(bytes, StandardCharsets.UTF_8);
    }
}
