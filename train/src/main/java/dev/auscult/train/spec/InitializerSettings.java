package dev.auscult.train.spec;

/**
 * How the weights of a layer start.
 *
 * @param type {@code default} (as PyTorch's layer of the same type does), {@code he}, {@code he-uniform}, {@code glorot},
 *     {@code glorot-uniform}, {@code lecun}, {@code orthogonal}, {@code zeros}, {@code ones}, {@code constant}, {@code
 *     normal}, {@code uniform}
 * @param amount constant, standard deviation or half width for the last three, gain for {@code orthogonal}
 */
public record InitializerSettings(String type, double amount) {}
