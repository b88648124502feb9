package dev.auscult.train.spec;

/** Says what an option takes, for messages and for the guide. */
final class Wanted {
    private Wanted() {}

    /** {@code a number above 0}, {@code true or false}. */
    static String of(Option option) {
        String bounds = option.bounds().words();
        String within = bounds.isEmpty() ? "" : " " + bounds;
        String words = String.join(" or ", option.words());
        return switch (option.kind()) {
            case INTEGER -> "a whole number" + within;
            case NUMBER -> "a number" + within;
            case TRUTH -> "true or false";
            case WORD -> "one of " + String.join(", ", option.words());
            case TEXT -> "a text";
            case UNITS -> "a whole number" + within + " or " + words;
            case BYTES -> "a number of bytes, or one with a unit such as 512 MiB";
            case EXTENT -> "a whole number" + within + ", or a list of one or two";
            case PADDING -> words + ", a whole number" + within + ", or a list of one or two";
            case INTEGERS -> "a list of whole numbers" + within;
            case NUMBERS -> "a list of numbers" + within;
            case TEXTS -> "a text or a list of texts";
            case WORDS -> "a list of " + String.join(", ", option.words());
            case WORD_BY_NAME -> "a mapping from names to " + String.join(", ", option.words());
            case INITIALIZER ->
                "one of " + String.join(", ", Initializers.WORDS) + ", or a mapping with one of "
                        + String.join(", ", Initializers.AMOUNTS.keySet());
            case SCALING -> "one of " + String.join(", ", option.words()) + ", or {divide: number above 0}";
            case SECTION -> "a mapping";
            case SECTIONS -> "a list of mappings";
            case AUGMENTS -> "a list of changes";
            case LAYERS -> "a list of layers";
        };
    }
}
