package dev.auscult.intake.examples;

/** A matrix or a vector of 32-bit weights [elements], with what gradient descent keeps beside it. */
final class Parameter {
    final String layer;
    final String name;
    final float[] value;
    final float[] gradient;
    final float[] velocity;
    /** The change of the last step. */
    final float[] update;

    Parameter(String layer, String name, int elements) {
        this.layer = layer;
        this.name = name;
        value = new float[elements];
        gradient = new float[elements];
        velocity = new float[elements];
        update = new float[elements];
    }
}
