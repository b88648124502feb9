"""Opens a recording with TensorBoard itself and prints what TensorBoard finds in it, one line each.

Usage: tensorboard_recording.py FOLDER
Run by TensorBoardOpensRecordingTest, where a Python with tensorboard is named by AUSCULT_PYTHON.
"""

import sys

from tensorboard.backend.event_processing import event_accumulator, plugin_event_accumulator
from tensorboard.util import tensor_util

folder = sys.argv[1]
everything = {name: 0 for name in ("scalars", "histograms", "compressedHistograms", "images", "tensors")}
old = event_accumulator.EventAccumulator(folder, size_guidance=everything)
old.Reload()
for tag in old.Tags()["scalars"]:
    for e in old.Scalars(tag):
        print("scalar", tag, e.step, e.value)
for tag in old.Tags()["histograms"]:
    for e in old.Histograms(tag):
        h = e.histogram_value
        print("histogram", tag, e.step, h.min, h.max, h.num, h.sum, h.sum_squares, sum(h.bucket))
for tag in old.Tags()["images"]:
    for e in old.Images(tag):
        print("image", tag, e.step, e.width, e.height)

# What the web page reads: everything turned into tensors.
new = plugin_event_accumulator.EventAccumulator(folder, size_guidance=everything)
new.Reload()
for tag in new.Tags()["tensors"]:
    plugin = new.SummaryMetadata(tag).plugin_data.plugin_name
    for e in new.Tensors(tag):
        shape = tensor_util.make_ndarray(e.tensor_proto).shape
        print("tensor", plugin, tag, e.step, "x".join(map(str, shape)))
