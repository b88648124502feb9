package dev.auscult.intake.recording;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * A file that only grows, written in order by a thread of its own, so that a slow disk does not hold up the training.
 *
 * <p>The queue is bounded: a disk that is slower than the training for long slows it down rather than fill the memory. What
 * cannot be written whole is taken back, so that the file never holds a torn block, and the failure is thrown at the next
 * call, which hands its own block over before; blocks after it are tried again, since a full disk may be emptied. Where a
 * torn block cannot be taken back, the file ends with it, and what comes after goes to a new one.
 */
final class AppendingFile implements Closeable {
    private static final int QUEUE = 32;
    private static final long LOOK_MILLIS = 200;

    /** Where the bytes go; tests put a disk here that is full. */
    interface Target extends WritableByteChannel {
        long size() throws IOException;

        void truncate(long size) throws IOException;
    }

    /** Begins the file that takes the place of one that cannot go on. */
    @FunctionalInterface
    interface Successor {
        Target open() throws IOException;
    }

    /** What is to be written at once, and who waits for it. */
    private static final class Block {
        private final byte[] bytes;
        private final @Nullable CountDownLatch written;

        Block(byte[] bytes, @Nullable CountDownLatch written) {
            this.bytes = bytes;
            this.written = written;
        }
    }

    private final Successor successor;
    private Target target;
    private final BlockingQueue<Block> queue = new ArrayBlockingQueue<>(QUEUE);
    private final Thread thread;
    private volatile @Nullable IOException failure;
    /** Whether the file ends in a torn block, after which nothing may follow; known to the writing thread alone. */
    private boolean spoilt;

    private volatile boolean dead;
    private volatile boolean closing;

    AppendingFile(Target target, Successor successor, String name) {
        this.target = target;
        this.successor = successor;
        this.thread = new Thread(this::writeAll, "auscult-recording " + name);
        thread.setDaemon(true);
        thread.start();
    }

    /** A new file. */
    static Target create(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return new Target() {
            @Override
            public long size() throws IOException {
                return channel.size();
            }

            @Override
            public void truncate(long size) throws IOException {
                channel.truncate(size);
                channel.position(size);
            }

            @Override
            public int write(ByteBuffer source) throws IOException {
                return channel.write(source);
            }

            @Override
            public boolean isOpen() {
                return channel.isOpen();
            }

            @Override
            public void close() throws IOException {
                channel.close();
            }
        };
    }

    /** Hands over a block, then throws what failed before. */
    void append(byte[] block) throws IOException {
        IOException before = failure;
        failure = null;
        try {
            put(new Block(block, null));
        } catch (IOException e) {
            if (before == null) {
                throw e;
            }
            before.addSuppressed(e);
        }
        if (before != null) {
            throw before;
        }
    }

    /** Waits until everything handed over is with the operating system; throws what failed. */
    void await() throws IOException {
        if (isWriting()) {
            CountDownLatch written = new CountDownLatch(1);
            put(new Block(new byte[0], written));
            try {
                while (!written.await(LOOK_MILLIS, TimeUnit.MILLISECONDS) && isWriting()) {
                    // The thread writes still.
                }
            } catch (InterruptedException e) {
                throw interrupted();
            }
        }
        check();
    }

    private void put(Block block) throws IOException {
        try {
            do {
                if (!isWriting()) {
                    check();
                    throw new IOException("the recording is no longer written, since its thread has ended");
                }
            } while (!queue.offer(block, LOOK_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private boolean isWriting() {
        return !dead && thread.isAlive();
    }

    private static IOException interrupted() {
        Thread.currentThread().interrupt();
        return new IOException("writing the recording was interrupted");
    }

    private void check() throws IOException {
        IOException failed = failure;
        if (failed != null) {
            failure = null;
            throw failed;
        }
    }

    private void writeAll() {
        try {
            while (!closing || !queue.isEmpty()) {
                Block block = queue.take();
                write(block.bytes);
                if (block.written != null) {
                    block.written.countDown();
                }
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            // Such as want of memory: without a thread nothing is written any more, which the next call is to say.
            failure = new IOException("the recording is no longer written: " + e, e);
        } finally {
            dead = true;
        }
    }

    private void write(byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        long good = -1;
        try {
            if (spoilt) {
                Target next = successor.open();
                target.close();
                target = next;
                spoilt = false;
            }
            good = target.size();
            writeAll(target, bytes);
        } catch (IOException e) {
            failure = e;
            takeBack(good, e);
        } catch (RuntimeException | Error e) {
            takeBack(good, e);
            throw e;
        }
    }

    static void writeAll(Target target, byte[] bytes) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            target.write(left);
        }
    }

    private void takeBack(long good, Throwable cause) {
        if (good >= 0) {
            try {
                target.truncate(good);
            } catch (IOException e) {
                spoilt = true;
                cause.addSuppressed(e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (closing) {
            return;
        }
        try {
            await();
        } finally {
            closing = true;
            // Wakes the thread, which then sees that it is to end.
            queue.offer(new Block(new byte[0], null));
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            target.close();
        }
    }
}
