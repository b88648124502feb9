package dev.auscult.train.model;

/** What layers that work along a sequence ask of their input. */
final class Sequences {
    private Sequences() {}

    /** The input as a sequence [length, units]; numbers of two axes count as one. */
    static Form of(Site site) {
        Form input = site.input();
        if (input.kind() == Form.Kind.TOKENS) {
            throw site.wants("[length, units]", "begin with `embedding: 64`");
        }
        if (input.rank() != 2) {
            String advice =
                    input.rank() == 1 ? "add `reshape: [" + input.axis(0) + ", 1]`" : "add `reshape` with two axes";
            throw site.wants("[length, units]", advice);
        }
        return Form.sequence(input.axis(0), input.axis(1));
    }
}
