"""Writes golden-tokens.json and golden-vectors.json beside this file, once: token ids of the reference tokenizer, and
vectors of a plain numpy forward pass in fp32 (Devlin et al., 2018; no ONNX, nothing of ours).

  pip install numpy tokenizers && python make_golden.py <folder with model.safetensors and tokenizer.json>
"""
import base64
import hashlib
import json
import math
import random
import sys
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

here, source = Path(__file__).resolve().parent, Path(sys.argv[1])
tokenizer = Tokenizer.from_file(str(source / "tokenizer.json"))
tokenizer.no_padding()
tokenizer.enable_truncation(256)

WRITTEN = """A man relives the same day again and again.|Who ya gonna call?!|It's 9:30 p.m., isn't it?|rock'n'roll -- "quoted" ‘text’ …|
naïve café façade Ångström Crème Brûlée|ﬁne ﬂuﬀy ligatures ½ ² ™ № ℃|Straße GROẞ İstanbul ıI ŁÓDŹ|e\u0301 e\u0301\u0323 n\u0303 \u0301alone|
a\u0338b \u0338 ≠ =\u0338|Фильм о том, как человек снова и снова проживает один день.|ёлка ЁЛКА йод И\u0306|Привет, мир! — «Ирония судьбы»|
ΟΔΥΣΣΕΥΣ Σίσυφος ΣΣΣ ς|מלך הקולנוע שָׁלוֹם|فيلم عن الصحراء مُحَمَّد|हिन्दी फ़िल्म क्षत्रिय|ภาพยนตร์ไทย น้ำ|한국 영화 기생충|각 ㄱㅏㄱ|東京物語と七人の侍|
電影 movie電影movie|か\u3099 が ｶﾞ|𠀀𠀁x𠀂|x𫠠𫤟y|𫤠𫤡|🎬🍿|👨‍👩‍👧‍👦 family|🏳️‍🌈 👍🏽|🇷🇺🇬🇧|☃️ ☃|[CLS] in the text [SEP]|[MASK][PAD][UNK]|[cls] [Mask]|
##ing ##|a##b|zero\u200bwidth\u200d join\u200c er|soft\u00adhyphen|\ufeffbom at the start|left\u202eto\u202cright|tab\tnew\nline\r\nreturn\vvertical\fform|
nul\u0000in\u0001text\u007f\u0080|\u00a0no\u2007break\u202fspaces\u3000wide\u1680ogham|line\u2028separator\u2029paragraph|\u2060word\u2060joiner|\ufffd\ufffd|\ufffe\uffff|\ue000 private \U000f0000|
𝕳𝖊𝖑𝖑𝖔 𝓌𝑜𝓇𝓁𝒹|Ⓐⓑ ⅷ ①|ｆｕｌｌ ｗｉｄｔｈ！|ǅ ǆ Ǆ ŉ ǰ|ᾳ ᾼ ῼ|\u061d \u1734 \u166d \u0c04|a\u1abfb a\u08d0b|𑇉 𑜞 \U0001e000|100% 3.14 1,000 $5 €7 #1 @me a_b a-b a/b\\c|C++ C# .NET http://example.org/?a=b&c=d|
<b>bold</b> &amp; {json: "x"}|`~^*|¿Qué? ¡Sí!|“”„‟«»‹›|–—―‐‑|।॥ ؟ 、。|mother-in-law's tongue|3D 2D 4K 7.1|Ctrl+Alt+Del""".replace("|\n", "|").split("|")
EDGES = ["", " ", "\t\n", "\u200b", "\u0000", "\ufffd", "a" * 100, "a" * 101, "ж" * 100, "ж" * 101, "𐀀" * 60, "x" * 5000,
         "word " * 600, "фильм о любви " * 200, "電影" * 300, "👍" * 300, ". " * 300, "\u0301" * 50, "a\u0301" * 120, "[SEP]" * 300]
