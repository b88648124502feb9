package dev.auscult.train.torch;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

/** The pools of torch and of BLAS must not work against each other. */
class ThreadsTest {
    @Test
    void bothPoolsAreSet() {
        try (TorchEngine two = TorchEngine.open("cpu", 2)) {
            assertThat(torch.get_num_threads()).isEqualTo(2);
            int blas = "0".equals(System.getenv("GOMP_SPINCOUNT")) ? 2 : 1;
            assertThat(openblas_nolapack.blas_get_num_threads()).isEqualTo(blas);
            assertThat(two.threads()).isEqualTo(2);
            assertThat(two.description()).endsWith("2 threads");
        }
        try (TorchEngine one = TorchEngine.open("cpu", 1)) {
            assertThat(torch.get_num_threads()).isEqualTo(1);
            assertThat(openblas_nolapack.blas_get_num_threads()).isEqualTo(1);
            assertThat(one.threads()).isEqualTo(1);
        }
    }
}
