"""Runs an ONNX file on Python's onnxruntime: {"model": path, "feeds": [{name, type, data}]} in, {output: [numbers]} out."""
import json
import sys

import numpy
import onnxruntime

question = json.load(sys.stdin)
feeds = {}
for feed in question["feeds"]:
    if feed["type"] == "string":
        values = numpy.array(feed["data"], dtype=object)
    else:
        values = numpy.array([numpy.nan if v is None else v for v in feed["data"]], dtype=numpy.float32)
    feeds[feed["name"]] = values.reshape(-1, 1)
session = onnxruntime.InferenceSession(question["model"], providers=["CPUExecutionProvider"])
names = [output.name for output in session.get_outputs()]
answers = session.run(names, feeds)
json.dump({name: answer.ravel().astype(float).tolist() for name, answer in zip(names, answers)}, sys.stdout)
