package dev.auscult.train.model;

import java.util.List;

/**
 * A window that slides along one axis.
 *
 * @param kernel elements of the window
 * @param stride steps from one window to the next
 * @param dilation distance between the elements of a window
 * @param padding elements added on both sides
 * @param extra elements added behind those, where an even window is to keep the size
 */
record Window(long kernel, long stride, long dilation, long padding, long extra) {
    /** The windows along each axis as the spec has them. */
    static List<Window> of(Site site, int axes, String kernel, long[] stride, long[] dilation) {
        long[] kernels = site.extents(kernel, axes);
        Object padding = site.value("padding");
        long[] paddings = padding instanceof List<?> ? site.extents("padding", axes) : new long[axes];
        Window[] windows = new Window[axes];
        for (int i = 0; i < axes; i++) {
            long reach = dilation[i] * (kernels[i] - 1);
            boolean same = padding.equals("same");
            windows[i] = new Window(
                    kernels[i],
                    stride[i],
                    dilation[i],
                    same ? reach / 2 : paddings[i],
                    // As PyTorch: the odd element goes behind.
                    same ? reach % 2 : 0);
            if (windows[i].over(site.input().axis(i - axes)) < 1) {
                throw site.refuse("has a window of " + (reach + 1) + " elements, larger than its input "
                        + site.input().words() + " with its padding; use a smaller `" + kernel
                        + "` or `padding: same`");
            }
        }
        return List.of(windows);
    }

    /** How many windows fit on an axis. */
    long over(long extent) {
        return Math.floorDiv(extent + 2 * padding + extra - dilation * (kernel - 1) - 1, stride) + 1;
    }

    static long[] kernels(List<Window> windows) {
        return windows.stream().mapToLong(Window::kernel).toArray();
    }

    static long[] strides(List<Window> windows) {
        return windows.stream().mapToLong(Window::stride).toArray();
    }

    static long[] dilations(List<Window> windows) {
        return windows.stream().mapToLong(Window::dilation).toArray();
    }

    static long[] paddings(List<Window> windows) {
        return windows.stream().mapToLong(Window::padding).toArray();
    }
}
