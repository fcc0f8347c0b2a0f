"""Runs ONNX files on Python's onnxruntime: a line {"model", "feeds": [{name, shape, floats | strings}]} in, a line
{output: numbers} out. Files and numbers are base64: of float32 on the way in, of float64 on the way out."""
import base64
import json
import sys

import numpy
import onnxruntime


def read(feed):
    if "strings" in feed:
        return numpy.array(feed["strings"], dtype=object).reshape(feed["shape"])
    return numpy.frombuffer(base64.b64decode(feed["floats"]), dtype="<f4").reshape(feed["shape"])


options = onnxruntime.SessionOptions()
options.intra_op_num_threads = 1
for line in sys.stdin:
    question = json.loads(line)
    model = base64.b64decode(question["model"])
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs() if output.type != "tensor(string)"]
    answers = session.run(names, {feed["name"]: read(feed) for feed in question["feeds"]})
    numbers = {name: base64.b64encode(answer.astype("<f8").tobytes()).decode() for name, answer in zip(names, answers)}
    print(json.dumps(numbers), flush=True)