SCRIPTS = [(0x20, 0x7E), (0xA0, 0x24F), (0x300, 0x36F), (0x370, 0x3FF), (0x400, 0x4FF), (0x590, 0x6FF), (0x900, 0x97F),
           (0xE00, 0xE7F), (0x1100, 0x11FF), (0x1E00, 0x20CF), (0x2000, 0x206F), (0x3000, 0x30FF), (0x4E00, 0x4FFF),
           (0xFB00, 0xFB50), (0xFE00, 0xFE0F), (0xFF00, 0xFFEF), (0x1F300, 0x1F6FF), (0x20000, 0x20050), (0x2B910, 0x2B930),
           (0x1D400, 0x1D4FF), (0, 0x1F), (0x7F, 0x9F), (0x11000, 0x11FFF)]
GLUE = [" ", "\u00a0", "\u200b", "\u3000", "[CLS]", "##", "\u0301", "\u200d", "İ", "ß", "Σ", "ς", ".", "'"]


def mixed(dice):
    scripts = dice.sample(SCRIPTS, 2)
    letter = lambda: dice.choice(GLUE) if dice.random() < 0.15 else chr(dice.randint(*dice.choice(scripts)))
    return "".join(letter() for _ in range(dice.choice([3, 8, 20])))


def golden_tokens():
    dice = random.Random(11)
    texts = WRITTEN + EDGES + [mixed(dice) for _ in range(170)]
    # Every character of the first two planes between letters, 64 to a text.
    digest = hashlib.sha256()
    for start in range(0, 0x20000, 64):
        text = " ".join(f"a{chr(c)}b" for c in range(start, start + 64) if not 0xD800 <= c <= 0xDFFF)
        digest.update(",".join(map(str, tokenizer.encode(text).ids[:256])).encode() + b"\n")
    cases = [[text, " ".join(map(str, tokenizer.encode(text).ids))] for text in texts]
    lines = ",\n".join(json.dumps(case, ensure_ascii=True) for case in cases)
    (here / "golden-tokens.json").write_text('{"characters":"%s","texts":[\n%s\n]}\n' % (digest.hexdigest(), lines))


def read_weights():
    raw = (source / "model.safetensors").read_bytes()
    start = 8 + int.from_bytes(raw[:8], "little")
    header = json.loads(raw[8:start])
    read = lambda m: np.frombuffer(raw, "<f4", (m["data_offsets"][1] - m["data_offsets"][0]) // 4, start + m["data_offsets"][0])
    return {name: read(m).reshape(m["shape"]) for name, m in header.items() if m.get("dtype") == "F32"}


def encode(w, text):
    def norm(x, name):
        x = x - x.mean(-1, keepdims=True)
        return x / np.sqrt((x * x).mean(-1, keepdims=True) + 1e-12) * w[name + ".weight"] + w[name + ".bias"]

    linear = lambda x, name: x @ w[name + ".weight"].T + w[name + ".bias"]
    ids = tokenizer.encode(text).ids
    n = len(ids)
    embeddings = [w["embeddings.word_embeddings.weight"][ids], w["embeddings.position_embeddings.weight"][:n]]
    x = norm(sum(embeddings) + w["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
    for i in range(6):
        p = f"encoder.layer.{i}."
        heads = (linear(x, p + f"attention.self.{part}").reshape(n, 12, 32).transpose(1, 0, 2) for part in ("query", "key", "value"))
        q, k, v = heads
        scores = q @ k.transpose(0, 2, 1) / math.sqrt(32)
        shares = np.exp(scores - scores.max(-1, keepdims=True))
        mixed = (shares / shares.sum(-1, keepdims=True) @ v).transpose(1, 0, 2).reshape(n, 384)
        x = norm(x + linear(mixed, p + "attention.output.dense"), p + "attention.output.LayerNorm")
        h = linear(x, p + "intermediate.dense")
        h = (h * 0.5 * (1 + np.vectorize(math.erf)(h / math.sqrt(2)))).astype(np.float32)
        x = norm(x + linear(h, p + "output.dense"), p + "output.LayerNorm")
    mean = x.mean(0)
    return mean / np.linalg.norm(mean)


def golden_vectors():
    texts = (here / "sentences.txt").read_text().strip().split("\n")
    w = read_weights()
    vectors = np.stack([encode(w, text) for text in texts])
    packed = base64.b64encode(np.round(vectors * 32767).astype("<i2").tobytes()).decode()
    (here / "golden-vectors.json").write_text(json.dumps({"unit": 1 / 32767, "vectors": packed}) + "\n")


golden_tokens()
golden_vectors()
