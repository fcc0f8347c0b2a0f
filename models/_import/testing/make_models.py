"""Makes the foreign models that the tests import: tiny models of one small table, by the libraries' own ONNX exporters.

    python3 -m venv venv && venv/bin/pip install scikit-learn lightgbm catboost xgboost skl2onnx onnxmltools onnx numpy pandas "protobuf<7"
    venv/bin/python models/_import/testing/make_models.py

Writes `<name>.onnx.b64` and `golden.json`: what each library itself predicts for 50 rows, missing values included.
"""

import base64
import json
import tempfile
import warnings
from pathlib import Path

import catboost
import lightgbm
import numpy as np
import onnx
import onnxmltools
import pandas as pd
import skl2onnx
import sklearn
import xgboost
from onnxmltools.convert.common.data_types import FloatTensorType as ToolsFloat
from skl2onnx import to_onnx
from skl2onnx.common.data_types import FloatTensorType, Int64TensorType, StringTensorType
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import GradientBoostingRegressor, HistGradientBoostingRegressor, RandomForestClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

warnings.filterwarnings("ignore")
here = Path(__file__).parent
DISTRICTS = ["centre", "north", "south", "west"]
CONDITIONS = ["good", "poor", "ruin"]
NUMBERS = ["area", "rooms", "age"]
rng = np.random.default_rng(7)


