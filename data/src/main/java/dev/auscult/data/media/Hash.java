package dev.auscult.data.media;

/** A hash of 64 bits: FNV-1a (Fowler, Noll, Vo) and the last step of MurmurHash3, which spreads it over all bits. */
final class Hash {
    static final long START = 0xCBF29CE484222325L;
    private static final long PRIME = 0x100000001B3L;

    private Hash() {}

    static long of(long hash, byte[] bytes) {
        long h = hash;
        for (byte b : bytes) {
            h = (h ^ (b & 0xFF)) * PRIME;
        }
        return h;
    }

    static long of(long hash, int value) {
        return mix((hash ^ value) * PRIME);
    }

    static long mix(long hash) {
        long h = hash;
        h = (h ^ (h >>> 33)) * 0xFF51AFD7ED558CCDL;
        h = (h ^ (h >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return h ^ (h >>> 33);
    }
}
