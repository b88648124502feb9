package dev.auscult.train.engine;

/** The type of a tensor's elements. */
public enum DType {
    FLOAT32,
    FLOAT64,
    FLOAT16,
    BFLOAT16,
    INT64,
    BOOL
}
