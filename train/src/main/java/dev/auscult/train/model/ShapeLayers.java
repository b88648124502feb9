package dev.auscult.train.model;

import java.util.Arrays;

import dev.auscult.data.Extents;

/** Layers that give each example another shape. */
final class ShapeLayers {
    private ShapeLayers() {}

    static Layer flatten(Site site) {
        if (site.input().kind() == Form.Kind.TOKENS) {
            throw site.wants("numbers", "begin with `embedding: 64`");
        }
        long elements = site.input().shape().elements();
        site.gives(Form.numbers(elements));
        return (x, flow) -> x.reshape(x.shape()[0], elements);
    }

    static Layer reshape(Site site) {
        long[] shape = site.wholes("shape");
        long elements = site.input().shape().elements();
        long known = Arrays.stream(shape).filter(e -> e != -1).reduce(1, Math::multiplyExact);
        long open = Arrays.stream(shape).filter(e -> e == -1).count();
        boolean fits = open == 0 ? known == elements : open == 1 && known > 0 && elements % known == 0;
        if (!fits || site.input().kind() == Form.Kind.TOKENS) {
            throw site.wants(elements + " numbers in another shape", "not " + Arrays.toString(shape));
        }
        long[] batched = new long[shape.length + 1];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = shape[i] == -1 ? elements / known : shape[i];
            batched[i + 1] = shape[i];
        }
        site.gives(new Form(Extents.of(shape), Form.Kind.NUMBERS));
        return (x, flow) -> {
            long[] whole = batched.clone();
            whole[0] = x.shape()[0];
            return x.reshape(whole);
        };
    }
}
