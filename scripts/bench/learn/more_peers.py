"""Trainings that stand beside ours and that the peers' own program does not have: same tables, same way to measure.

  python more_peers.py --child NAME --threads N        (AUSPEX_PEERS is the folder of train_bench.py)
"""
import argparse, json, os, sys, time

sys.path.insert(0, os.environ["AUSPEX_PEERS"])
from make_data import load
from train_bench import measured, regressor


def split(table, limit=None):
    a, info = load(table)
    k = info["train_rows"]
    return a[:min(k, limit or k), :-1], a[:min(k, limit or k), -1].astype(float), a[k:, :-1], a[k:, -1].astype(float)


def fitted(fit, held_out, predict):
    model, result = measured(fit)
    start = time.perf_counter()
    predicted = predict(model, held_out)
    result["predict_s"] = time.perf_counter() - start
    result["predict_rows_per_s"] = len(held_out) / result["predict_s"]
    return model, predicted, result


def regression(model, table, limit=None):
    from sklearn.metrics import r2_score
    x, y, held_x, held_y = split(table, limit)
    _, predicted, result = fitted(lambda: model.fit(x, y), held_x, lambda m, rows: m.predict(rows))
    return dict(result, quality=dict(r2=r2_score(held_y, predicted)))


def elastic_net(threads):
    from sklearn.linear_model import ElasticNet
    return regression(ElasticNet(alpha=0.1, l1_ratio=0.5), "friedman_1m_20")


def lightgbm_10k(threads):
    return regression(regressor("lightgbm", threads), "friedman_100k_10", 8_000)


def logistic(threads):
    """Is the target above 14, which is about its mean?"""
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import log_loss, roc_auc_score
    x, y, held_x, held_y = split("friedman_1m_20")
    _, predicted, result = fitted(lambda: LogisticRegression().fit(x, y > 14), held_x,
                                  lambda m, rows: m.predict_proba(rows)[:, 1])
    return dict(result, quality=dict(auc=roc_auc_score(held_y > 14, predicted), log_loss=log_loss(held_y > 14, predicted)))


def pca(threads):
    from sklearn.decomposition import PCA
    x, _ = load("blobs_500k_8")
    model, _, result = fitted(lambda: PCA(4, random_state=0).fit(x), x, lambda m, rows: m.transform(rows))
    return dict(result, quality=dict(explained=model.explained_variance_ratio_.sum()))


TRAININGS = dict(elastic_net=elastic_net, lightgbm_10k=lightgbm_10k, logistic=logistic, pca=pca)

if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--child", required=True, choices=TRAININGS)
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    print("RESULT " + json.dumps(TRAININGS[args.child](args.threads), default=float))
