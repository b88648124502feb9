package dev.auscult.train.spec;

/** What the value of an option of the spec looks like, in YAML and in {@link LayerSettings#options}. */
public enum OptionKind {
    /** A whole number; a {@code Long}. */
    INTEGER,
    /** A finite number; a {@code Double}. */
    NUMBER,
    /** {@code true} or {@code false}; a {@code Boolean}. */
    TRUTH,
    /** One of the option's words; a {@code String}. */
    WORD,
    /** Any text: a name or a path; a {@code String}. */
    TEXT,
    /** A whole number or one of the option's words ({@code classes}, {@code full}); a {@code Long} or {@code String}. */
    UNITS,
    /** A whole number of bytes, or with a unit ({@code 512 MiB}); a {@code Long}. */
    BYTES,
    /** A whole number for every axis, or a list with one for each; a {@code List<Long>} of length 1 or more. */
    EXTENT,
    /** {@code same}, {@code valid}, or as {@code EXTENT}; a {@code String} or {@code List<Long>}. */
    PADDING,
    /** A list of whole numbers; a {@code List<Long>}. */
    INTEGERS,
    /** A list of numbers; a {@code List<Double>}. */
    NUMBERS,
    /** One text or a list of them; a {@code List<String>}. */
    TEXTS,
    /** A list of the option's words; a {@code List<String>}. */
    WORDS,
    /** Names, each with one of the option's words; a {@code Map<String, String>}. */
    WORD_BY_NAME,
    /** How weights start: a word, or one of {@code {normal: …}}, {@code {uniform: …}}, {@code {constant: …}}, {@code
     * {orthogonal: …}}; an {@link InitializerSettings}. */
    INITIALIZER,
    /** One of the option's words, or {@code {divide: number}}; a {@code String} or the number as a {@code Double}. */
    SCALING,
    /** A mapping with keys of its own, described by a {@link Block} named as the path of the option. */
    SECTION,
    /** A list of such mappings. */
    SECTIONS,
    /** A list of changes to examples ({@code crop: 4}); a list of {@code DataSettings.Augment}. */
    AUGMENTS,
    /** A list of layers. */
    LAYERS
}
