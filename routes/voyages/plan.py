"""The work on reports, spread over processes with Dask.

Vessels span files and pieces of files, so reports are first brought together by vessel: Dask's peer-to-peer shuffle
(`dask.dataframe`, method `p2p`) sends each report to the bucket of its vessel and keeps the buckets on disk, so that
neither all reports nor all pieces are ever in memory. Each bucket is then cut on its own. Dask-geopandas has no part in
it: it partitions by place, and voyages need all reports of a vessel wherever they are.
"""

from __future__ import annotations

import logging
import signal
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from multiprocessing import resource_tracker
from typing import TYPE_CHECKING, Any, Final

from routes.errors import ClusterError, MissingExtraError
from routes.voyages.bucket import BucketCount, cut_bucket
from routes.voyages.reading import read_group

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import pandas as pd

    from routes.voyages.files import Piece
    from routes.voyages.left_out import PieceCount
    from routes.voyages.ports import Ports
    from routes.voyages.rules import Rules

    Progress = Callable[[int, int], None]

EXTRA: Final = "pip install '.[tracks]' in the checkout"
_RETRIES: Final = 3
"""A task that fails because a worker died, or the shuffle was begun anew meanwhile, is tried again as often."""
_CONNECT_S: Final = 30
_LOCAL: Final = {
    # what the shuffle may hold in memory in each process before it waits for disk and peers; Dask's own default for
    # peers is 1 GiB
    "distributed.p2p.comm.buffer": "64 MiB",
    "distributed.p2p.storage.buffer": "64 MiB",
}


@dataclass(slots=True)
class Found:
    """What all pieces and buckets gave, in no order: rows of voyages, and what was left out where."""

    parts: list[pd.DataFrame] = field(default_factory=list)
    pieces: list[PieceCount] = field(default_factory=list)
    repeated: list[BucketCount] = field(default_factory=list)
    too_fast: list[BucketCount] = field(default_factory=list)

    def add_bucket(self, cut: tuple[pd.DataFrame, BucketCount, BucketCount]) -> None:
        """Add what `cut_bucket` gave."""
        self.parts.append(cut[0])
        self.repeated.append(cut[1])
        self.too_fast.append(cut[2])


def in_this_process(groups: Sequence[Sequence[Piece]], ports: Ports, rules: Rules, progress: Progress) -> Found:
    """Read and cut all reports at once; for those that fit into one piece, where other processes only cost time.

    Parameters
    ----------
    groups
        What to read.
    ports, rules
        As for `cut_bucket`.
    progress
        Called with how many steps are done, and of how many.

    Raises
    ------
    ReportsError, OSError
        If a file cannot be read.
    """
    import pandas as pd  # noqa: PLC0415 - only once reports are read

    found = Found()
    frames = []
    for number, group in enumerate(groups):
        progress(number, len(groups) + 1)
        frame, counts = read_group(group)
        frames.append(frame)
        found.pieces += counts
    progress(len(groups), len(groups) + 1)
    found.add_bucket(cut_bucket(pd.concat(frames, ignore_index=True), ports, rules))
    progress(len(groups) + 1, len(groups) + 1)
    return found