def make_table(rows):
    table = pd.DataFrame(
        {
            "area": rng.uniform(20, 200, rows).round(1),
            "rooms": rng.integers(1, 9, rows),
            "age": rng.uniform(0, 120, rows).round(0),
            "district": rng.choice(DISTRICTS, rows),
        }
    )
    worth = table.district.map({"centre": 250, "north": 0, "south": 200, "west": 20})
    price = 200 + 2 * table.area + 20 * table.rooms - table.age + worth + rng.normal(0, 10, rows)
    sold = (price + rng.normal(0, 60, rows) > 560).astype(int)
    condition = np.array(CONDITIONS)[np.clip((table.age + rng.normal(0, 20, rows)) // 40, 0, 2).astype(int)]
    table.loc[rng.random(rows) < 0.15, "area"] = np.nan
    table.loc[rng.random(rows) < 0.15, "age"] = np.nan
    # What is not known is the empty word to a model of words, as the runtime gives it.
    table.loc[rng.random(rows) < 0.1, "district"] = ""
    return table, price.to_numpy(), sold.to_numpy(), condition


train, price, sold, condition = make_table(300)
test, test_price, test_sold, test_condition = make_table(50)


def matrix(table):
    """What matrix models take: codes stand for districts."""
    codes = table.district.map({name: code for code, name in enumerate(DISTRICTS)})
    return np.column_stack([table[NUMBERS], codes]).astype(np.float32)


X, X_test = matrix(train), matrix(test)
condition_codes = np.array([CONDITIONS.index(name) for name in condition])
features = [
    {"name": "area", "type": "number", "unit": "m2", "range": [0, 1000], "default": 90, "nullable": True},
    {"name": "rooms", "type": "integer", "range": [1, 20], "default": 3},
    {"name": "age", "type": "number", "unit": "years", "default": 40, "nullable": True},
    {"name": "district", "type": "category", "choices": DISTRICTS, "default": "north", "nullable": True},
]
regression = {"task": "regression", "output": {"name": "price", "label": "Price", "unit": "kEUR"}}
binary = {
    "task": "classification",
    "classes": ["unsold", "sold"],
    "output": {"name": "sold", "label": "Sold within a month", "unit": ""},
}
multiclass = {
    "task": "classification",
    "classes": CONDITIONS,
    "output": {"name": "condition", "label": "Condition", "unit": ""},
}
models = []


def keep(name, library, onnx_bytes, draft, expected):
    (here / f"{name}.onnx.b64").write_text(base64.encodebytes(onnx_bytes).decode())
    models.append(
        {
            "name": name,
            "library": library,
            "manifest": {"name": name, "title": name, "features": features, **draft},
            "expected": np.asarray(expected, np.float64).reshape(len(test), -1).astype(np.float32).astype(float).tolist(),
        }
    )
    print(name, len(onnx_bytes), "bytes")


def scikit_learn():
    by = f"scikit-learn {sklearn.__version__}, skl2onnx {skl2onnx.__version__}"
    matrix_type = [("X", FloatTensorType([None, 4]))]

    ridge = make_pipeline(SimpleImputer(), StandardScaler(), Ridge()).fit(X, price)
    keep("sklearn_ridge", by, to_onnx(ridge, initial_types=matrix_type).SerializeToString(), regression, ridge.predict(X_test))

    hist = HistGradientBoostingRegressor(max_iter=6, max_leaf_nodes=6).fit(X, price)
    keep("sklearn_hist_boosting", by, to_onnx(hist, initial_types=matrix_type).SerializeToString(), regression, hist.predict(X_test))

    columns = ColumnTransformer(
        [
            ("numbers", make_pipeline(SimpleImputer(), StandardScaler()), NUMBERS),
            ("words", OneHotEncoder(handle_unknown="ignore", sparse_output=False), ["district"]),
        ]
    )
    column_types = [
        ("area", FloatTensorType([None, 1])),
        ("rooms", FloatTensorType([None, 1])),
        ("age", FloatTensorType([None, 1])),
        ("district", StringTensorType([None, 1])),
    ]
    mixed = make_pipeline(columns, LogisticRegression()).fit(train, sold)
    options = {id(mixed): {"zipmap": False}}
    onnx_model = to_onnx(mixed, initial_types=column_types, options=options)
    keep("sklearn_mixed_logistic", by, onnx_model.SerializeToString(), binary, mixed.predict_proba(test))

    boosted = make_pipeline(columns, GradientBoostingRegressor(n_estimators=6, max_depth=2, random_state=1)).fit(train, price)
    onnx_model = to_onnx(boosted, initial_types=column_types)
    keep("sklearn_mixed_boosting", by, onnx_model.SerializeToString(), regression, boosted.predict(test))

    forest = make_pipeline(SimpleImputer(), RandomForestClassifier(4, max_depth=3, random_state=1)).fit(X, condition)
    # ZipMap, the exporter's default, is taken off when the model is imported.
    onnx_model = to_onnx(forest, initial_types=matrix_type)
    keep("sklearn_forest_zipmap", by, onnx_model.SerializeToString(), multiclass, forest.predict_proba(X_test))


def light_gbm():
    by = f"LightGBM {lightgbm.__version__}, onnxmltools {onnxmltools.__version__}"
    options = {"n_estimators": 5, "num_leaves": 6, "verbose": -1, "min_child_samples": 10}
    matrix_type = [("input", ToolsFloat([None, 4]))]

    def convert(model):
        return onnxmltools.convert_lightgbm(model, initial_types=matrix_type, zipmap=False).SerializeToString()

    regressor = lightgbm.LGBMRegressor(**options).fit(X, price)
    keep("lightgbm_regressor", by, convert(regressor), regression, regressor.predict(X_test))
    classifier = lightgbm.LGBMClassifier(**options).fit(X, sold)
    keep("lightgbm_binary", by, convert(classifier), binary, classifier.predict_proba(X_test))
    several = lightgbm.LGBMClassifier(**{**options, "n_estimators": 3}).fit(X, condition_codes)
    keep("lightgbm_multiclass", by, convert(several), multiclass, several.predict_proba(X_test))
    native = lightgbm.LGBMRegressor(**options, cat_smooth=1, min_data_per_group=1, max_cat_to_onehot=1)
    native.fit(X, price, categorical_feature=[3])
    keep("lightgbm_categorical", by, convert(native), regression, native.predict(X_test))


def xg_boost():
    by = f"XGBoost {xgboost.__version__}, onnxmltools {onnxmltools.__version__}"
    options = {"n_estimators": 5, "max_depth": 3}
    matrix_type = [("input", ToolsFloat([None, 4]))]

    def convert(model):
        return onnxmltools.convert_xgboost(model, initial_types=matrix_type).SerializeToString()

    regressor = xgboost.XGBRegressor(**options).fit(X, price)
    keep("xgboost_regressor", by, convert(regressor), regression, regressor.predict(X_test))
    classifier = xgboost.XGBClassifier(**options).fit(X, sold)
    keep("xgboost_binary", by, convert(classifier), binary, classifier.predict_proba(X_test))
    several = xgboost.XGBClassifier(n_estimators=3, max_depth=2).fit(X, condition_codes)
    keep("xgboost_multiclass", by, convert(several), multiclass, several.predict_proba(X_test))


def cat_boost():
    by = f"CatBoost {catboost.__version__}, its own export"
    options = {"iterations": 4, "depth": 2, "verbose": False, "random_seed": 1, "allow_writing_files": False}

    def convert(model):
        with tempfile.NamedTemporaryFile(suffix=".onnx") as file:
            model.save_model(file.name, format="onnx")
            exported = onnx.load(file.name)
        # Notes on the training, longer than the model.
        del exported.metadata_props[:]
        return exported.SerializeToString()

    regressor = catboost.CatBoostRegressor(**options).fit(X, price)
    keep("catboost_regressor", by, convert(regressor), regression, regressor.predict(X_test))
    classifier = catboost.CatBoostClassifier(**options).fit(X, sold)
    keep("catboost_binary", by, convert(classifier), binary, classifier.predict_proba(X_test))
    several = catboost.CatBoostClassifier(**{**options, "iterations": 3}).fit(X, condition)
    keep("catboost_multiclass", by, convert(several), multiclass, several.predict_proba(X_test))


scikit_learn()
light_gbm()
xg_boost()
cat_boost()

columns = {name: [None if value != value or value == "" else value for value in test[name].tolist()] for name in test.columns}
truth = {"price": test_price.round(2).tolist(), "sold": test_sold.tolist(), "condition": test_condition.tolist()}
golden = {"columns": columns, "truth": truth, "models": models}
(here / "golden.json").write_text(json.dumps(golden, separators=(",", ":")).replace('{"name"', '\n{"name"') + "\n")
