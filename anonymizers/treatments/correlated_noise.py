"""Noise for several columns together that leaves their means and their covariance matrix as they were.

Every field of the group asks for this treatment and names the others in ``with``.  The noise is made orthogonal to the
data and given exactly its covariance, then both are weighted so that the sum has it too (Kim 1986; Ting, Fienberg,
Trottini 2008, doi:10.29012/jpc.v1i1.567).  Rows in which a field of the group is missing get noise of their own.
No differential privacy.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from anonymizers.distinct import UNFIT_PARAM
from anonymizers.draw import Draw, draw_for
from anonymizers.magnitudes import read_magnitudes, write_magnitudes
from anonymizers.params import Param, Spec
from anonymizers.treatment import Columns, Context, Example, Params, Treatment, refuses_batches

Floats = NDArray[np.float64]

SPEC = Spec(
    (
        Param("with", "texts", "the other fields of the group, which name each other as well"),
        Param("scale", "number", "standard deviation of the noise, as a share of the column's", least=0.001, most=10),
        UNFIT_PARAM,
    )
)


def reads(params: Params) -> tuple[str, ...]:
    """The other fields of the group."""
    return tuple(params.get("with", ()))


def whole(columns: Columns, params: Params, context: Context) -> pa.Array:
    """The column with its share of the group's noise, in the decimals it had."""
    given = SPEC.read(params)
    members = sorted({context.field, *given["with"]})
    random = draw_for(context.key, "correlated-noise", given, {name: columns[name] for name in members})
    parts = {name: read_magnitudes(columns[name], field=name, unfit=given["unfit"]) for name in members}
    own, place = parts[context.field], members.index(context.field)
    complete = np.logical_and.reduce([part.present for part in parts.values()])
    scale = float(given["scale"])
    result = own.values.copy()
    for rows, group in ((complete, members), (own.present & ~complete, [context.field])):
        if rows.any():
            data = np.column_stack([parts[name].values[rows] for name in group])
            stream = 0 if len(group) == len(members) else 1000 + place
            column = place if len(group) == len(members) else 0
            result[rows] = noisy(data, scale, random, stream)[:, column]
    return write_magnitudes(result, own.present, own.decimals)


def noisy(data: Floats, scale: float, random: Draw, stream: int) -> Floats:
    """``data`` (rows × fields) with noise of ``scale`` × its own deviation, same means and same covariance matrix.

    With too few rows for exactness (not above twice the fields) the covariance is kept in expectation only."""
    rows, fields = data.shape
    mean = data.mean(axis=0)
    centred = data - mean
    noise = np.column_stack([random.normal(rows, stream + number) for number in range(fields)])
    width = centred.std(axis=0)
    unit = centred / np.where(width > 0, width, 1.0)
    if rows > 2 * fields:
        noise = _whitened(_orthogonal(noise - noise.mean(axis=0), unit))
    values, vectors = np.linalg.eigh(unit.T @ unit / rows)
    shape = vectors * np.sqrt(np.maximum(values, 0.0)) @ vectors.T
    weight = 1 / np.sqrt(1 + scale**2)
    return np.asarray(mean + weight * (centred + scale * (noise @ shape) * width), np.float64)


def _orthogonal(noise: Floats, data: Floats) -> Floats:
    """What of the noise cannot be told from the data by linear regression."""
    return np.asarray(noise - data @ np.linalg.lstsq(data.T @ data, data.T @ noise, rcond=1e-10)[0], np.float64)


def _whitened(noise: Floats) -> Floats:
    """The noise with the unit matrix as its covariance."""
    values, vectors = np.linalg.eigh(noise.T @ noise / noise.shape[0])
    return np.asarray(noise @ (vectors / np.sqrt(np.maximum(values, 1e-12))) @ vectors.T, np.float64)


TREATMENT = Treatment(
    name="correlated-noise",
    title_zh="相关噪声",
    title_en="noise that keeps covariances",
    apply=refuses_batches,
    check=SPEC.check,
    spec=SPEC,
    whole=whole,
    reads=reads,
    keyed=True,
    truthful=False,
    partial=True,
    examples=(
        Example(
            {"with": ["g"], "scale": 0.5},
            ("3100", "5200.5", "12000", None, "-7", "0", "88", "4100"),
            beside={"g": ("1", "3", "8", "2", None, "0", "1", "2")},
        ),
        Example({"with": [], "scale": 0.2}, ("1.00", "2.50", None)),
    ),
)
