"""The same Adult by OpenDP's own layer for synthetic rows (``opendp[mbi]``), for comparison: error, time and memory.

python -m benchmarks.dp.synthesis_opendp [mst|aim]

Needs the extra ``synth``.  MST of OpenDP 0.16.0 stops with "insufficient budget" at nine columns, because parts of a
float budget add up to a hair too much; here its last part is made a hair smaller, which spends less, so that it runs.
Rows are those that it makes by default ("round").
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from benchmarks.dp.synthesis import adult
from release.dp.opendp import rho_at
from release.synth.counts import tallied
from release.synth.encode import encode
from release.synth.fidelity import fidelity
from release.synth.read import read_request
from release.synth.request import canonical


def main(method: str) -> None:
    """Prints one line."""
    import opendp.extras.mbi._mst as mst
    import opendp.prelude as dp
    import polars as pl

    dp.enable_features("contrib")
    mst.prior = lambda loss: loss * (1 - 1e-12)
    with tempfile.TemporaryDirectory() as folder:
        path, fields = adult(Path(folder))
        request = canonical(read_request({"epsilon": 1, "delta": 1e-6, "fields": fields}, dataset="adult"))
        raw = encode(path, request, salt="")
    names = [field.name for field in request.fields]
    codes = np.repeat(raw.codes, raw.counts, axis=0)
    frame = pl.LazyFrame({name: codes[:, n] for n, name in enumerate(names)})
    rho = rho_at(1, 1e-6)
    started, cpu = time.perf_counter(), time.process_time()
    context = dp.Context.compositor(
        data=frame, privacy_unit=dp.unit_of(contributions=1), privacy_loss=dp.loss_of(rho=rho), split_evenly_over=1
    )
    table = (
        context.query()
        .select(*names)
        .contingency_table(
            keys={name: list(range(size)) for name, size in zip(names, raw.sizes, strict=True)},
            algorithm=dp.mbi.MST() if method == "mst" else dp.mbi.AIM(),
        )
        .release()
    )
    wall, cpu = time.perf_counter() - started, time.process_time() - cpu
    # A code that is no public value becomes null; there is none in the data, so whatever is made up of it is left out.
    made = table.synthesize(len(codes)).drop_nulls().select(names).to_numpy().astype(np.int64)
    told = fidelity(raw, tallied(raw.sizes, made), names)
    print(
        method,
        [round(way["mean_l1"], 4) for way in told["ways"]],
        "rows",
        len(made),
        f"wall {wall:.0f} cpu {cpu:.0f} s",
    )
    print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB, worse than independent:", end=" ")
    print(len(told["worse_than_independent"]))


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "mst")
