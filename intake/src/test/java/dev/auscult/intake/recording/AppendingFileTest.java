package dev.auscult.intake.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

/** A disk that is full takes nothing but what it cannot hold. */
class AppendingFileTest {
    /** Holds so many bytes, writes at most seven at once, and fails where it is full. */
    private static class SmallDisk implements AppendingFile.Target {
        private ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final AtomicInteger truncations = new AtomicInteger();
        private volatile int room;

        SmallDisk(int room) {
            this.room = room;
        }

        @Override
        public long size() {
            return bytes.size();
        }

        @Override
        public void truncate(long size) throws IOException {
            byte[] kept = Arrays.copyOf(bytes.toByteArray(), (int) size);
            bytes = new ByteArrayOutputStream();
            bytes.writeBytes(kept);
            truncations.incrementAndGet();
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            int size = Math.min(7, Math.min(source.remaining(), room - bytes.size()));
            if (size == 0) {
                throw new IOException("No space left on device");
            }
            byte[] part = new byte[size];
            source.get(part);
            bytes.writeBytes(part);
            return size;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    private static final AppendingFile.Successor NONE = () -> {
        throw new IOException("no other disk");
    };

    private static byte[] block(int number) {
        byte[] bytes = new byte[100];
        Arrays.fill(bytes, (byte) number);
        return bytes;
    }

    @Test
    void blocksAreWrittenInOrder() throws IOException {
        SmallDisk disk = new SmallDisk(1_000_000);
        try (AppendingFile file = new AppendingFile(disk, NONE, "test")) {
            for (int i = 0; i < 1000; i++) {
                file.append(block(i));
            }
        }
        byte[] all = disk.bytes.toByteArray();
        assertThat(all).hasSize(100_000);
        for (int i = 0; i < all.length; i++) {
            assertThat(all[i]).isEqualTo((byte) (i / 100));
        }
    }

    @Test
    void aBlockThatDoesNotFitIsTakenBackAndLaterOnesAreTried() throws IOException {
        SmallDisk disk = new SmallDisk(250);
        try (AppendingFile file = new AppendingFile(disk, NONE, "test")) {
            file.append(block(1));
            file.append(block(2));
            file.await();
            file.append(block(3));
            assertThatThrownBy(file::await).isInstanceOf(IOException.class).hasMessageContaining("No space left");
            disk.room = 1000;
            file.append(block(4));
        }
        byte[] all = disk.bytes.toByteArray();
        assertThat(all).hasSize(300);
        assertThat(all[200]).isEqualTo((byte) 4);
    }

    @Test
    void aFailureSurfacesAtTheLatestWhenClosing() throws IOException {
        AppendingFile file = new AppendingFile(new SmallDisk(10), NONE, "test");
        file.append(block(1));
        assertThatThrownBy(file::close).isInstanceOf(IOException.class).hasMessageContaining("No space left");
        file.close();
    }

    @Test
    void theBlockAfterAFailureIsWritten() throws IOException {
        SmallDisk disk = new SmallDisk(50);
        AppendingFile file = new AppendingFile(disk, NONE, "test");
        file.append(block(1));
        assertThatThrownBy(file::await).hasMessageContaining("No space left");
        file.append(block(2));
        while (disk.truncations.get() < 2) {
            Thread.onSpinWait();
        }
        // The third block tells that the second failed, and is kept itself.
        disk.room = 1000;
        assertThatThrownBy(() -> file.append(block(3))).hasMessageContaining("No space left");
        file.close();
        assertThat(disk.bytes.toByteArray()).hasSize(100).containsOnly((byte) 3);
    }

    @Test
    void whatFollowsATornBlockGoesToANewFile() throws IOException {
        SmallDisk torn = new SmallDisk(150) {
            @Override
            public void truncate(long size) throws IOException {
                throw new IOException("cannot truncate");
            }
        };
        SmallDisk next = new SmallDisk(1000);
        AppendingFile file = new AppendingFile(torn, () -> next, "test");
        file.append(block(1));
        file.append(block(2));
        assertThatThrownBy(file::await).hasMessageContaining("No space left");
        file.append(block(3));
        file.close();
        assertThat(torn.bytes.size()).isEqualTo(150);
        assertThat(next.bytes.toByteArray()).hasSize(100).containsOnly((byte) 3);
    }

    @Test
    void nobodyWaitsForAThreadThatEnded() {
        SmallDisk disk = new SmallDisk(1000) {
            @Override
            public int write(ByteBuffer source) {
                throw new IllegalStateException("broken");
            }
        };
        AppendingFile file = new AppendingFile(disk, NONE, "test");
        assertThatThrownBy(() -> {
                    file.append(block(1));
                    file.await();
                })
                .isInstanceOf(IOException.class)
                .hasMessageContaining("broken");
        for (int i = 0; i < 100; i++) {
            int number = i;
            assertThatThrownBy(() -> file.append(block(number))).isInstanceOf(IOException.class);
        }
    }
}
