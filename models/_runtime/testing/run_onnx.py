"""Runs ONNX files on Python's onnxruntime: a line {"model", "feeds": [{name, shape, floats | strings}]} in, a line
{"outputs": {name: numbers}} or {"error"} out. Files and numbers are base64: of float32 in, of float64 out."""
import base64
import json
import sys

import numpy
import onnxruntime


def read(feed):
    if "strings" in feed:
        return numpy.array(feed["strings"], dtype=object).reshape(feed["shape"])
    return numpy.frombuffer(base64.b64decode(feed["floats"]), dtype="<f4").reshape(feed["shape"])


def run(question):
    session = onnxruntime.InferenceSession(base64.b64decode(question["model"]), options, providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs() if output.type != "tensor(string)"]
    answers = session.run(names, {feed["name"]: read(feed) for feed in question["feeds"]})
    return {name: base64.b64encode(answer.astype("<f8").tobytes()).decode() for name, answer in zip(names, answers)}


options = onnxruntime.SessionOptions()
options.intra_op_num_threads = 1
options.log_severity_level = 4
for line in sys.stdin:
    try:
        answer = {"outputs": run(json.loads(line))}
    except Exception as error:
        answer = {"error": str(error)}
    print(json.dumps(answer), flush=True)