def on_cluster(
    groups: Sequence[Sequence[Piece]],
    buckets: int,
    ports: Ports,
    rules: Rules,
    client: Any,  # noqa: ANN401 - Dask has no types
    progress: Progress,
) -> Found:
    """Read and cut all reports on the workers of a Dask client.

    Parameters
    ----------
    groups
        What to read, one task a group.
    buckets
        Among how many buckets the vessels are spread.
    ports, rules
        As for `cut_bucket`.
    client
        A `distributed.Client`.
    progress
        Called with how many steps are done, and of how many.

    Raises
    ------
    ReportsError, OSError
        If a file cannot be read by a worker.
    ClusterError
        If workers died so often that Dask gave up.
    """
    import dask.dataframe as dd  # noqa: PLC0415 - an extra
    from dask.delayed import delayed  # noqa: PLC0415 - as above
    from distributed import KilledWorker, as_completed  # noqa: PLC0415 - as above

    from routes.voyages.cleaning import empty_reports  # noqa: PLC0415 - as above

    # not pure: a file may have changed since somebody else had it read on the same cluster
    reads = [delayed(read_group, nout=2, pure=False)(list(group)) for group in groups]
    reports = dd.from_delayed([frame for frame, _ in reads], meta=empty_reports(), verify_meta=False)
    shuffled = reports.shuffle("vessel", npartitions=buckets, shuffle_method="p2p")
    known_ports, known_rules = delayed(ports), delayed(rules)
    cut = delayed(cut_bucket, pure=False)
    cuts = [cut(bucket, known_ports, known_rules) for bucket in shuffled.to_delayed()]
    found = Found()
    steps = len(reads) + len(cuts)
    futures = client.compute([counts for _, counts in reads] + cuts, retries=_RETRIES)
    is_cut = {future.key: number >= len(reads) for number, future in enumerate(futures)}
    waiting = as_completed(futures)  # type: ignore[no-untyped-call]
    del futures
    progress(0, steps)
    try:
        for done, future in enumerate(waiting, start=1):
            # a worker may die between the end of a task and the call for its result: then this waits for the task anew
            result = future.result()
            if is_cut[future.key]:
                found.add_bucket(result)
            else:
                found.pieces += result
            future.release()
            progress(done, steps)
    except KilledWorker as err:
        msg = (
            f"workers died again and again over one task ({err.task}); probably the reports of a single vessel, or a "
            "row group of a Parquet file, need more memory than a worker has: give workers more memory"
        )
        raise ClusterError(msg) from err
    return found


@contextmanager
def client_of(scheduler: str | None, workers: int | None) -> Iterator[Any]:
    """Give a client of a running cluster, or of one that is started here and ended afterwards.

    Parameters
    ----------
    scheduler
        Address of a Dask scheduler, such as `tcp://host:8786`; None starts a cluster of processes on this machine.
    workers
        How many processes to start; None for one a core.

    Raises
    ------
    MissingExtraError
        If Dask is not installed.
    ClusterError
        If nothing answers at the address, the scheduler has no workers, or they lack Waybill.
    """
    check_extra()
    import dask  # noqa: PLC0415 - an extra
    from distributed import Client, LocalCluster  # noqa: PLC0415 - as above

    if scheduler is None:
        with dask.config.set(_LOCAL), ExitStack() as open_ones:
            with _interrupts_for_this_process_alone():
                cluster = open_ones.enter_context(
                    LocalCluster(  # type: ignore[no-untyped-call]
                        n_workers=workers,
                        threads_per_worker=1,
                        processes=True,
                        # for this machine alone; somebody else may have its usual port
                        dashboard_address="127.0.0.1:0",
                        silence_logs=logging.ERROR,  # else each end of a shuffle is told as a warning
                    )
                )
            yield open_ones.enter_context(Client(cluster))  # type: ignore[no-untyped-call]
        return
    try:
        client = Client(scheduler, timeout=_CONNECT_S)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as err:
        msg = (
            f"no Dask scheduler answers at {scheduler!r} ({err}); start one with `dask scheduler` and give its address"
        )
        raise ClusterError(msg) from err
    with client:
        _check_workers(client, scheduler)
        yield client


@contextmanager
def _interrupts_for_this_process_alone() -> Iterator[None]:
    """Let the processes that are started here pass Ctrl-C by: a terminal sends it to all, and this one ends the others.

    What is pressed meanwhile is met afterwards. Systems without signal masks (Windows) go on as they do.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    # it would unblock the signal again, if it was started in the midst
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def check_extra() -> None:
    """Refuse to go on without Dask.

    Raises
    ------
    MissingExtraError
        Saying how to install it.
    """
    try:
        import dask.dataframe  # noqa: F401, PLC0415 - an extra
        import distributed  # noqa: F401, PLC0415 - as above
    except ImportError as err:
        msg = f"position reports need Dask, which is not installed ({err}); install it with {EXTRA}"
        raise MissingExtraError(msg) from err


def _check_workers(client: Any, scheduler: str) -> None:  # noqa: ANN401 - Dask has no types
    try:
        client.wait_for_workers(1, timeout=_CONNECT_S)
        client.submit(_ready, pure=False).result()
    except TimeoutError as err:
        msg = f"the scheduler at {scheduler!r} has no workers; start some with `dask worker {scheduler}`"
        raise ClusterError(msg) from err
    except ImportError as err:
        msg = f"the workers of {scheduler!r} lack Waybill ({err}); install it there: {EXTRA}"
        raise ClusterError(msg) from err


def _ready() -> bool:
    """Return True where a worker can do the work at all."""
    return True
