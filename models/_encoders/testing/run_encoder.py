"""Runs a sentence encoder on Python's onnxruntime: the graph as an argument, token ids [[...], ...] as JSON in, vectors out."""
import json
import sys

import numpy
import onnxruntime

options = onnxruntime.SessionOptions()
options.intra_op_num_threads = 1
options.log_severity_level = 4
session = onnxruntime.InferenceSession(sys.argv[1], options, providers=["CPUExecutionProvider"])


def run(ids):
    feeds = {"input_ids": numpy.array([ids], "<i8"), "attention_mask": numpy.ones((1, len(ids)), "<i8")}
    return session.run(["sentence_embedding"], feeds)[0][0].tolist()


print(json.dumps([run(ids) for ids in json.load(sys.stdin)]))
